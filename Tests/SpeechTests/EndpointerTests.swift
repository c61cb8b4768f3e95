import SeededRandom
import SpeechFixtures
import Testing

@testable import Speech

/// Frames as a picture: `S` voiced, `.` unvoiced, `?` unknown. Events under the frame that brought them: `^` began, `p`
/// paused, `r` resumed, `$` ended in silence, `!` cut for its length, `x` dropped, `0` nobody spoke.
struct EndpointerTests {
    private static var small: Endpointer.Configuration {
        var configuration = Endpointer.Configuration()
        configuration.onsetVoiced = 3
        configuration.onsetWindow = 4
        configuration.preRoll = 2
        configuration.pause = 4
        configuration.trailing = 8
        configuration.shortest = 4
        configuration.longest = 30
        configuration.patience = 10
        configuration.words = 60
        return configuration
    }

    private func picture(_ frames: String, expecting: Bool = false) -> String {
        var endpointer = Endpointer(Self.small)
        if expecting { endpointer.expectSpeech() }
        return String(frames.map { symbol(endpointer.hear(voice($0))) })
    }

    private func voice(_ frame: Character) -> VoiceFrame.Voice {
        switch frame {
        case "S": .voiced
        case "?": .unknown
        default: .unvoiced
        }
    }

    private func symbol(_ event: Endpointer.Event?) -> Character {
        switch event {
        case nil: "."
        case .began: "^"
        case .paused: "p"
        case .resumed: "r"
        case .spoke: "w"
        case .ended(let span): span.reason == .tooLong ? "!" : "$"
        case .dropped: "x"
        case .nobodySpoke: "0"
        }
    }

    @Test(arguments: [
        // One utterance.
        ("..SSSSSS..........", "....^......p...$.."),
        // A gap shorter than the silence that ends it.
        ("SSSSS.....SSSS........", "..^.....p...r....p...$"),
        // A click in the pause is not speech again.
        ("SSSSS......S.....", "..^.....p...$...."),
        // Too little.
        ("..SSS..........", "....^...p...x.."),
        // A click alone.
        ("...S......S.....", "................"),
        // Two utterances.
        ("SSSSS........SSSSS........", "..^.....p...$..^.....p...$"),
        // Somebody who does not stop, and goes on.
        ("SSSSSSSSSSSSSSSSSSSSSSSSSSSSSSSSSSSSSS", "..^..........................!..^....."),
        // Unknown frames are neither silence nor voice.
        ("SSSSS????????????.......", "..^.................p..."),
    ])
    func findsUtterances(frames: String, events: String) {
        #expect(picture(frames) == events)
    }

    @Test(arguments: [
        ("..............", ".........0...."),
        // Nothing known yet: twice the patience, not for ever.
        ("????????????????????????", "...................0...."),
        ("....SSSSS........", "......^.....p...$"),
        // Somebody who begins in the last moment.
        (".........SSSSS........", "...........^.....p...$"),
    ])
    func waitsForSomebodyWhoWasAsked(frames: String, events: String) {
        #expect(picture(frames, expecting: true) == events)
    }

    @Test func anUtteranceStartsAtItsPreRollAndEndsWithItsSilence() {
        var endpointer = Endpointer(Self.small)
        let events = ".....SSSSSS........".map { endpointer.hear(voice($0)) }.compactMap { $0 }
        #expect(events.first == .began(start: 3 * 160))
        let span = Endpointer.Span(start: 3 * 160, end: 19 * 160, voiced: 6, trailing: 8, reason: .silence)
        #expect(events.last == .ended(span))
    }

    /// `3` and `0` settle for so many frames of silence, `h` and `H` are the talk key going down and up.
    @Test(arguments: [
        // A whole command ends as soon as that is known, a hanging one later.
        ("SSSSS....0.........", "..^.....p$........"), ("SSSSS....6........", "..^.....p.$......"),
        // What was known of one pause says nothing of the next.
        ("SSSSS....7SSSS........", "..^.....p..r....p...$"),
        // While the key is held silence ends nothing.
        ("SSSSSh..............SSSH........", "..^.....p............r...p...$"),
    ])
    func whatIsKnownOfThePauseDecidesItsLength(frames: String, events: String) {
        var endpointer = Endpointer(Self.small)
        var picture = ""
        for frame in frames {
            switch frame {
            case "h": endpointer.isHeld = true
            case "H": endpointer.isHeld = false
            case let digit where digit.isNumber: endpointer.settle(trailing: digit.wholeNumberValue ?? 0)
            default: picture.append(symbol(endpointer.hear(voice(frame))))
            }
        }
        #expect(picture == events)
    }

    @Test func enoughVoiceForWordsIsToldOnce() {
        var configuration = Self.small
        configuration.words = 5
        var endpointer = Endpointer(configuration)
        let picture = String(".SSSSSSSS.SSS.........".map { symbol(endpointer.hear(voice($0))) })
        #expect(picture.count { $0 == "w" } == 1, "\(picture)")
    }

    @Test func soundIsNotUsedTwice() {
        var endpointer = Endpointer(Self.small)
        var starts: [Int] = []
        for frame in "SSSSS........SSSSS........" {
            if case .began(let start) = endpointer.hear(voice(frame)) { starts.append(start / 160) }
        }
        #expect(starts == [0, 13])
    }

    @Test func theTalkKeyEndsAnUtteranceAtOnce() {
        var endpointer = Endpointer(Self.small)
        for frame in "SSSSS" { _ = endpointer.hear(voice(frame)) }
        #expect(endpointer.finish() == .ended(.init(start: 0, end: 5 * 160, voiced: 5, trailing: 0, reason: .asked)))
        #expect(endpointer.finish() == nil)
    }

    /// Commands of 200 to 600 ms, with the gaps that a detector leaves in them, after every length of warm-up.
    @Test func everyShortCommandIsHeardAndEnds() {
        var random = SeededRandom(7)
        for milliseconds in stride(from: 200, through: 600, by: 20) {
            for warmUp in [0, 5, 10, 30] {
                var endpointer = Endpointer()
                endpointer.expectSpeech()
                let command = (0..<milliseconds / 10).map { _ in random.next(below: 100) < 20 ? Character(".") : "S" }
                let frames =
                    String(repeating: "?", count: warmUp) + "....." + command + String(repeating: ".", count: 80)
                let events = frames.compactMap { endpointer.hear(voice($0)) }
                let ended = events.contains { if case .ended = $0 { true } else { false } }
                #expect(ended, "\(milliseconds) ms after \(warmUp): \(frames)")
            }
        }
    }

    /// Whatever comes: no hang, utterances in order, none longer than allowed.
    @Test func everySequenceOfFramesIsAnswered() {
        var random = SeededRandom(11)
        for _ in 0..<200 {
            var endpointer = Endpointer(Self.small)
            if random.next(below: 2) == 0 { endpointer.expectSpeech() }
            var end = 0
            for frame in 0..<400 {
                let noise = random.next(below: 3)
                let event = endpointer.hear(noise == 0 ? .voiced : noise == 1 ? .unvoiced : .unknown)
                guard case .ended(let span) = event else { continue }
                #expect(span.start >= end && span.end == (frame + 1) * 160)
                #expect(span.end - span.start <= 30 * 160)
                end = span.end
            }
        }
    }
}
