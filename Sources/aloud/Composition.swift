import Assistant
import Foundation
import Logging
import Planning
import Server
import Storage
import Support

/// Where everything is put together: the only place that knows all the parts.
struct Composition: Sendable {
    let loaded: LoadedConfiguration
    let store: Store
    let dialogue: Dialogue

    static func make(_ loaded: LoadedConfiguration) async throws -> Composition {
        let store = try await Store.open(path: loaded.databasePath)
        let table = try CommandTable(CommandTable.english)
        let dialogue = Dialogue(store: store, table: table, phones: { _ in [] }, planner: LocalPlanner(store: store))
        return Composition(loaded: loaded, store: store, dialogue: dialogue)
    }

    /// Opens everything for one command, does `body`, and closes it again.
    static func run<Value>(
        flags: [(key: String, value: String)] = [], _ body: (Composition) async throws -> Value
    ) async throws -> Value {
        let loaded = try LoadedConfiguration.load(environment: ProcessInfo.processInfo.environment, flags: flags)
        let composition = try await make(loaded)
        do {
            let value = try await body(composition)
            try composition.store.close()
            return value
        } catch {
            try composition.store.close()
            throw error
        }
    }
}
