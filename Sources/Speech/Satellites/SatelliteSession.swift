import Audio
import Endpoints
import Support

/// One connection to a satellite, from `describe` to its end.
final class SatelliteSession: Sendable {
    enum Input: Sendable {
        case ordered(SatelliteRun.Event, SoundQueue)
        case heard(ListenerEvent, SoundQueue)
        case lost, stalled
        case answered(expectsAnswer: Bool)
    }

    struct Senses: Sendable {
        /// Where the sound goes; nil while it is not listened to.
        var ears: SoundQueue?
        var lastSound = ContinuousClock.now
        var lastPong = ContinuousClock.now
        var isContending = false
        var wasReached = false
    }

    let number: Int
    let satellites: Satellites
    let senses = Shared(Senses())
    let inputs: AsyncStream<Input>
    let inbox: AsyncStream<Input>.Continuation
    private let outgoing: AsyncStream<WyomingEvent>
    private let outbox: AsyncStream<WyomingEvent>.Continuation
    let speaker: SatelliteSpeaker

    /// A run that gets no sound for this long is over.
    private static let patience = Duration.seconds(10)
    /// Silence that lets an utterance end when the satellite stops sending in the middle.
    static let tail = 2 * SpeechFormat.rate

    init(number: Int, satellites: Satellites) {
        self.number = number
        self.satellites = satellites
        (inputs, inbox) = AsyncStream.makeStream(of: Input.self, bufferingPolicy: .bufferingNewest(256))
        let (outgoing, outbox) = AsyncStream.makeStream(
            of: WyomingEvent.self, bufferingPolicy: .bufferingOldest(1024))
        (self.outgoing, self.outbox) = (outgoing, outbox)
        speaker = SatelliteSpeaker { if case .enqueued = outbox.yield($0) { true } else { false } }
    }

    /// Whether it answered as a satellite.
    var wasReached: Bool { senses.value.wasReached }

    /// Serves it until the connection ends; always throws.
    func run(_ link: WyomingLink) async throws {
        defer { senses.value.ears?.interrupt() }
        try await link.send(.describe)
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { [self] in try await read(link) }
            group.addTask { [self] in
                for await event in outgoing { try await link.send(event) }
            }
            group.addTask { [self] in try await ping() }
            group.addTask { [self] in await answer() }
            defer {
                group.cancelAll()
                inbox.finish()
                outbox.finish()
            }
            // Whichever ends first ends all.
            _ = try await group.next()
            throw SatelliteError.closed
        }
    }

    func say(_ event: WyomingEvent) { outbox.yield(event) }

    private func ping() async throws {
        while true {
            say(.ping(""))
            try await Task.sleep(for: satellites.configuration.pingInterval)
            let senses = senses.value
            guard .now - senses.lastPong < satellites.configuration.pongDeadline else { throw SatelliteError.noPong }
            if senses.ears != nil, .now - senses.lastSound > Self.patience { inbox.yield(.stalled) }
        }
    }
}
