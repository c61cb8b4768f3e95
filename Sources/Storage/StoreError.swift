import GRDB
import Planning

/// Why the store refused. The text names what, where and the remedy, never what the user said.
package enum StoreError: Error, Equatable, Sendable {
    /// A newer Aloud wrote this database.
    case newerDatabase(path: String)
    /// The file holds something else: no SQLite database, or one of another program. It was not touched.
    case notADatabase(path: String)
    /// It is a database, and cannot be read to its end.
    case damaged(path: String)
    /// The file that was opened no longer lies at its path.
    case replaced(path: String)
    case diskFull(path: String)
    case notAllowed(path: String, reason: String)
    /// Another process held the database for longer than the deadline.
    case busy(path: String)
    case nameTaken(kind: String, name: String)
    case missing(kind: String, id: String)
    /// Another version was saved since the one that a change stands on. Nothing was changed.
    case stale(base: Int, latest: Int)
    /// The change would break a rule of the schema.
    case refused(reason: String)
    case failed(path: String, reason: String)
}

extension StoreError: CustomStringConvertible {
    package var description: String {
        switch self {
        case .newerDatabase(let path):
            "the database \(path) was written by a newer aloud; install that version, or move the file away"
        case .notADatabase(let path):
            "\(path) is not an aloud database, and was left as it is; choose another place with ALOUD_HOME or DATABASE_URL"
        case .damaged(let path):
            "the database \(path) is damaged; stop aloud, copy the file away, and save what can be read with: "
                + "sqlite3 \(path) .recover | sqlite3 recovered.db"
        case .replaced(let path):
            "the database \(path) was moved, removed or replaced while aloud had it open; start aloud again to go on with "
                + "what is there now"
        case .diskFull(let path): "the disk that holds \(path) is full; free some space and try again"
        case .notAllowed(let path, let reason): "cannot use \(path): \(reason)"
        case .busy(let path): "another process keeps \(path) locked; try again in a moment"
        case .nameTaken(let kind, let name): "a \(kind) called “\(name)” exists already"
        case .missing(let kind, let id): "there is no \(kind) \(id)"
        case .stale(let base, let latest):
            "version \(latest) was saved since version \(base), on which this text stands; compare the two and try again"
        case .refused(let reason): reason
        case .failed(let path, let reason): "the database \(path) failed: \(reason)"
        }
    }
}

extension StoreError {
    init(_ error: DatabaseError, path: String) {
        switch error.resultCode {
        case .SQLITE_FULL: self = .diskFull(path: path)
        case .SQLITE_IOERR where error.extendedResultCode == .SQLITE_IOERR_WRITE: self = .diskFull(path: path)
        case .SQLITE_BUSY, .SQLITE_LOCKED: self = .busy(path: path)
        case .SQLITE_NOTADB: self = .notADatabase(path: path)
        case .SQLITE_CORRUPT: self = .damaged(path: path)
        case .SQLITE_CANTOPEN, .SQLITE_PERM, .SQLITE_READONLY, .SQLITE_AUTH:
            self = .notAllowed(path: path, reason: error.message ?? "it cannot be opened")
        case .SQLITE_CONSTRAINT: self = .refused(reason: error.message ?? "a rule of the schema forbids it")
        default: self = .failed(path: path, reason: error.message ?? "code \(error.resultCode.rawValue)")
        }
    }
}
