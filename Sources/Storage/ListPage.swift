import Foundation
import GRDB

/// A part of a list, and where the next part begins.
package struct ListPage<Item: Sendable>: Sendable {
    package let items: [Item]
    /// For whoever asks for the next part; nil when this was the last.
    package let next: ListCursor?
}

/// A place in a sorted list: behind one row. What is added or removed before it moves nothing.
package struct ListCursor: Equatable, Sendable {
    /// The value that the row is sorted by, and the row itself where values are equal.
    let key: DatabaseValue
    let row: Int64

    init(key: DatabaseValue, row: Int64) {
        self.key = key
        self.row = row
    }

    /// As it was shown; nil for anything else.
    package init?(_ text: String) {
        guard text.count < 1024,
            let data = Data(base64Encoded: text.replacing("-", with: "+").replacing("_", with: "/")),
            let parts = try? JSONDecoder().decode(Parts.self, from: data)
        else { return nil }
        key = parts.text?.databaseValue ?? parts.number?.databaseValue ?? .null
        row = parts.row
    }

    private struct Parts: Codable {
        var text: String?
        var number: Int64?
        let row: Int64
    }
}

extension ListCursor: CustomStringConvertible {
    /// Opaque, and safe in a shell and in an address (RFC 4648, base64url, with its padding).
    package var description: String {
        let parts = Parts(text: String.fromDatabaseValue(key), number: Int64.fromDatabaseValue(key), row: row)
        let data = (try? JSONEncoder().encode(parts)) ?? Data()
        return data.base64EncodedString().replacing("+", with: "-").replacing("/", with: "_")
    }
}

/// What every list can be asked for.
package struct ListWish: Sendable {
    package enum Sort: String, Sendable, CaseIterable {
        /// What changed last comes first, whatever changed in it.
        case recent
        case name
        /// What has the most plans comes first.
        case plans
    }

    package var sort = Sort.recent
    /// Words that stand in the name or in the description.
    package var text: String?
    /// Only what changed at that moment or later.
    package var since: Date?
    /// Only what changed before that moment.
    package var until: Date?
    /// At most so many, 1 … 1000; nil for all.
    package var limit: Int?
    package var after: ListCursor?

    package init() {}

    package static let longest = 1000
}

/// The statement of a list: its conditions, its order, its page.
struct ListStatement {
    private var conditions: [String] = []
    private var arguments = StatementArguments()

    mutating func require(_ condition: String, _ values: [(any DatabaseValueConvertible)?] = []) {
        conditions.append(condition)
        arguments += StatementArguments(values)
    }

    /// - Parameters:
    ///   - fields: What is looked through for the text.
    ///   - changed: The column of the last change, in milliseconds.
    mutating func require(_ wish: ListWish, fields: [String], changed: String) {
        if let text = wish.text, !text.isEmpty {
            let pattern =
                "%" + text.replacing("\\", with: "\\\\").replacing("%", with: "\\%").replacing("_", with: "\\_") + "%"
            let looked = fields.map { "\($0) LIKE ? ESCAPE '\\'" }.joined(separator: " OR ")
            require("(\(looked))", fields.map { _ in pattern })
        }
        if let since = wish.since { require("\(changed) >= ?", [Int64(since.timeIntervalSince1970 * 1000)]) }
        if let until = wish.until { require("\(changed) < ?", [Int64(until.timeIntervalSince1970 * 1000)]) }
    }

    /// The rows of `source`, which has the columns `sortKey` and `rowid`, in their order.
    func page<Item: FetchableRecord & Sendable>(
        _ database: Database, from source: String, isDescending: Bool, _ wish: ListWish, as: Item.Type
    ) throws -> ListPage<Item> {
        var conditions = conditions
        var arguments = arguments
        let (order, comparison) = isDescending ? ("DESC", "<") : ("ASC", ">")
        if let after = wish.after {
            conditions.append("(sortKey, rowid) \(comparison) (?, ?)")
            arguments += [after.key, after.row]
        }
        let filter = conditions.isEmpty ? "" : "WHERE " + conditions.joined(separator: " AND ")
        let limit = wish.limit.map { min(max($0, 1), ListWish.longest) }
        // One more than asked for tells whether there is a next part.
        let bound = limit.map { "LIMIT \($0 + 1)" } ?? ""
        let rows = try Row.fetchCursor(
            database,
            sql: "SELECT * FROM (\(source)) \(filter) ORDER BY sortKey \(order), rowid \(order) \(bound)",
            arguments: arguments)
        var items: [Item] = []
        var next: ListCursor?
        var last: ListCursor?
        // Decoded as they come: a copy of every row costs more than what is made of it.
        while let row = try rows.next() {
            if items.count == limit {
                next = last
                break
            }
            items.append(try Item(row: row))
            if items.count == limit { last = ListCursor(key: row["sortKey"], row: row["rowid"]) }
        }
        return ListPage(items: items, next: next)
    }
}
