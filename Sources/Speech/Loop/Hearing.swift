import Audio

/// The listener's own state; it lives and ends on its thread.
struct Hearing {
    private let cutter: UtteranceCutter
    private let phrase: WakeSpotter.Configuration?
    /// Made when the phrase is first listened for.
    private var spotter: WakeSpotter?
    private var encoder: OggOpusEncoder?
    private var opus: [UInt8] = []
    private var encoded = 0
    private var wake: WakeSpotter.Wake?
    private var position = 0
    private var voicedEnds: [Int] = []
    /// Frames until the utterance is ended because the talk key was let go.
    private var finishing: Int?

    /// Ends of voiced frames that are remembered: a minute of them.
    private static let remembered = 6000
    /// Who lets the talk key go has just ended the last word.
    private static let keyTail = 20
    /// Frames between two ticks.
    private static let tick = 10

    init(_ configuration: Listener.Configuration, tap: EchoTap?) throws {
        cutter = try UtteranceCutter(configuration.endpointer, tap: tap)
        phrase = configuration.wake
    }

    mutating func run(_ listener: Listener) throws {
        var frame = [Int16](repeating: 0, count: SpeechFormat.frame)
        while true {
            let wishes = listener.takeWishes()
            if wishes.isEnding { return }
            try heed(wishes, listener)
            switch frame.withUnsafeMutableBufferPointer({ listener.read($0) }) {
            case .nothing: continue
            case .end: return tell(.over, listener)
            case .frame:
                try hear(frame, listener)
                if wishes.hasTicks, position / SpeechFormat.frame % Self.tick == 0 { tell(.tick, listener) }
            }
        }
    }

    private mutating func heed(_ wishes: Listener.Wishes, _ listener: Listener) throws {
        cutter.isHeld = wishes.isHeld
        if let expected = wishes.expected {
            cutter.expectSpeech(after: expected.after / 10, patience: expected.patience.map { $0 / 10 })
        }
        if let trailing = wishes.trailing { cutter.settle(trailing: trailing / 10) }
        if wishes.wasDeceived { cutter.deceived() }
        if !wishes.listensForWake {
            spotter = nil
        } else if let phrase, spotter == nil {
            spotter = try WakeSpotter(phrase, start: position)
        }
        if wishes.isFinishing { finishing = Self.keyTail }
    }

    private func tell(_ event: ListenerEvent, _ listener: Listener) {
        listener.tell(event, at: position * 1000 / SpeechFormat.rate)
    }

    private mutating func hear(_ frame: [Int16], _ listener: Listener) throws {
        let event = frame.withUnsafeBufferPointer { cutter.hear($0) }
        position += frame.count
        if cutter.frame.voice == .voiced {
            if voicedEnds.count >= Self.remembered { voicedEnds.removeFirst(Self.remembered / 2) }
            voicedEnds.append(position)
        }
        if let found = try frame.withUnsafeBufferPointer({ try spotter?.hear($0, cutter.voice) }) {
            wake = found
            tell(.woke, listener)
        }
        if let event { try told(event, listener) }
        if cutter.isSpeaking { try encode() }
        if let left = finishing {
            finishing = left > 0 ? left - 1 : nil
            if left == 0, let event = cutter.finish() { try told(event, listener) }
        }
    }

    private mutating func told(_ event: UtteranceCutter.Event, _ listener: Listener) throws {
        switch event {
        case .began:
            encoder = try OggOpusEncoder()
            opus = []
            encoded = 0
            tell(.began, listener)
        case .spoke: tell(.spoke, listener)
        case .paused(let utterance):
            try encode()
            var utterance = utterance
            // The pages so far: what the encoder still holds is of the pause.
            utterance.opus = opus
            tell(.paused(heard(utterance, .silence, trailing: 0)), listener)
        case .resumed(let pause): tell(.resumed(after: pause), listener)
        case .ended(let utterance, let span):
            try encode()
            opus += try encoder?.finish() ?? []
            encoder = nil
            var utterance = utterance
            utterance.opus = opus
            opus = []
            finishing = nil
            let heard = heard(utterance, span.reason, trailing: span.trailing * 10)
            wake = nil
            tell(.ended(heard), listener)
        case .dropped: tell(.dropped, listener)
        case .nobodySpoke: tell(.nobodySpoke, listener)
        }
    }

    /// Encodes what was heard since the last time, so that nothing is left to do when the utterance ends.
    private mutating func encode() throws {
        guard let encoder else { return }
        let samples = cutter.soFar
        opus += try samples[min(encoded, samples.count)...].withUnsafeBufferPointer { (rest) throws(AudioError) in
            try encoder.encode(rest)
        }
        encoded = samples.count
    }

    private func heard(
        _ utterance: Utterance, _ reason: Endpointer.Span.Reason, trailing: Int
    ) -> HeardUtterance {
        let inside = wake.map { $0.end > utterance.start && $0.start < utterance.end } ?? false
        var utterance = utterance
        var voiced = utterance.voiced
        if inside, let wake {
            utterance.wakeEnd = wake.end
            voiced = voicedEnds.count { $0 > wake.end } * 10
        }
        return HeardUtterance(
            utterance: utterance, hasWake: inside, voicedAfterWake: voiced, reason: reason, trailing: trailing,
            decided: .now)
    }
}
