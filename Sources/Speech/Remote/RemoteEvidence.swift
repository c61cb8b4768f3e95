import Endpoints
import Foundation

/// What speaks for or against words that a recogniser gave. Whisper invents some when nobody spoke.
package struct RemoteEvidence: Equatable, Sendable {
    /// The chance that nobody spoke, 0 … 1.
    package var noSpeech: Double?
    package var averageLogProbability: Double?
    package var compressionRatio: Double?
    /// As the server names it.
    package var language: String?

    init(_ answer: TranscriptionAnswer) {
        noSpeech = answer.noSpeech
        averageLogProbability = answer.averageLogProbability
        compressionRatio = answer.compressionRatio
        language = answer.language
    }

    /// 0 … 1.
    var confidence: Double { averageLogProbability.map { min(1, max(0, exp($0))) } ?? 0.8 }
}

extension RemoteEvidence {
    /// For the record of the call; nil when the server said nothing.
    var detail: String? {
        let said = [
            noSpeech.map { "no_speech_prob \($0.short)" }, averageLogProbability.map { "avg_logprob \($0.short)" },
            compressionRatio.map { "compression_ratio \($0.short)" },
        ].compactMap(\.self)
        return said.isEmpty ? nil : said.joined(separator: ", ")
    }
}

extension RemoteEvidence {
    /// Less voice than this, in milliseconds, is hardly a word.
    private static let littleVoice = 300
    /// Nobody says a word in less.
    private static let shortestWord = 70

    /// Less voice than this, in milliseconds, is often taken for another language.
    private static let fewWords = 2000

    /// Whether `text` came of a language that nobody speaks here. Much voice and a sure model are believed.
    func refutes(_ text: String, voiced: Int, languages: SpokenLanguages) -> Bool {
        guard languages.isForeign(text, said: language) else { return false }
        return voiced < Self.fewWords || (noSpeech ?? 0) > 0.3 || (averageLogProbability ?? -1) < -0.5
    }

    /// Whether `text` was made up. What the microphone heard counts as much as what the model believes, so that a real
    /// “thank you” is kept.
    func refutes(_ text: String, voiced: Int, prompt: String?) -> Bool {
        let words = SpokenForm(text).words
        guard !words.isEmpty else { return false }
        let noSpeech = noSpeech ?? 0
        let isUncertain = (averageLogProbability ?? 0) < -1
        // Without a measure of voice the model alone is believed, and only when it is twice in doubt.
        guard voiced > 0 else { return noSpeech > 0.6 && isUncertain }
        let isShort = voiced < Self.littleVoice
        if noSpeech > 0.6, isShort || isUncertain { return true }
        if (compressionRatio ?? 0) > 2.4, isUncertain || isShort { return true }
        if words.count > 3, words.count * Self.shortestWord > voiced { return true }
        let isStock = Self.stock.contains(words.joined(separator: " "))
        if isStock, isShort, noSpeech > 0.3 || isUncertain { return true }
        return isShort && words.count > 2 && (prompt.map { SpokenForm($0).words.contains(run: words) } ?? false)
    }

    /// What Whisper says most often when there is nothing to hear: a tie-break, never a reason of its own.
    private static let stock: Set<String> = [
        "thank you", "thanks for watching", "thank you for watching", "you", "bye", "bye bye", "okay", "so",
        "please subscribe", "the end", "subtitles by the amara org community",
    ]
}

extension [String] {
    fileprivate func contains(run: [String]) -> Bool {
        guard run.count <= count else { return false }
        return (0...(count - run.count)).contains { self[$0..<($0 + run.count)].elementsEqual(run) }
    }
}

extension Double {
    fileprivate var short: String { String((self * 100).rounded() / 100) }
}
