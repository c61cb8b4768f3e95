import Planning
import Support

/// What reached Aloud in one turn of its user.
package struct Heard: Sendable {
    /// Bytes of text that one turn takes.
    package static let longest = 64 * 1024

    package var text: String
    package var modality: Turn.Modality
    package var surface: Surface
    /// The sound of it, Ogg Opus, and its length in milliseconds.
    package var sound: Sound?
    /// What came before the text was there: stages and engine calls.
    package var timings: [StageTiming]
    package var calls: [EngineCall]
    /// It goes on with the turn before, whose answer nobody has heard.
    package var continues: Bool

    package struct Sound: Equatable, Sendable {
        package let opus: [UInt8]
        package let milliseconds: Int

        package init(opus: [UInt8], milliseconds: Int) {
            self.opus = opus
            self.milliseconds = milliseconds
        }
    }

    package init(
        _ text: String, modality: Turn.Modality = .text, surface: Surface, sound: Sound? = nil,
        timings: [StageTiming] = [], calls: [EngineCall] = [], continues: Bool = false
    ) {
        self.text = CleanText.block(text)
        self.modality = modality
        self.surface = surface
        self.sound = sound
        self.timings = timings
        self.calls = calls
        self.continues = continues
    }

    /// What was said by voice without the word that only ended it.
    func without(_ endWord: EndWord?) -> Heard {
        guard modality == .voice, let rest = endWord?.stripped(text) else { return self }
        var heard = self
        heard.text = rest
        return heard
    }
}
