import Assistant
import Foundation
import Planning
import Speech
import SpeechFixtures
import Storage

/// The conversation behind the voice: a real store with the names of the fixtures, and the dialogue over it.
struct Planner: Sendable {
    let store: Store
    let dialogue: Dialogue
    let recognizer: LocalRecognizer
    private let folder: String

    init() async throws {
        folder = NSTemporaryDirectory() + "aloud-talking-" + UUID().uuidString
        store = try await Store.open(path: folder + "/aloud.db")
        try await Fixtures().keep(in: store)
        let pronunciation = Pronunciation()
        recognizer = LocalRecognizer(pronunciation: pronunciation)
        dialogue = try Dialogue(
            store: store, table: CommandTable(CommandTable.english), phones: { pronunciation.phones(of: $0) },
            planner: LocalPlanner(store: store))
    }

    func end() throws {
        try store.close()
        try FileManager.default.removeItem(atPath: folder)
    }
}
