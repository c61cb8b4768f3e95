import Endpoints
import Logging
import Support

/// Microphones and speakers in other rooms, by the Wyoming protocol: Aloud connects to them, and they tell when they were
/// woken. (Of the two the satellite is the server.)
package struct Satellites: Sendable {
    package struct Configuration: Sendable {
        package var addresses: [WyomingAddress]
        package var listener: Listener.Configuration
        /// How often a satellite is asked whether it is there, and how long it may take to say so.
        package var pingInterval = Duration.seconds(2)
        package var pongDeadline = Duration.seconds(5)

        package init(_ addresses: [WyomingAddress], listener: Listener.Configuration) {
            self.addresses = addresses
            self.listener = listener
        }
    }

    /// What answers. The texts of replies are told to `onReply`, so that the satellite can show them.
    package typealias MakeRespondent = @Sendable (_ onReply: @escaping @Sendable (String) -> Void) -> Respondent

    let configuration: Configuration
    let transcribers: TranscriberList
    let synthesizers: @Sendable () -> SynthesizerList
    let respondent: MakeRespondent
    let tell: @Sendable (VoiceEvent) -> Void
    let arbiter = Shared(SatelliteArbiter())
    let log = Logger(label: "aloud.satellites")

    package init(
        _ configuration: Configuration, transcribers: TranscriberList,
        synthesizers: @escaping @Sendable () -> SynthesizerList, respondent: @escaping MakeRespondent,
        tell: @escaping @Sendable (VoiceEvent) -> Void
    ) {
        self.configuration = configuration
        self.transcribers = transcribers
        self.synthesizers = synthesizers
        self.respondent = respondent
        self.tell = tell
    }

    /// Serves all of them until the task is cancelled.
    package func run() async {
        await withDiscardingTaskGroup { group in
            for (number, address) in configuration.addresses.enumerated() {
                group.addTask { await keep(number, address) }
            }
        }
    }

    /// The pause before a satellite is called again.
    static func pause(afterFailures failures: Int) -> Duration {
        min(.seconds(30), .seconds(1) * (1 << min(max(failures - 1, 0), 5)))
    }

    private func keep(_ number: Int, _ address: WyomingAddress) async {
        var failures = 0
        while !Task.isCancelled {
            let session = SatelliteSession(number: number, satellites: self)
            do {
                try await WyomingLink.open(address, silence: configuration.pongDeadline * 2) { [session] in
                    try await session.run($0)
                }
            } catch {
                guard !Task.isCancelled else { break }
                if failures == 0 || session.wasReached {
                    log.warning("a satellite is away", metadata: ["address": "\(address)", "reason": "\(error)"])
                }
            }
            arbiter.update { $0.leave(number) }
            failures = session.wasReached ? 1 : failures + 1
            try? await Task.sleep(for: Self.pause(afterFailures: failures))
        }
    }
}

/// Why a satellite is let go.
enum SatelliteError: Error, CustomStringConvertible {
    case noSatellite
    case noPong
    case closed

    var description: String {
        switch self {
        case .noSatellite: "it says that it is no satellite"
        case .noPong: "it does not answer"
        case .closed: "it closed the connection"
        }
    }
}
