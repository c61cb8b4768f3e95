import Foundation
import GRDB
import Planning
import Support

extension Store {
    /// Copies the database while it is in use, looks at the copy, and only then gives it its name. Returns its size in bytes.
    ///
    /// - Parameter target: A path where there is nothing yet.
    @discardableResult
    package func backUp(to target: String) async throws -> Int64 {
        try checkFile()
        guard FileIdentity(target) == nil else {
            throw StoreError.notAllowed(path: target, reason: "it exists already, and nothing is written over")
        }
        try PrivateFolder.make((target as NSString).deletingLastPathComponent)
        let part = target + ".part"
        do {
            try await Store.translated(part) { [pool] in
                try await Store.offThePool { try Store.copy(pool, to: part) }
            }
            chmod(part, 0o600)
            guard rename(part, target) == 0 else {
                throw StoreError.notAllowed(path: target, reason: String(cString: strerror(errno)))
            }
        } catch {
            for suffix in ["", "-journal", "-wal", "-shm"] { unlink(part + suffix) }
            throw error
        }
        let size = try FileManager.default.attributesOfItem(atPath: target)[.size] as? Int64
        return size ?? 0
    }

    /// Puts what the file `source` holds in the place of everything in the database at `path`, in one transaction: whoever
    /// has it open sees all of the one or all of the other. Throws, and changes nothing, unless the file is a whole
    /// database of Aloud that is no newer than this version. Returns the path of the copy that was made first of what was
    /// there; nil when there was nothing.
    @discardableResult
    package static func restore(from source: String, into path: String) async throws -> String? {
        guard let examined = try await examine(path: source) else {
            throw StoreError.notAllowed(path: source, reason: "there is no such file")
        }
        guard examined.faults.isEmpty else { throw StoreError.damaged(path: source) }
        guard FileIdentity(following: source) != FileIdentity(following: path) else {
            throw StoreError.refused(reason: "\(source) is the database itself")
        }
        let kept = FileIdentity(following: path).map { _ in freeName(beside: path) }
        let store = try await open(path: path)
        do {
            if let kept { try await store.backUp(to: kept) }
            try await translated(path) {
                try await offThePool {
                    var configuration = Configuration()
                    configuration.readonly = true
                    let copy = try DatabaseQueue(path: source, configuration: configuration)
                    try copy.backup(to: store.pool)
                    try copy.close()
                }
            }
            try store.close()
        } catch {
            try? store.close()
            throw error
        }
        // An older copy is brought to the newest schema. Whoever holds its vectors in memory is to see that all of them went:
        // the numbers of the copy may be given again.
        let restored = try await open(path: path)
        try await restored.write { database in
            try database.execute(
                sql: "UPDATE counter SET value = value + ? WHERE name = 'memory:gone'",
                arguments: [Timestamp.now.milliseconds])
        }
        try restored.close()
        return kept
    }

    private static func freeName(beside path: String) -> String {
        let names = sequence(first: 1) { $0 + 1 }.lazy
            .map { path + ".before-restore" + ($0 == 1 ? "" : "-\($0)") }
        return names.first { FileIdentity($0) == nil } ?? path + ".before-restore"
    }

    private static func copy(_ pool: DatabasePool, to path: String) throws {
        let copy = try DatabaseQueue(path: path)
        try pool.backup(to: copy)
        let faults = try copy.writeWithoutTransaction { database in
            // One file, whatever the original is made of.
            try database.execute(sql: "PRAGMA journal_mode = DELETE")
            return try String.fetchAll(database, sql: "PRAGMA integrity_check").filter { $0 != "ok" }
        }
        try copy.close()
        guard faults.isEmpty else { throw StoreError.damaged(path: path) }
    }

    /// Copying takes as long as the disk does: on a thread of its own.
    private static func offThePool<Value: Sendable>(
        _ work: @Sendable @escaping () throws -> Value
    ) async throws -> Value {
        try await withCheckedThrowingContinuation { continuation in
            NamedThread.start("aloud-backup") { continuation.resume(with: Result(catching: work)) }
        }
    }
}
