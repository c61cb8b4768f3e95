import Audio

/// The listener's own state; it lives and ends on its thread.
struct Hearing {
    private let cutter: UtteranceCutter
    private let spotter: WakeSpotter?
    private var encoder: OggOpusEncoder?
    private var opus: [UInt8] = []
    private var encoded = 0
    private var wake: WakeSpotter.Wake?
    private var position = 0
    private var voicedEnds: [Int] = []
    private var isIgnoring = false

    /// Ends of voiced frames that are remembered: a minute of them.
    private static let remembered = 6000

    init(_ configuration: Listener.Configuration) throws {
        cutter = try UtteranceCutter(configuration.endpointer)
        spotter = try configuration.wake.map { try WakeSpotter($0) }
    }

    mutating func run(_ listener: Listener) throws {
        var frame = [Int16](repeating: 0, count: SpeechFormat.frame)
        while true {
            let wishes = listener.takeWishes()
            if wishes.isEnding { return }
            if wishes.expectsSpeech { cutter.expectSpeech() }
            switch frame.withUnsafeMutableBufferPointer({ listener.read($0) }) {
            case .nothing: continue
            case .end: return listener.tell(.over)
            case .frame: try hear(frame, isDeaf: wishes.isDeaf, listener)
            }
        }
    }

    private mutating func hear(_ frame: [Int16], isDeaf: Bool, _ listener: Listener) throws {
        let event = frame.withUnsafeBufferPointer { cutter.hear($0) }
        position += frame.count
        if cutter.frame.voice == .voiced {
            if voicedEnds.count >= Self.remembered { voicedEnds.removeFirst(Self.remembered / 2) }
            voicedEnds.append(position)
        }
        if let found = try frame.withUnsafeBufferPointer({ try spotter?.hear($0, cutter.frame.voice) }) {
            wake = found
            listener.tell(.woke)
        }
        if let event { try tell(event, isDeaf: isDeaf, listener) }
        if cutter.isSpeaking { try encode() }
    }

    private mutating func tell(_ event: UtteranceCutter.Event, isDeaf: Bool, _ listener: Listener) throws {
        switch event {
        case .began:
            isIgnoring = isDeaf
            encoder = try OggOpusEncoder()
            opus = []
            encoded = 0
            if !isIgnoring { listener.tell(.began) }
        case .paused, .resumed: break
        case .ended(let utterance, let reason):
            let heard = try heard(utterance, reason)
            wake = nil
            listener.tell(isIgnoring && !heard.hasWake ? .dropped : .ended(heard))
        case .dropped:
            if !isIgnoring { listener.tell(.dropped) }
        case .nobodySpoke: listener.tell(.nobodySpoke)
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

    private mutating func heard(_ utterance: Utterance, _ reason: Endpointer.Span.Reason) throws -> HeardUtterance {
        try encode()
        opus += try encoder?.finish() ?? []
        encoder = nil
        var utterance = utterance
        utterance.opus = opus
        opus = []
        let inside = wake.map { $0.end > utterance.start && $0.start < utterance.end } ?? false
        var voiced = utterance.voiced
        if inside, let wake {
            utterance.wakeEnd = wake.end
            voiced = voicedEnds.count { $0 > wake.end } * 10
        }
        return HeardUtterance(
            utterance: utterance, hasWake: inside, voicedAfterWake: voiced, reason: reason, decided: .now)
    }
}
