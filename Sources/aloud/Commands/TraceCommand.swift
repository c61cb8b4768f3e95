import ArgumentParser
import Planning
import Storage
import Support

struct TraceCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "trace",
        abstract: "Show how a turn went: what was heard, decided and said, and where its time went.",
        discussion: """
            The time runs from the moment the end of what was said was decided; the silence that took lies before it. With
            --json everything that is kept of the turn, engine calls included.
            """)

    @OptionGroup var turn: TurnArgument

    @Flag(help: "Show a JSON object.")
    var json = false

    func run() async throws {
        try await Composition.run { composition in
            let exchange = try await turn.find(in: composition.store)
            guard !json else { return try Terminal.showJSON(exchange) }
            let said = exchange.said
            Terminal.show(
                Terminal.dim("\(said.id.rawValue)  \(Terminal.time(said.createdAt))  by \(said.modality.rawValue)"))
            Terminal.show(Terminal.dim("heard    ") + said.heard)
            if said.used != said.heard { Terminal.show(Terminal.dim("taken as ") + said.used) }
            let slots = said.slots.flatMap { $0 == "{}" ? nil : " \($0)" } ?? ""
            Terminal.show(
                Terminal.dim("decided  ") + (said.command ?? "free speech") + slots
                    + Terminal.dim("  (\(said.tier?.rawValue ?? "not decided"))"))
            if let reply = exchange.reply {
                Terminal.show(Terminal.dim("said     ") + Terminal.bold(reply.heard))
                if let spoken = reply.spoken, spoken != reply.heard {
                    Terminal.show(Terminal.dim("spoken   ") + (spoken.isEmpty ? "nothing of it" : spoken))
                }
            }
            for call in exchange.calls {
                let host = call.host.map { " at \($0)" } ?? ""
                Terminal.show(
                    Terminal.dim("engine   ")
                        + "\(call.kind.rawValue) by \(call.engine)\(host): \(call.outcome), \(call.milliseconds.inTenths) ms"
                )
            }
            for line in TurnTimeline(exchange.timings).drawn() { Terminal.show(line) }
        }
    }
}

/// A turn, by its place from the end or by its id.
struct TurnArgument: ParsableArguments {
    @Argument(help: "Its place from the end, 1 for what was said last, or its id.")
    var turn = "1"

    func find(in store: Store, byVoice: Bool = false) async throws -> Exchange {
        let found: Exchange?
        if let place = Int(turn) {
            guard 1...1_000_000 ~= place else { throw ValidationError("A place is a number from 1 on.") }
            found = try await store.exchange(at: place, byVoice: byVoice)
        } else {
            found = try await store.exchange(Turn.ID(rawValue: turn))
        }
        guard let found else { throw Failure("there is no turn \(turn); see: aloud chat show") }
        return found
    }
}
