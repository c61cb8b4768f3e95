/// Makes a text that grows speakable and cuts it into sentences.
struct SpeechText {
    private var speakable = SpeakableText()
    private var sentences = Sentences()

    mutating func add(_ piece: String) -> [String] { sentences.add(speakable.add(piece)) }

    mutating func finish() -> [String] { sentences.add(speakable.finish()) + sentences.finish() }
}
