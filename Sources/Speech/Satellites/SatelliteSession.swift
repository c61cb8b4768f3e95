import Audio
import Endpoints
import Logging
import Planning
import Support

/// One connection to a satellite, from `describe` to its end.
final class SatelliteSession: Sendable {
    private enum Input: Sendable {
        case ordered(SatelliteRun.Event, SoundQueue)
        case heard(ListenerEvent, SoundQueue)
        case lost, stalled
        case answered(expectsAnswer: Bool)
    }

    private struct Senses: Sendable {
        /// Where the sound goes; nil while it is not listened to.
        var ears: SoundQueue?
        var lastSound = ContinuousClock.now
        var lastPong = ContinuousClock.now
        var isContending = false
        var wasReached = false
    }

    private let number: Int
    private let satellites: Satellites
    private let senses = Shared(Senses())
    private let inputs: AsyncStream<Input>
    private let inbox: AsyncStream<Input>.Continuation
    private let outgoing: AsyncStream<WyomingEvent>
    private let outbox: AsyncStream<WyomingEvent>.Continuation
    private let speaker: SatelliteSpeaker

    /// A run that gets no sound for this long is over.
    private static let patience = Duration.seconds(10)
    /// Silence that lets an utterance end when the satellite stops sending in the middle.
    private static let tail = 2 * SpeechFormat.rate

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

    private func say(_ event: WyomingEvent) { outbox.yield(event) }

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

// MARK: What it sends

extension SatelliteSession {
    private func read(_ link: WyomingLink) async throws {
        var sound = SatelliteSound()
        for try await event in link.events {
            switch event.type {
            case "info":
                guard WyomingInfo(event).satellite != nil else { throw SatelliteError.noSatellite }
                guard !wasReached else { continue }
                senses.update { $0.wasReached = true }
                satellites.log.notice("a satellite is there", metadata: ["number": "\(number + 1)"])
                say(WyomingEvent("run-satellite"))
            case "ping": say(.pong(to: event))
            case "pong": senses.update { $0.lastPong = .now }
            case "run-pipeline": order(event)
            case "audio-chunk": hear(sound.samples(event))
            case "audio-stop": senses.value.ears?.add([Int16](repeating: 0, count: Self.tail))
            case "played": speaker.played()
            default: continue
            }
        }
    }

    private func order(_ event: WyomingEvent) {
        let ears = SoundQueue()
        let end = event["end_stage"]?.string
        let start = event["start_stage"]?.string
        guard start == "asr" || start == "wake", end == "tts" || end == "handle" else {
            inbox.yield(.ordered(.orderedOther, ears))
            return
        }
        if start == "asr" { woke() }
        senses.update { senses in
            senses.ears = ears
            senses.lastSound = .now
        }
        inbox.yield(
            .ordered(
                .ordered(
                    SatelliteRun.Order(
                        needsWake: start == "wake", restarts: event["restart_on_end"]?.bool ?? false,
                        speaks: end == "tts")), ears))
    }

    private func woke() {
        let number = number
        satellites.arbiter.update { $0.woke(number, at: .now) }
        senses.update { $0.isContending = true }
    }

    private func hear(_ samples: [Int16]) {
        let senses = senses.value
        guard let ears = senses.ears, !samples.isEmpty else { return }
        self.senses.update { $0.lastSound = .now }
        ears.add(samples)
        guard senses.isContending else { return }
        let (number, level) = (number, SatelliteSound.level(samples))
        switch satellites.arbiter.update({ $0.heard(number, level: level, at: .now) }) {
        case .open: return
        case .won: self.senses.update { $0.isContending = false }
        case .lost:
            self.senses.update { senses in
                senses.isContending = false
                senses.ears = nil
            }
            inbox.yield(.lost)
        }
    }
}

// MARK: What it is told

extension SatelliteSession {
    private func answer() async {
        await withDiscardingTaskGroup { group in
            var run = SatelliteRun()
            var listener: Listener?
            for await input in inputs {
                var ears: SoundQueue?
                var heard: HeardUtterance?
                let actions: [SatelliteRun.Action]
                switch input {
                case .ordered(let event, let queue):
                    ears = queue
                    actions = run.on(event)
                case .heard(let event, let queue):
                    // Of a listener that was ended since nothing counts.
                    guard queue === senses.value.ears else { continue }
                    if case .ended(let utterance) = event { heard = utterance }
                    actions = told(event).map { run.on($0) } ?? []
                case .lost: actions = run.on(.lost)
                case .stalled: actions = run.on(.stalled)
                case .answered(let expectsAnswer): actions = run.on(.answered(expectsAnswer: expectsAnswer))
                }
                for action in actions { perform(action, ears, heard, &listener, &group) }
            }
            listener?.end()
            group.cancelAll()
        }
    }

