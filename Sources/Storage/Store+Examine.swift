import GRDB

extension Store {
    /// Looks at the file at `path` without changing it; nil when there is none yet. Throws what opening it would.
    package static func examine(path: String) async throws -> Examined? {
        guard try StoreFile(path).exists() else { return nil }
        return try await translated(path) {
            var configuration = Configuration()
            configuration.readonly = true
            configuration.busyMode = .timeout(busyDeadline)
            let queue = try DatabaseQueue(path: path, configuration: configuration)
            defer { try? queue.close() }
            return try await queue.read { database in
                try Schema.check(database, path: path)
                guard try !Schema.migrator.hasBeenSuperseded(database) else {
                    throw StoreError.newerDatabase(path: path)
                }
                return Examined(
                    faults: try String.fetchAll(database, sql: "PRAGMA quick_check").filter { $0 != "ok" })
            }
        }
    }

    package struct Examined: Equatable, Sendable {
        /// What SQLite finds wrong; empty when all is well.
        package let faults: [String]
    }
}
