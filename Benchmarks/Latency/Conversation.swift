import Assistant
import Foundation
import Planning
import Speech
import Storage

/// A conversation with a store of its own, in which something is planned.
struct Conversation: Sendable {
    let store: Store
    let dialogue: Dialogue
    let recognizer: LocalRecognizer
    private let folder: String

    static func begun() async throws -> Conversation {
        let folder = NSTemporaryDirectory() + "aloud-latency-" + UUID().uuidString
        let store = try await Store.open(path: folder + "/aloud.db")
        let pronunciation = Pronunciation()
        let dialogue = try Dialogue(
            store: store, table: CommandTable(CommandTable.english), phones: { pronunciation.phones(of: $0) },
            planner: LocalPlanner(store: store))
        for text in [
            "create new project website", "create devplan offline sync", "cancel", "add task write the docs",
            "add task test the sync", "add task draw the icons",
        ] {
            for try await _ in dialogue.take(Heard(text, surface: .cli)) {}
        }
        let recognizer = LocalRecognizer(LocalRecognizer.Configuration(), pronunciation: pronunciation)
        Transcriber.local(recognizer).prepare(try await dialogue.expected())
        return Conversation(store: store, dialogue: dialogue, recognizer: recognizer, folder: folder)
    }

    var respondent: Respondent {
        let dialogue = dialogue
        return Respondent(
            expected: { (try? await dialogue.expected()) ?? ExpectedSpeech() }, judge: { await dialogue.judge($0) },
            respond: { heard in
                let events = dialogue.take(
                    Heard(
                        heard.text, modality: .voice, surface: .voice, timings: heard.timings, calls: heard.calls,
                        continues: heard.continues))
                return Answering(
                    events.compactMap { event in
                        guard case .reply(let reply, let turn) = event else { return nil }
                        return Response.whole(
                            text: reply.text, expectsAnswer: reply.expectsAnswer, control: nil, id: turn.rawValue)
                    })
            },
            spoken: { id, text, timings, calls in
                try? await dialogue.spoke(Turn.ID(rawValue: id), text, timings: timings, calls: calls)
            }, lost: { _, _ in })
    }

    func end() throws {
        try store.close()
        try FileManager.default.removeItem(atPath: folder)
    }
}
