import Audio
import Planning
import Speech
import Testing

@Suite struct EngineOrderTests {
    private struct Down: Error {}

    private let utterance = Utterance(samples: [Int16](repeating: 0, count: 16_000))

    private func transcriber(_ name: String, _ text: String?) -> Transcriber {
        Transcriber(name: name) { _, _, _ in
            guard let text else { throw Down() }
            return Transcript(text: text, confidence: 1, source: .remote)
        }
    }

    @Test func theFirstThatAnswersServesAndEveryCallIsTold() async {
        let list = TranscriberList([transcriber("a", nil), transcriber("b", "hello"), transcriber("c", "other")])
        let made = await list.transcribe(utterance, expecting: ExpectedSpeech())
        #expect(made.transcript?.text == "hello")
        #expect(made.engine == "b")
        #expect(made.calls.map(\.engine) == ["a", "b"])
        #expect(made.calls.map(\.outcome) == ["failed", "ok"])
    }

    @Test func whenNoneAnswersThatIsAnAnswerToo() async {
        let list = TranscriberList([transcriber("a", nil), transcriber("b", nil)])
        let made = await list.transcribe(utterance, expecting: ExpectedSpeech())
        #expect(made.transcript == nil)
        #expect(made.calls.count == 2)
    }

    @Test func theToneIsShortAndDoesNotClick() {
        for tone in Tone.allCases {
            let sound = tone.sound
            #expect((50...300).contains(sound.milliseconds))
            #expect(abs(Int(sound.samples.first ?? 99)) < 50)
            #expect(abs(Int(sound.samples.last ?? 99)) < 400)
            #expect((sound.samples.map { abs(Int($0)) }.max() ?? 0) < 16_000)
        }
    }
}
