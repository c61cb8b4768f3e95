import GRDB
import Planning
import Support

/// Names alone, for what is said: of ten thousand projects nobody reads every row at every turn.
extension Store {
    /// The names of projects, the most recently changed first and the archived ones last: at most `limit`, and beyond them
    /// those that stand in `text`.
    package func projectNames(limit: Int, within text: String = "") async throws -> [String] {
        try await read { database in
            let first = try String.fetchAll(
                database.cachedStatement(
                    sql: "SELECT name FROM project ORDER BY status = 'archived', updatedAt DESC, rowid DESC LIMIT ?"),
                arguments: [limit])
            guard first.count == limit else { return first }
            return try Store.joined(
                first,
                String.fetchAll(
                    database,
                    sql: """
                        SELECT name FROM project WHERE instr(lower(?), lower(name)) > 0
                        ORDER BY length(name) DESC LIMIT ?
                        """, arguments: [Store.head(of: text), Store.furtherNames]))
        }
    }

    /// The titles of a project's plans, as `projectNames`.
    package func planTitles(of project: Project.ID, limit: Int, within text: String = "") async throws -> [String] {
        try await read { database in
            let first = try String.fetchAll(
                database, sql: "SELECT title FROM plan WHERE projectId = ? ORDER BY updatedAt DESC, rowid DESC LIMIT ?",
                arguments: [project, limit])
            guard first.count == limit else { return first }
            return try Store.joined(
                first,
                String.fetchAll(
                    database,
                    sql: """
                        SELECT title FROM plan WHERE projectId = ? AND instr(lower(?), lower(title)) > 0
                        ORDER BY length(title) DESC LIMIT ?
                        """, arguments: [project, Store.head(of: text), Store.furtherNames]))
        }
    }

    /// The titles of a plan's newest tasks by their number.
    package func taskTitles(of plan: Plan.ID, limit: Int) async throws -> [Int: String] {
        try await read { database in
            let rows = try Row.fetchAll(
                database, sql: "SELECT number, title FROM planTask WHERE planId = ? ORDER BY number DESC LIMIT ?",
                arguments: [plan, limit])
            return Dictionary(rows.map { ($0["number"], $0["title"]) }, uniquingKeysWith: { $1 })
        }
    }

    /// How many projects are not archived.
    package func projectCount() async throws -> Int {
        try await read { try Int.fetchOne($0, sql: "SELECT count(*) FROM project WHERE status <> 'archived'") ?? 0 }
    }

    package func projectNames(of ids: [Project.ID]) async throws -> [Project.ID: String] {
        let wanted = Array(Set(ids))
        return try await read { database in
            let rows = try Row.fetchAll(
                database, sql: "SELECT id, name FROM project WHERE id IN (SELECT value FROM json_each(?))",
                arguments: [JSONText.line(wanted.map(\.rawValue))])
            return Dictionary(rows.map { ($0["id"], $0["name"]) }, uniquingKeysWith: { $1 })
        }
    }

    private static let furtherNames = 20

    /// Where a name is looked for: commands are short.
    private static func head(of text: String) -> String { CleanText.line(String(text.prefix(1000))) }

    private static func joined(_ first: [String], _ further: [String]) -> [String] {
        let known = Set(first)
        return first + further.filter { !known.contains($0) }
    }
}
