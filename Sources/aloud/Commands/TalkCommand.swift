import ArgumentParser
import Assistant
import Foundation
import Planning
import Storage

struct TalkCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "talk", abstract: "Plan by typing: a conversation on the terminal.",
        discussion: "Ends with Ctrl-D, or with: bye. It goes on where the last conversation ended.")

    @Option(help: "How many of the last turns to show first.")
    var history = 6

    func run() async throws {
        let isTerminal = Terminal.isInteractive
        try await Composition.run { composition in
            if isTerminal {
                try await showHistory(composition)
                Terminal.show(Terminal.dim("Say help to hear what you can say; Ctrl-D ends it."))
            }
            try await composition.besideSummaries { try await talk(composition) }
            if isTerminal { Terminal.show("") }
        }
    }

    private func talk(_ composition: Composition) async throws {
        while true {
            guard let line = await Terminal.nextLine(prompt: "you   › ") else { break }
            let said = line.trimmingCharacters(in: .whitespaces)
            if ["bye", "exit", "quit"].contains(said.lowercased()) { break }
            guard !said.isEmpty else { continue }
            do {
                try await answer(said, composition)
            } catch let error as DialogueError {
                Terminal.complain(error.description)
            }
        }
    }

    private func answer(_ said: String, _ composition: Composition) async throws {
        var isStreaming = false
        for try await event in composition.dialogue.take(Heard(said, surface: .cli)) {
            switch event {
            case .kept, .routed, .doing: continue
            case .delta(let piece):
                isStreaming = true
                Terminal.show(piece: piece)
            case .reply(let reply, _): Terminal.show(isStreaming ? "" : Terminal.dim("aloud › ") + reply.text)
            }
        }
    }

    private func showHistory(_ composition: Composition) async throws {
        let conversation = try await composition.store.currentConversation()
        for turn in try await composition.store.turns(of: conversation.id, last: max(0, min(history, 200))) {
            let who = turn.role == .user ? "you   › " : "aloud › "
            Terminal.show(Terminal.dim(who + turn.heard))
        }
    }
}
