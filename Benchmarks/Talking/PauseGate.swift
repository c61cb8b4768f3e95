import Assistant
import Foundation
import Planning
import SeededRandom
import Speech
import Support

/// People who pause within what they say: who is cut off, and how long the others wait.
struct PauseGate {
    private let count: Int
    private let speakers: Int
    private let thinking: Int
    private let seed: UInt64
    private let isVerbose: Bool

    private struct Count {
        var utterances = 0
        var paused = 0
        var pauses = 0
        /// Pauses that ended an utterance, and those after which an answer was audible before the next word.
        var cut = 0
        var answered = 0
        var cutUtterances = 0
        var answeredUtterances = 0
        var lost = 0
        var delays: [Int] = []
    }

    /// What happens to the first word after a pause is decided this long after it began, in milliseconds.
    private static let grace = 100

    init(_ options: Options) {
        count = options.count("count", 25)
        speakers = options.count("speakers", 8)
        thinking = options.count("thinking", 700)
        // Tuned with others.
        seed = options.seed(1003)
        isVerbose = options.isVerbose
    }

    func measure() async throws -> Figures {
        let planner = try await Planner()
        defer { try? planner.end() }
        let corpus = try PauseCorpus()
        var random = SeededRandom(seed)
        var result = Count()
        for number in 0..<speakers {
            let speaker = PauseCorpus.Speaker(number, &random)
            let room = VirtualRoom(noise: random.number(-68 ... -54), remembered: 2)
            let (dialogue, thinking) = (planner.dialogue, thinking)
            let scene = Scene(in: room, with: planner) { text in
                // What is a command is done at once; a language model thinks about the rest.
                Scene.Answer(text: "Okay.", after: await dialogue.judge(text) == .complete ? 0 : thinking)
            }
            await room.pass(1)
            for _ in 0..<count {
                try await say(corpus.utterance(of: speaker, &random), speaker.person, scene, &result)
                await room.pass(random.number(0.5...2))
            }
            await scene.end()
        }
        return figures(result)
    }

    private func say(
        _ pieces: [PauseCorpus.Piece], _ person: Person, _ scene: Scene, _ result: inout Count
    ) async throws {
        let room = scene.room
        scene.events.value = []
        var pauses: [Range<Int>] = []
        var end = 0
        for piece in pieces {
            await room.pass(saying: try await person.say(piece.text))
            end = room.now
            if let pause = piece.pause {
                await room.pass(Double(pause) / 1000)
                pauses.append(end..<room.now + Self.grace)
            }
        }
        await room.pass(4)
        let events = scene.events.value
        let ends = events.filter { if case .speechEnded = $0.event { true } else { false } }.map(\.at)
        let answers = events.filter { $0.event == .state(.speaking) }.map(\.at)
        let cut = pauses.filter { pause in ends.contains { pause.contains($0) } }
        let answered = pauses.filter { pause in answers.contains { pause.contains($0) } }
        result.utterances += 1
        result.pauses += pauses.count
        result.paused += pauses.isEmpty ? 0 : 1
        result.cut += cut.count
        result.answered += answered.count
        result.cutUtterances += cut.isEmpty ? 0 : 1
        result.answeredUtterances += answered.isEmpty ? 0 : 1
        let delay = ends.first { $0 >= end }.map { $0 - end }
        if let delay { result.delays.append(delay) } else { result.lost += 1 }
        if isVerbose {
            let said = pieces.map { $0.text + ($0.pause.map { " [\($0)]" } ?? "") }.joined(separator: " ")
            let heard = events.compactMap { _, event -> String? in
                if case .transcript(let text, _, _) = event { "“\(text)”" } else { nil }
            }
            print(
                delay ?? "-", cut.isEmpty ? "" : answered.isEmpty ? "CUT" : "ANSWERED", said, "=",
                heard.joined(separator: " "))
        }
    }

    private func figures(_ result: Count) -> Figures {
        var figures = Figures("people who pause, \(speakers) speakers")
        func share(_ part: Int, _ whole: Int) -> Double { 100 * Double(part) / Double(max(1, whole)) }
        figures.tell("utterances", result.utterances)
        figures.tell("of them with pauses within", result.paused)
        figures.tell("pauses", result.pauses)
        figures.tell(
            "utterances cut and answered in a pause", share(result.answeredUtterances, result.utterances), "%",
            atMost: 5)
        figures.tell("utterances cut, answered or not", share(result.cutUtterances, result.utterances), "%")
        figures.tell("pauses that cut", share(result.cut, result.pauses), "%")
        figures.tell("pauses that cut and were answered", share(result.answered, result.pauses), "%")
        figures.tell("end to taken, mean", result.delays.mean, "ms", atMost: 550)
        figures.tell("end to taken, median", result.delays.percentile(0.5), "ms")
        figures.tell("end to taken, 95 %", result.delays.percentile(0.95), "ms")
        figures.tell("never taken", result.lost)
        return figures
    }
}