    private func told(_ event: ListenerEvent) -> SatelliteRun.Event? {
        switch event {
        case .began:
            say(WyomingEvent("voice-started"))
            return nil
        case .woke:
            woke()
            return .woke
        case .ended(let utterance):
            say(WyomingEvent("voice-stopped"))
            let number = number
            if senses.value.isContending, !satellites.arbiter.update({ $0.mustAnswer(number) }) { return .lost }
            return .ended(hasWake: utterance.hasWake, voiced: utterance.voicedAfterWake)
        case .nobodySpoke: return .nobodySpoke
        case .failed(let reason):
            satellites.tell(.engineFailed(engine: "satellite", kind: "stopped", reason: reason))
            return .stalled
        case .dropped, .over: return nil
        }
    }

    private func perform(
        _ action: SatelliteRun.Action, _ ears: SoundQueue?, _ heard: HeardUtterance?, _ listener: inout Listener?,
        _ group: inout DiscardingTaskGroup
    ) {
        switch action {
        case .listen(let forWake, let isAsked):
            let queue = ears ?? SoundQueue()
            senses.update { senses in
                senses.ears = queue
                senses.lastSound = .now
            }
            listener?.end()
            let new = listen(to: queue, forWake: forWake, &group)
            if isAsked { new.expectSpeech() }
            listener = new
            if forWake { say(WyomingEvent("detect", ["names": .null])) } else { say(WyomingEvent("transcribe")) }
        case .expectSpeech: listener?.expectSpeech()
        case .stopListening:
            senses.update { $0.ears = nil }
            listener?.end()
            listener = nil
        case .take(let speaks):
            guard let heard else { return }
            group.addTask { [self] in
                let outcome = await turn(speaks: speaks).take(heard)
                inbox.yield(.answered(expectsAnswer: outcome.expectsAnswer))
            }
        case .tellWoke: say(WyomingEvent("detection", ["name": "aloud", "timestamp": .null]))
        case .tellNobodySpoke: say(.error("nobody spoke", code: "stt-no-text-recognized"))
        case .tellRefused:
            senses.update { $0.ears = nil }
            say(.error("Aloud takes speech and speaks the answer, one at a time", code: "not-now"))
        case .dismiss:
            // Paused it stops sending at once, and then waits for its wake word again.
            say(WyomingEvent("pause-satellite"))
            say(WyomingEvent("run-satellite"))
        case .leaveRound:
            let number = number
            senses.update { $0.isContending = false }
            satellites.arbiter.update { $0.leave(number) }
        }
    }

    private func listen(
        to queue: SoundQueue, forWake: Bool, _ group: inout DiscardingTaskGroup
    ) -> Listener {
        var configuration = satellites.configuration.listener
        if !forWake { configuration.wake = nil }
        let listener = Listener(configuration, source: queue.source)
        group.addTask { [inbox] in
            for await event in listener.events { inbox.yield(.heard(event, queue)) }
        }
        return listener
    }

    private func turn(speaks: Bool) -> VoiceTurn {
        let respondent = satellites.respondent { [self] text in say(WyomingEvent("synthesize", ["text": .string(text)]))
        }
        return VoiceTurn(
            transcribers: satellites.transcribers, synthesizers: satellites.synthesizers(), respondent: respondent,
            sink: speaks ? speaker.sink : SatelliteSpeaker.none
        ) { [self] event in
            switch event {
            case .transcript(let text, _, _): say(WyomingEvent("transcript", ["text": .string(text)]))
            case .nothingHeard(let reason): say(.error(reason, code: "stt-no-text-recognized"))
            default: break
            }
            satellites.tell(event)
        }
    }
}
