import Foundation
import Support

/// A transcript as a server gave it, with what it says about its own certainty.
package struct TranscriptionAnswer: Equatable, Sendable {
    package var text: String
    package var language: String?
    /// The chance that nobody spoke, of the segment where that is least.
    package var noSpeech: Double?
    /// The mean over the segments.
    package var averageLogProbability: Double?
    /// The highest: text that repeats itself compresses well.
    package var compressionRatio: Double?

    package init(
        text: String, language: String? = nil, noSpeech: Double? = nil, averageLogProbability: Double? = nil,
        compressionRatio: Double? = nil
    ) {
        self.text = text
        self.language = language
        self.noSpeech = noSpeech
        self.averageLogProbability = averageLogProbability
        self.compressionRatio = compressionRatio
    }

    /// From JSON of any known shape, or from plain text, whatever was asked for.
    package init(reading body: [UInt8], mediaType: String?) throws(EndpointError) {
        let plain = String(decoding: body, as: UTF8.self)
        if mediaType == "text/html" || ServerComplaint.isPage(plain) {
            throw EndpointError.webPage
        }
        guard let json = try? JSONValue(parsing: plain), json.object != nil || json.string != nil else {
            guard mediaType != "application/json" else {
                throw EndpointError(.decode, "the transcript is not JSON")
            }
            self.init(text: TranscriptionAnswer.tidy(plain))
            return
        }
        try self.init(json)
    }

    /// From JSON of any known shape.
    init(_ json: JSONValue) throws(EndpointError) {
        if let text = json.string {
            self.init(text: TranscriptionAnswer.tidy(text))
            return
        }
        let segments = json["segments"]?.array ?? []
        let whole = json["text"]?.string
        if whole == nil, segments.isEmpty {
            throw EndpointError(inside: json) ?? EndpointError(.decode, "the answer holds no transcript")
        }
        let joined = segments.compactMap { $0["text"]?.string }.joined(separator: " ")
        let text = whole.flatMap { $0.isEmpty ? nil : $0 } ?? joined
        let certainties = segments.compactMap { $0["avg_logprob"]?.number }
        self.init(
            text: TranscriptionAnswer.tidy(text), language: json["language"]?.string,
            noSpeech: segments.compactMap { $0["no_speech_prob"]?.number }.min(),
            averageLogProbability: certainties.isEmpty
                ? TranscriptionAnswer.meanOfTokens(json) : certainties.reduce(0, +) / Double(certainties.count),
            compressionRatio: segments.compactMap { $0["compression_ratio"]?.number }.max())
    }

    /// The log probabilities of the newer models' tokens, when they were sent.
    private static func meanOfTokens(_ json: JSONValue) -> Double? {
        let values = (json["logprobs"]?.array ?? []).compactMap { $0["logprob"]?.number }
        return values.isEmpty ? nil : values.reduce(0, +) / Double(values.count)
    }

    /// One line, without the space that some servers begin with.
    private static func tidy(_ text: String) -> String {
        text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
    }
}
