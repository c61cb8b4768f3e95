import GRDB

extension Store {
    /// What is wrong with the file at `path`, found without changing it; empty when all is well.
    package static func examine(path: String) async throws -> [String] {
        do {
            var configuration = Configuration()
            configuration.readonly = true
            let queue = try DatabaseQueue(path: path, configuration: configuration)
            defer { try? queue.close() }
            return try await queue.read { database in
                guard try !Schema.migrator.hasBeenSuperseded(database) else {
                    throw StoreError.newerDatabase(path: path)
                }
                return try String.fetchAll(database, sql: "PRAGMA quick_check").filter { $0 != "ok" }
            }
        } catch let error as DatabaseError {
            throw StoreError(error, path: path)
        }
    }
}
