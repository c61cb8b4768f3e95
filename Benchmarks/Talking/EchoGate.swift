import Foundation
import SeededRandom
import Speech
import Support

/// Aloud speaks and nobody else does: whatever it hears is itself.
struct EchoGate {
    private let minutes: Double
    private let level: Double
    private let seed: UInt64
    private let isVerbose: Bool

    private static let delays = [20, 80, 160, 240]

    private struct Count {
        var spoken = 0
        var replies = 0
        var turns = 0
        var ducks = 0
        var wakes = 0
        var cut = 0
        var passed = 0
    }

    init(_ options: Options) {
        minutes = options.number("minutes", 60)
        level = options.number("level", 0)
        seed = options.seed(1)
        isVerbose = options.isVerbose
    }

    func measure() async throws -> Figures {
        let planner = try await Planner()
        defer { try? planner.end() }
        let documents = try Texts().documents()
        var random = SeededRandom(seed)
        var count = Count()
        let began = ContinuousClock.now
        for mode in [VoiceLoop.Mode.open, .wake] {
            for delay in Self.delays {
                let room = VirtualRoom(
                    echo: VirtualRoom.Echo(level: level, delay: delay), noise: random.number(-70 ... -56), remembered: 2
                )
                let scene = Scene(mode, in: room, with: planner, followUp: 6000)
                try await listen(to: scene, documents, &random, &count)
                await scene.end()
                if isVerbose { tell(scene, "\(mode) \(delay) ms") }
            }
        }
        var figures = Figures("its own voice at \(level) dB, \(count.replies) replies")
        let took = (ContinuousClock.now - began) / .seconds(1)
        figures.tell("of its own speech", Double(count.spoken) / 60_000, "min")
        figures.tell("turns taken", count.turns, atMost: 0)
        figures.tell("replies that were cut", count.cut, atMost: 0)
        figures.tell("wake phrases heard", count.wakes, atMost: 0)
        figures.tell("ducked", count.ducks)
        figures.tell("faster than the clock", Double(count.passed) / 1000 / took, "times")
        return figures
    }

    private func listen(
        to scene: Scene, _ documents: [String], _ random: inout SeededRandom, _ count: inout Count
    ) async throws {
        let wanted = Int(minutes * 60_000) / (2 * Self.delays.count)
        var spoken = 0
        var number = 0
        await scene.room.pass(0.5)
        while spoken < wanted {
            number += 1
            let text = Texts.reply(
                random.pick(documents), from: random.next(below: 400), characters: 40 + random.next(below: 900))
            let whole = letters(SpeakableText.spoken(text))
            guard !whole.isEmpty else { continue }
            let done = await scene.begin(speaking: text, id: "\(number)", asks: random.next(below: 4) == 0)
            while done.value == nil { await scene.room.pass(0.5) }
            // What became of it is told right after.
            await scene.room.pass(random.number(0.2...4))
            spoken += done.value ?? 0
            count.replies += 1
            if letters(scene.heard.value["\(number)"] ?? "") != whole { count.cut += 1 }
        }
        count.spoken += spoken
        count.passed += scene.room.now
        // A turn whose words were thrown away is one too.
        count.turns += scene.count { if case .speechEnded = $0 { true } else { false } }
        count.ducks += scene.count { $0 == .speechStarted }
        count.wakes += scene.count { $0 == .woke }
    }

    private func tell(_ scene: Scene, _ name: String) {
        for (at, event) in scene.events.value where event != .nothingHeard(reason: "nobody spoke") {
            switch event {
            case .speechStarted, .transcript, .nothingHeard, .woke: print(name, at, event)
            default: break
            }
        }
    }

    private func letters(_ text: String) -> String { text.filter { $0.isLetter || $0.isNumber } }
}
