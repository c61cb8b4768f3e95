import Support

/// Everything that a sound depends on beside the words: two voices that differ in any of it sound different.
package struct SpokenBy: Equatable, Sendable {
    package var engine: String
    /// Where it is.
    package var address: String
    package var model: String
    package var voice: String?
    package var language: String?
    /// 1 is the voice's own pace.
    package var rate = 1.0
    /// How the sound comes, such as its samples a second.
    package var format: String

    package init(
        engine: String, address: String, model: String, voice: String? = nil, language: String? = nil,
        rate: Double = 1, format: String = ""
    ) {
        self.engine = engine
        self.address = address
        self.model = model
        self.voice = voice
        self.language = language
        self.rate = rate
        self.format = format
    }

    /// The name of the sound of `text`: 64 digits that tell nothing of it.
    func name(of text: String) -> String {
        let parts = [engine, address, model, voice ?? "", language ?? "", String(rate), format, text]
        // With their lengths, so that no two lists of parts are one text.
        return SHA256.hex(parts.map { "\($0.utf8.count):\($0)" }.joined())
    }
}
