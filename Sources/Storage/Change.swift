import GRDB
import Planning

/// A running change: the named steps that keep the rules, each written to the audit in the same transaction.
/// All its steps are one operation, taken back together by one undo.
package struct Change {
    let database: Database
    let operationId: String
    package let origin: Origin
    package let moment: Timestamp

    init(_ database: Database, origin: Origin, kind: Operation.Kind, summary: String, reverses: String? = nil) throws {
        self.database = database
        self.origin = origin
        moment = .now
        operationId = Identifier<Operation>.make(at: moment).rawValue
        try Operation(
            id: operationId, kind: kind, summary: summary, conversationId: origin.conversationId,
            reverses: reverses, undoneBy: nil, createdAt: moment
        ).insert(database)
    }

    /// Goes on with an operation, which is called `summary` from now on.
    private init(_ database: Database, origin: Origin, goingOnWith undertaking: Undertaking, summary: String) throws {
        self.database = database
        self.origin = origin
        moment = .now
        operationId = undertaking.operation
        try database.run("UPDATE operation SET summary = ? WHERE id = ?", [summary, undertaking.operation])
    }

    /// A part of `undertaking`; the first of it, or of what comes after it was undone, begins an operation.
    fileprivate static func part(
        of undertaking: Undertaking?, _ database: Database, origin: Origin, summary: String
    ) throws -> Change {
        guard let undertaking,
            let begun = try Operation.first(where: "id = ?", [undertaking.operation], in: database),
            begun.undoneBy == nil
        else { return try Change(database, origin: origin, kind: .do, summary: summary) }
        return try Change(database, origin: origin, goingOnWith: undertaking, summary: summary)
    }
}

/// Changes made one after the other that one undo takes back together.
package struct Undertaking: Equatable, Sendable {
    fileprivate let operation: String
}

extension Store {
    /// Does `body` in one transaction as one operation, called `summary` when it is undone.
    @discardableResult
    package func change<Value: Sendable>(
        _ origin: Origin, _ summary: String, _ body: @Sendable @escaping (Change) throws -> Value
    ) async throws -> Value {
        try await write { database in
            try body(Change(database, origin: origin, kind: .do, summary: summary))
        }
    }

    /// Does `body` in one transaction as a part of `undertaking`, or as the first of a new one.
    ///
    /// - Parameter summary: What all of it is called when it is undone.
    package func change<Value: Sendable>(
        _ origin: Origin, _ summary: String, partOf undertaking: Undertaking?,
        _ body: @Sendable @escaping (Change) throws -> Value
    ) async throws -> (value: Value, undertaking: Undertaking) {
        try await write { database in
            let change = try Change.part(of: undertaking, database, origin: origin, summary: summary)
            return (try body(change), Undertaking(operation: change.operationId))
        }
    }
}

extension Change {
    /// Runs `body` and writes what became of the row of `table` that `key` names.
    func audited(_ table: AuditedTable, _ key: String, _ body: () throws -> Void) throws {
        let before = try table.image(of: key, in: database)
        try body()
        let after = try table.image(of: key, in: database)
        guard before != after else { return }
        try database.run(
            """
            INSERT INTO audit
                (operationId, actor, surface, conversationId, turnId, entity, entityId, before, after, createdAt)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            """,
            [
                operationId, origin.actor, origin.surface.rawValue, origin.conversationId, origin.turnId,
                table.rawValue, key, before, after, moment,
            ])
    }
}

/// What was asked for once, however many rows it touched.
struct Operation: Codable, FetchableRecord, PersistableRecord {
    static let databaseTableName = "operation"

    let id: String
    let kind: Kind
    let summary: String
    let conversationId: Conversation.ID?
    /// The operation that an undo or a redo takes back.
    let reverses: String?
    let undoneBy: String?
    let createdAt: Timestamp

    enum Kind: String, Codable { case `do`, undo, redo }

    func encode(to container: inout PersistenceContainer) {
        container["id"] = id
        container["kind"] = kind.rawValue
        container["summary"] = summary
        container["conversationId"] = conversationId
        container["reverses"] = reverses
        container["undoneBy"] = undoneBy
        container["createdAt"] = createdAt
    }
}
