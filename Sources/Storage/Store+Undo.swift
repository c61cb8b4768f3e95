import GRDB
import Planning

/// What an undo or a redo did.
package enum Reversal: Equatable, Sendable {
    /// The named operation was taken back, or done again.
    case done(String)
    case nothing
    /// Something else has changed since what the named operation made.
    case outOfDate(String)
}

extension Store {
    /// Takes back this conversation's last operation, while everything still is as it left it.
    ///
    /// - Parameter turn: Only when this turn caused it.
    package func undo(_ origin: Origin, madeBy turn: Turn.ID? = nil) async throws -> Reversal {
        try await write { database in
            guard
                let last = try Operation.first(
                    where: """
                        conversationId IS ? AND kind = 'do' AND undoneBy IS NULL
                            AND EXISTS (SELECT 1 FROM audit WHERE operationId = operation.id)
                        ORDER BY rowid DESC LIMIT 1
                        """, [origin.conversationId], in: database)
            else { return .nothing }
            if let turn {
                let isCause = try Bool.fetchOne(
                    database, sql: "SELECT EXISTS (SELECT 1 FROM audit WHERE operationId = ? AND turnId = ?)",
                    arguments: [last.id, turn])
                guard isCause == true else { return .nothing }
            }
            return try Change.reverse(last, as: .undo, origin, database, named: last.summary)
        }
    }

    /// Does again what the last undo took back, unless something new was done since.
    package func redo(_ origin: Origin) async throws -> Reversal {
        try await write { database in
            guard
                let undo = try Operation.fetchOne(
                    database,
                    sql: """
                        SELECT * FROM operation AS undo
                        WHERE conversationId IS :conversation AND kind = 'undo' AND undoneBy IS NULL
                            AND NOT EXISTS (
                                SELECT 1 FROM operation AS later
                                WHERE later.conversationId IS :conversation AND later.kind = 'do'
                                    AND later.rowid > undo.rowid
                                    AND EXISTS (SELECT 1 FROM audit WHERE operationId = later.id))
                        ORDER BY rowid DESC LIMIT 1
                        """, arguments: ["conversation": origin.conversationId])
            else { return .nothing }
            let first = try Operation.first(where: "id = ?", [undo.reverses], in: database)
            let name = first?.summary ?? undo.summary
            let result = try Change.reverse(undo, as: .redo, origin, database, named: name)
            if case .done = result {
                try database.run("UPDATE operation SET undoneBy = NULL WHERE id = ?", [undo.reverses])
            }
            return result
        }
    }
}

extension Change {
    /// Puts every row that `operation` touched back as it was before it.
    fileprivate static func reverse(
        _ operation: Operation, as kind: Operation.Kind, _ origin: Origin, _ database: Database, named name: String
    ) throws -> Reversal {
        let rows = try AuditRow.fetchAll(
            database.cachedStatement(sql: "SELECT * FROM audit WHERE operationId = ? ORDER BY seq DESC"),
            arguments: [operation.id])
        // What each row was before the operation touched it again: nobody else may have come in between.
        var later: [String: String?] = [:]
        for row in rows {
            guard let table = AuditedTable(rawValue: row.entity) else { return .outOfDate(name) }
            let isUntouched =
                if let next = later[row.entity + row.entityId] { next == row.after } else {
                    try table.matches(row.after, key: row.entityId, in: database)
                }
            guard isUntouched else { return .outOfDate(name) }
            later.updateValue(row.before, forKey: row.entity + row.entityId)
        }
        let change = try Change(database, origin: origin, kind: kind, summary: name, reverses: operation.id)
        // The last check in the transaction sees to the foreign keys: rows may come back in any order. One row has none, and
        // this has every statement of the connection compiled anew.
        if rows.count > 1 { try database.execute(sql: "PRAGMA defer_foreign_keys = ON") }
        for row in rows {
            guard let table = AuditedTable(rawValue: row.entity) else { continue }
            try change.audited(table, row.entityId) { try table.restore(row.before, key: row.entityId, in: database) }
        }
        try database.run("UPDATE operation SET undoneBy = ? WHERE id = ?", [change.operationId, operation.id])
        return .done(name)
    }
}
