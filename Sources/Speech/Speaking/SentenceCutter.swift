/// Cuts text that grows into sentences that can be spoken.
package struct SentenceCutter: Sendable {
    private var text = SpeechText()

    package init() {}

    package mutating func add(_ piece: String) -> [String] { text.add(piece) }

    package mutating func finish() -> [String] { text.finish() }
}
