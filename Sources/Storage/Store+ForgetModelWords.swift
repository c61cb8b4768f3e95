import GRDB
import Planning

extension Store {
    /// Every prompt since the first of these turns may repeat what was said in them, and so may every summary of their
    /// conversations. The figures stay.
    static func forgetModelWords(of turns: String, in database: Database) throws {
        try database.execute(
            sql: """
                DELETE FROM conversationSummary WHERE conversationId IN
                    (SELECT conversationId FROM turn WHERE id IN (SELECT value FROM json_each(:turns)))
                """, arguments: ["turns": turns])
        try database.execute(
            sql: """
                UPDATE modelCall SET prompt = '', response = '' WHERE createdAt >=
                    (SELECT min(createdAt) FROM turn WHERE id IN (SELECT value FROM json_each(:turns)))
                """, arguments: ["turns": turns])
        try database.execute(
            sql: "DELETE FROM turnSource WHERE source IN (SELECT value FROM json_each(?))", arguments: [turns])
    }

    /// Every prompt since the project was made may name it.
    static func forgetModelWords(since project: Project.ID, in database: Database) throws {
        try database.execute(
            sql: """
                UPDATE modelCall SET prompt = '', response = ''
                WHERE createdAt >= (SELECT createdAt FROM project WHERE id = ?)
                """, arguments: [project])
        try database.execute(
            sql: """
                DELETE FROM turnSource WHERE projectId = ? OR source IN (SELECT id FROM forgotten)
                """, arguments: [project])
    }
}
