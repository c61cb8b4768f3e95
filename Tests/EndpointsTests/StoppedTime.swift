import Endpoints
import Support

/// A time that goes on only when something pauses or the test says so.
final class StoppedTime: Sendable {
    private let state = Shared<(now: ContinuousClock.Instant, pauses: [Duration])>((.now, []))

    var time: EndpointTime {
        EndpointTime(now: { self.state.value.now }, pause: { pause in self.pass(pause, isPause: true) })
    }

    var pauses: [Duration] { state.value.pauses }

    func pass(_ time: Duration, isPause: Bool = false) {
        state.update { state in
            state.now = state.now.advanced(by: time)
            if isPause { state.pauses.append(time) }
        }
    }
}
