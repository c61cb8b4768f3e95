import Foundation
import SeededRandom
import Speech
import Support

/// A long conversation with all that happens in one: nothing may grow, and nobody may be left without an answer.
struct SoakGate {
    private let minutes: Double
    private let seed: UInt64

    init(_ options: Options) {
        minutes = options.number("minutes", 120)
        seed = options.seed(5)
    }

    func measure() async throws -> Figures {
        let planner = try await Planner()
        defer { try? planner.end() }
        let texts = Texts()
        let (commands, documents) = (try texts.commands().filter { $0.count < 60 }, try texts.documents())
        var random = SeededRandom(seed)
        let replies = (0..<200).map { _ in
            Scene.Answer(
                text: Texts.reply(
                    random.pick(documents), from: random.next(below: 400), characters: 20 + random.next(below: 300)),
                after: random.next(below: 3000), asks: random.next(below: 5) == 0)
        }
        let number = Shared(0)
        let room = VirtualRoom(echo: VirtualRoom.Echo(level: -12), remembered: 2)
        let scene = Scene(.open, in: room, with: planner) { _ in
            replies[
                number.update {
                    $0 += 1; return $0
                } % replies.count]
        }
        let began = ContinuousClock.now
        let people = LocalVoice.Name.allCases.map { Person($0) }
        var early: Double?
        var (turns, answered, said) = (0, 0, 0)
        while Double(room.now) < minutes * 60_000 {
            switch random.next(below: 10) {
            case 0: await room.pass(random.number(3...20))
            case 1:
                room.setDeaf(true)
                await room.pass(random.number(2...15))
                room.setDeaf(false)
            default:
                // Often into a reply that still goes on.
                said += 1
                await room.pass(saying: try await random.pick(people).say(random.pick(commands)))
                await room.pass(random.number(1...12))
            }
            if scene.events.value.count > 1000 {
                scene.events.value = []
                turns += scene.turns.value.count
                scene.turns.value = []
            }
            if early == nil, Double(room.now) >= min(30, minutes / 4) * 60_000 { early = Self.residentMegabytes }
        }
        let late = Self.residentMegabytes
        // All that still goes on has time to end.
        var waited = 0
        while scene.service.state != .waiting, waited < 180 {
            await room.pass(1)
            waited += 1
        }
        turns += scene.turns.value.count
        answered = scene.answered.value
        let isIdle = room.work.isIdle && scene.service.state == .waiting
        await scene.end()
        var figures = Figures("a conversation of \(Int(minutes)) minutes")
        figures.tell("utterances", said)
        figures.tell("turns", turns)
        figures.tell("turns without an answer", turns - answered, atMost: 0)
        figures.tell("not at rest at the end", isIdle ? 0 : 1, atMost: 0)
        figures.tell("memory after a quarter", early ?? .nan, "MB")
        figures.tell("memory at the end", late, "MB")
        figures.tell("growth", late / (early ?? .nan), "times", atMost: 1.1)
        figures.tell(
            "faster than the clock", Double(room.now) / 1000 / ((ContinuousClock.now - began) / .seconds(1)), "times")
        return figures
    }

    private static var residentMegabytes: Double {
        let fields = (try? String(contentsOfFile: "/proc/self/statm", encoding: .utf8))?.split(separator: " ") ?? []
        return fields.count > 1 ? (Double(fields[1]) ?? 0) * 4096 / 1_048_576 : 0
    }
}
