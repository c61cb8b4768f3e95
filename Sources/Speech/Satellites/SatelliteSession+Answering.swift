import Audio
import Endpoints
import Support

/// What the satellite is told.
extension SatelliteSession {
    func answer() async {
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
        default: return nil
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
            let new = listen(to: queue, forWake: forWake)
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

    private func listen(to queue: SoundQueue, forWake: Bool) -> Listener {
        var configuration = satellites.configuration.listener
        if !forWake { configuration.wake = nil }
        return Listener(configuration, source: queue.source) { [inbox] event, _ in inbox.yield(.heard(event, queue)) }
    }

    private func turn(speaks: Bool) -> VoiceTurn {
        let respondent = satellites.respondent { [self] text in say(WyomingEvent("synthesize", ["text": .string(text)]))
        }
        return VoiceTurn(
            transcribers: satellites.transcribers, synthesizers: satellites.synthesizers(), respondent: respondent,
            mouth: speaks ? speaker.mouth : SatelliteSpeaker.none
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
