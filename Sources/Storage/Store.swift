import Foundation
import GRDB
import Planning
import Support

/// The SQLite database that keeps everything. Several processes may hold one open at the same time.
package struct Store: Sendable {
    let pool: DatabasePool
    package let path: String
    /// The file that was opened.
    private let file: FileIdentity?

    /// How long a write waits for another process.
    package static let busyDeadline: TimeInterval = 5

    /// Opens the file, makes it when it is missing and brings it to the newest schema.
    package static func open(path: String) async throws -> Store {
        try await translated(path) {
            try StoreFile(path).prepare()
            var configuration = Configuration()
            configuration.busyMode = .timeout(busyDeadline)
            configuration.foreignKeysEnabled = true
            configuration.maximumReaderCount = 4
            configuration.label = "aloud"
            // Before anything is written: the file of another program stays as it is.
            configuration.prepareDatabase { try Schema.check($0, path: path) }
            let pool = try DatabasePool(path: path, configuration: configuration)
            // After opening: the pool sets NORMAL itself, and an acknowledged write must survive a power cut.
            try await pool.writeWithoutTransaction { database in
                try database.execute(sql: "PRAGMA synchronous = FULL")
            }
            try await migrate(pool, path: path)
            return Store(pool: pool, path: path, file: StoreFile(path).identity)
        }
    }

    /// Closes the readers first: the last connection moves the write-ahead log into the file, and only the writer may.
    package func close() throws {
        pool.invalidateReadOnlyConnections()
        try pool.close()
    }

    /// The value of `PRAGMA synchronous` on the connection that writes: 2 is FULL.
    package func synchronousMode() async throws -> Int {
        try await pool.writeWithoutTransaction { try Int.fetchOne($0, sql: "PRAGMA synchronous") ?? -1 }
    }

    /// What SQLite finds wrong with the file; empty when all is well.
    package func integrityFaults() async throws -> [String] {
        try await read { database in
            try String.fetchAll(database, sql: "PRAGMA integrity_check").filter { $0 != "ok" }
                + Row.fetchAll(database, sql: "PRAGMA foreign_key_check").map { "foreign key: \($0)" }
        }
    }

    func read<Value: Sendable>(_ body: @Sendable @escaping (Database) throws -> Value) async throws -> Value {
        try checkFile()
        return try await Store.translated(path) { try await pool.read(body) }
    }

    /// Runs to its end even when the caller is cancelled: a write that began is finished.
    func write<Value: Sendable>(_ body: @Sendable @escaping (Database) throws -> Value) async throws -> Value {
        try checkFile()
        let value = try await Store.translated(path) {
            // Not the asynchronous `write`, which a cancelled caller would stop.
            try await withCheckedThrowingContinuation { continuation in
                pool.asyncWrite(body) { _, result in continuation.resume(with: result) }
            }
        }
        try checkFile()
        return value
    }

    /// Throws `StoreError.replaced` when the path no longer names the file that is open: what is written to that one nobody
    /// finds again, and nothing may be acknowledged that is lost. One lstat(2).
    package func checkFile() throws(StoreError) {
        guard StoreFile(path).identity == file else { throw .replaced(path: path) }
    }

    static func translated<Value>(
        _ path: String, _ body: () async throws -> Value
    ) async throws -> Value {
        do {
            return try await body()
        } catch let error as DatabaseError {
            throw StoreError(error, path: path)
        } catch let error as DecodingError {
            throw StoreError.failed(path: path, reason: "a row cannot be read: \(error.whatIsMissing)")
        }
    }
}

extension DecodingError {
    fileprivate var whatIsMissing: String {
        switch self {
        case .keyNotFound(let key, _): "\(key.stringValue) is missing"
        case .typeMismatch(_, let context), .valueNotFound(_, let context), .dataCorrupted(let context):
            context.codingPath.map(\.stringValue).joined(separator: ".") + " is not what it should be"
        @unknown default: "\(self)"
        }
    }
}

// MARK: Opening

extension Store {
    /// Whoever holds the lock migrates, after a copy of what was there.
    private static func migrate(_ pool: DatabasePool, path: String) async throws {
        let migrator = Schema.migrator
        let (isNewer, isDone, isEmpty) = try await pool.read { database in
            (
                try migrator.hasBeenSuperseded(database), try migrator.hasCompletedMigrations(database),
                try migrator.appliedMigrations(database).isEmpty
            )
        }
        guard !isNewer else { throw StoreError.newerDatabase(path: path) }
        guard !isDone else { return }
        let lock = try FileLock(path: path + ".lock", deadline: busyDeadline)
        defer { lock.release() }
        let wasEmpty = isEmpty
        if !wasEmpty, try await pool.read({ try !migrator.hasCompletedMigrations($0) }) {
            let copy = path + ".before-\(migrator.migrations.last ?? "migration")"
            if !FileManager.default.fileExists(atPath: copy) {
                try await pool.vacuum(into: copy)
                chmod(copy, 0o600)
            }
        }
        try await Task { try migrator.migrate(pool) }.value
        // The readers that looked before know the old columns only, and would miss the new ones once each.
        pool.invalidateReadOnlyConnections()
    }
}
