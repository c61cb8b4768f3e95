import GRDB

/// One row changed and committed, with nothing of Aloud's around it: what the machine itself takes.
struct BareCommit {
    private let pool: DatabasePool

    init(path: String) throws {
        pool = try DatabasePool(path: path)
        try pool.writeWithoutTransaction { try $0.execute(sql: "PRAGMA synchronous = FULL") }
    }

    func make() async throws {
        try await pool.write { database in
            try database.cachedStatement(sql: "UPDATE counter SET value = value + 1 WHERE name = 'memory:gone'")
                .execute()
        }
    }

    func close() throws { try pool.close() }
}
