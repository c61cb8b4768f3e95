import AloudProcess
import Testing

extension AloudHome {
    /// What the database itself says, as lines of columns with bars between them.
    @discardableResult
    func sqlite(_ statement: String) async throws -> String {
        let process = try RunningProcess("/usr/bin/sqlite3", [database, statement], environment: [:])
        let ended = await process.ended()
        try #require(ended.status == 0, "\(ended.errors)")
        return ended.output
    }
}
