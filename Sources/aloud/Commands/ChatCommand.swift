import ArgumentParser
import Assistant
import Planning
import Storage

struct ChatCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "chat", abstract: "Conversations: list, show, end, delete.",
        discussion: "A conversation rests four hours after the last word; what is open stays open in the next one.",
        subcommands: [List.self, Show.self, End.self, Delete.self], defaultSubcommand: List.self)

    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "List the conversations, the latest first.")

        @Option(help: "Begin with this one; 1 is the latest.")
        var from = 1

        @Option(help: "At most so many, up to 1000.")
        var limit = 20

        @Flag(help: "Show a JSON array.")
        var json = false

        func validate() throws {
            guard 1...1000 ~= limit else { throw ValidationError("--limit takes a number from 1 to 1000.") }
            guard from > 0 else { throw ValidationError("--from takes a number from 1 on.") }
        }

        func run() async throws {
            try await Composition.run { composition in
                let conversations = try await composition.store.conversations(from: from, limit: limit)
                guard !json else { return try Terminal.showJSON(conversations) }
                guard !conversations.isEmpty else { return Terminal.show("Nothing was said yet.") }
                var table = TextTable(["CHAT", "BEGAN", "ENDED", "SAID", "PROJECT", "PLAN"])
                for one in conversations {
                    table.add([
                        String(one.place), Terminal.time(one.startedAt), Terminal.time(one.lastActiveAt),
                        String(one.turns), one.project ?? "-", one.plan ?? "-",
                    ])
                }
                table.show()
            }
        }
    }

    struct Show: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Show what was said in a conversation.")

        @OptionGroup var chat: ChatArgument

        @Option(help: "At most so many turns, the newest, up to 10000.")
        var last = 200

        @Flag(help: "Show a JSON array of turns.")
        var json = false

        func validate() throws {
            guard 1...10_000 ~= last else { throw ValidationError("--last takes a number from 1 to 10000.") }
        }

        func run() async throws {
            try await Composition.run { composition in
                let store = composition.store
                let turns = try await store.turns(of: chat.find(in: store).id, last: last)
                guard !json else { return try Terminal.showJSON(turns) }
                for turn in turns {
                    let who = turn.role == .user ? (turn.modality == .voice ? "you, by voice" : "you") : "aloud"
                    Terminal.show(Terminal.dim("\(Terminal.time(turn.createdAt))  \(who)"))
                    Terminal.show("    " + turn.used.replacing("\n", with: "\n    "))
                }
            }
        }
    }

    struct End: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "End the conversation that is going on; the next words begin a new one.",
            discussion: """
                With a language model it is summed up, when that takes a few seconds only; else a running daemon does it later.
                """)

        func run() async throws {
            try await Composition.run { composition in
                let ended = try await composition.store.endConversation()
                guard let ended else { return Terminal.show("Nothing was said that could end.") }
                Terminal.show("Ended.")
                if let summary = await composition.sumUp(ended) { Terminal.show("Summed up: \(summary)") }
            }
        }
    }

    struct Delete: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Remove for good what was said in a conversation.",
            discussion: "What came of it (plans, tasks, notes) stays. No undo brings it back.")

        @OptionGroup var chat: ChatArgument

        @OptionGroup var confirmation: Confirmation

        func run() async throws {
            try await Composition.run { composition in
                let store = composition.store
                let found = try await chat.find(in: store)
                guard
                    await confirmation.isGiven(
                        "Forget what was said from \(Terminal.time(found.startedAt)) on (\(found.turns) times)? "
                            + "It cannot be brought back.")
                else { return Terminal.show("Nothing was forgotten.") }
                let forgotten = try await store.forget(.conversation(found.id))
                Terminal.show("Forgotten: \(forgotten.turns) turns.")
            }
        }
    }
}

struct ChatArgument: ParsableArguments {
    @Argument(help: "Its place in the list: 1 is the latest.")
    var chat = 1

    func validate() throws {
        guard chat > 0 else { throw ValidationError("Conversations are counted from 1, the latest.") }
    }

    func find(in store: Store) async throws -> ListedConversation {
        guard let found = try await store.conversations(from: chat, limit: 1).first else {
            throw Failure("there is no conversation \(chat); see: aloud chat list")
        }
        return found
    }
}
