import Audio

/// Listens for the wake phrase, and only while there is voice: in silence it costs nothing.
///
/// Belongs to one thread.
package final class WakeSpotter {
    package struct Configuration: Equatable, Sendable {
        package var model = SphinxModel.debian
        /// Four syllables or more; short phrases wake by themselves.
        package var phrase = "okay planner"
        /// Smaller wakes more easily: at 1e-30 "a good plan leaves room" does, at 1e-20 rarely, at 1e-10 not. Of calls in
        /// four clean voices 29 in 100 are missed at 1e-20, 8 at 1e-40 and 2 at 1e-50 (`talking wake`).
        package var threshold = 1e-20
        /// Frames after a wake in which there is no other.
        package var refractory = 100

        package init() {}
    }

    /// Where the wake phrase was, on the capture clock.
    package struct Wake: Equatable, Sendable {
        package var start: Int
        package var end: Int
    }

    /// Frames of sound given to the spotter from before there was voice.
    private static let preRoll = 50
    /// Frames without voice after which it stops listening.
    private static let hang = 60
    /// Frames given at once: detection is looked for this often.
    private static let stride = 5
    /// A search over one utterance keeps a record of every frame.
    private static let longest = 3000

    package let phrase: String
    private let refractory: Int
    private let decoder: SphinxDecoder
    private var memory: SoundMemory
    private var listening: Listening?
    private var deafUntil: Int

    private struct Listening {
        /// Position of the first sample given.
        var start: Int
        /// Position of the next sample to give.
        var given: Int
        var quietFrames = 0
    }

    package init(_ configuration: Configuration = Configuration(), start: Int = 0) throws {
        let words = SpokenForm(configuration.phrase).words
        guard !words.isEmpty else { throw SpeechError.engine("the wake phrase has no words") }
        phrase = words.joined(separator: " ")
        refractory = configuration.refractory * SpeechFormat.frame
        memory = SoundMemory(capacity: (Self.preRoll + 2 * Self.stride) * SpeechFormat.frame, start: start)
        deafUntil = start
        decoder = try Self.makeDecoder(configuration, words)
        try decoder.setKeyphrase("wake", phrase)
        try decoder.use("wake")
    }

    private static func makeDecoder(_ configuration: Configuration, _ words: [String]) throws -> SphinxDecoder {
        let pronunciation = Pronunciation(configuration.model)
        // A dictionary of its few words: the whole one would cost 20 MB.
        var lines: [String] = []
        for word in Set(words).sorted() {
            let phones = pronunciation.phones(ofWord: word)
            guard !phones.isEmpty else { throw SpeechError.engine("the wake phrase cannot be pronounced") }
            lines.append("\(word) \(phones.joined(separator: " "))\n")
        }
        let dictionary = try MemoryFile(lines.joined())
        return try SphinxDecoder([
            "hmm": configuration.model.acoustic, "dict": dictionary.path, "remove_silence": "no",
            // Exact zeros, as of a muted microphone, are like no sound the model was trained on.
            "dither": "yes",
            "kws_threshold": "\(configuration.threshold)",
        ])
    }

    /// Whether the recogniser's front end runs now.
    package var isListening: Bool { listening != nil }

    /// Hears one frame and what voice activity made of it.
    package func hear(_ sound: UnsafeBufferPointer<Int16>, _ voice: VoiceFrame.Voice) throws -> Wake? {
        memory.append(sound)
        if listening == nil {
            guard voice == .voiced, memory.end >= deafUntil else { return nil }
            let start = max(memory.end - Self.preRoll * SpeechFormat.frame, memory.start, deafUntil)
            try decoder.begin()
            listening = Listening(start: start, given: start)
        }
        guard var now = listening else { return nil }
        now.quietFrames = voice == .voiced ? 0 : now.quietFrames + 1
        let isOver =
            now.quietFrames >= Self.hang || memory.end - now.start >= Self.longest * SpeechFormat.frame
        let waiting = memory.end - now.given
        if isOver || waiting >= Self.stride * SpeechFormat.frame {
            try memory.samples(from: now.given).withUnsafeBufferPointer { try decoder.feed($0) }
            now.given = memory.end
            if let wake = found(since: now.start) {
                deafUntil = wake.end + refractory
                try stop()
                return wake
            }
        }
        listening = now
        if isOver { try stop() }
        return nil
    }

    private func stop() throws {
        listening = nil
        try decoder.end()
    }

    private func found(since start: Int) -> Wake? {
        guard decoder.hypothesis != nil, let segment = decoder.segments.last else { return nil }
        return Wake(
            start: start + segment.frames.lowerBound * SpeechFormat.frame,
            end: start + segment.frames.upperBound * SpeechFormat.frame)
    }
}
