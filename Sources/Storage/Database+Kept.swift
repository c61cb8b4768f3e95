import GRDB

// Statements that are the same every time, compiled once for each connection: SQLite takes longer to compile one, with the
// triggers that it sets off, than to run it.

extension Database {
    func run(_ sql: String, _ arguments: StatementArguments = StatementArguments()) throws {
        try cachedStatement(sql: sql).execute(arguments: arguments)
    }

    func value<Value: DatabaseValueConvertible>(
        _ sql: String, _ arguments: StatementArguments = StatementArguments()
    ) throws -> Value? {
        try Value.fetchOne(cachedStatement(sql: sql), arguments: arguments)
    }
}

extension FetchableRecord where Self: TableRecord {
    /// The first row for which `condition` holds.
    static func first(
        where condition: String, _ arguments: StatementArguments, in database: Database
    ) throws -> Self? {
        try fetchOne(statement(condition, in: database), arguments: arguments)
    }

    /// The rows for which `condition` holds, which says their order too.
    static func all(
        where condition: String, _ arguments: StatementArguments, in database: Database
    ) throws -> [Self] {
        try fetchAll(statement(condition, in: database), arguments: arguments)
    }

    static func exists(
        where condition: String, _ arguments: StatementArguments, in database: Database
    ) throws -> Bool {
        try database.value("SELECT EXISTS (SELECT 1 FROM \(databaseTableName) WHERE \(condition))", arguments) ?? false
    }

    private static func statement(_ condition: String, in database: Database) throws -> Statement {
        try database.cachedStatement(sql: "SELECT * FROM \(databaseTableName) WHERE \(condition)")
    }
}
