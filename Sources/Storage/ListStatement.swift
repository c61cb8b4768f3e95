import Foundation
import GRDB
import Planning
import Support

/// What stands in a list.
protocol ListItem: Sendable {
    /// As the statement asks for them.
    static var columns: [String] { get }

    /// - Parameter row: Has `columns`, by their place.
    init(columns row: Row, changedAt: Timestamp) throws
}

/// The statements of a list: its conditions, its order, its page. Rows are put in order by what they are sorted by alone, and
/// only those of the page are read whole.
struct ListStatement {
    private let table: String
    private let source: String
    private let changed: String
    private var conditions: [String] = []
    private var arguments = StatementArguments()

    /// - Parameters:
    ///   - source: The table, with what its conditions need beside it.
    ///   - changed: The moment of the last change, in milliseconds.
    init(table: String, source: String, changed: String) {
        self.table = table
        self.source = source
        self.changed = changed
    }

    mutating func require(_ condition: String, _ values: [(any DatabaseValueConvertible)?] = []) {
        conditions.append(condition)
        arguments += StatementArguments(values)
    }

    /// - Parameter fields: What is looked through for the text.
    mutating func require(_ wish: ListWish, fields: [String]) {
        if let text = wish.text, !text.isEmpty {
            let pattern =
                "%" + text.replacing("\\", with: "\\\\").replacing("%", with: "\\%").replacing("_", with: "\\_") + "%"
            let looked = fields.map { "\($0) LIKE ? ESCAPE '\\'" }.joined(separator: " OR ")
            require("(\(looked))", fields.map { _ in pattern })
        }
        if let since = wish.since { require("\(changed) >= ?", [Int64(since.timeIntervalSince1970 * 1000)]) }
        if let until = wish.until { require("\(changed) < ?", [Int64(until.timeIntervalSince1970 * 1000)]) }
    }

    /// The part of the list that was wished for.
    ///
    /// - Parameters:
    ///   - name: What it is sorted by when it is sorted by name.
    ///   - plans: What it is sorted by when it is sorted by plans.
    func page<Item: ListItem>(
        _ wish: ListWish, name: String, plans: String, in database: Database
    ) throws -> ListPage<Item> {
        let limit = wish.limit.map { min(max($0, 1), ListWish.longest) }
        // One more than asked for tells whether there is a next part.
        var places = try places(wish, name: name, plans: plans, limit: limit.map { $0 + 1 } ?? -1, in: database)
        var next: ListCursor?
        if let limit, places.count > limit {
            places.removeLast()
            next = places.last.map { ListCursor(key: $0.key, row: $0.row) }
        }
        let items: [Int64: Item] = try items(places, in: database)
        return ListPage(items: places.compactMap { items[$0.row] }, next: next)
    }

    /// Where a row stands.
    private struct Place {
        let row: Int64
        let key: DatabaseValue
        let changedAt: Timestamp
    }

    private func places(
        _ wish: ListWish, name: String, plans: String, limit: Int, in database: Database
    ) throws -> [Place] {
        let (key, order, comparison) =
            switch wish.sort {
            case .recent: (changed, "DESC", "<")
            case .name: (name, "ASC", ">")
            case .plans: (plans, "DESC", "<")
            }
        var (conditions, arguments) = (conditions, arguments)
        if let after = wish.after {
            conditions.append("(\(key), \(table).rowid) \(comparison) (?, ?)")
            arguments += [after.key, after.row]
        }
        arguments += [limit]
        let rows = try Row.fetchCursor(
            database.cachedStatement(
                sql: """
                    SELECT \(table).rowid, \(key) AS sortKey\(wish.sort == .recent ? "" : ", \(changed)") FROM \(source)
                    \(conditions.isEmpty ? "" : "WHERE " + conditions.joined(separator: " AND "))
                    ORDER BY sortKey \(order), \(table).rowid \(order) LIMIT ?
                    """), arguments: arguments)
        let changed = wish.sort == .recent ? 1 : 2
        var places: [Place] = []
        while let row = try rows.next() {
            places.append(
                Place(
                    row: try row.value(at: 0), key: row[1],
                    changedAt: Timestamp(milliseconds: try row.value(at: changed))))
        }
        return places
    }

    private func items<Item: ListItem>(_ places: [Place], in database: Database) throws -> [Int64: Item] {
        let moments = Dictionary(places.map { ($0.row, $0.changedAt) }, uniquingKeysWith: { $1 })
        let rows = try Row.fetchCursor(
            database.cachedStatement(
                sql: """
                    SELECT \(Item.columns.joined(separator: ", ")), \(table).rowid
                    FROM json_each(?) AS wanted CROSS JOIN \(table) ON \(table).rowid = wanted.value
                    """), arguments: [JSONText.line(places.map(\.row))])
        var items: [Int64: Item] = [:]
        items.reserveCapacity(places.count)
        // Decoded as they come: a copy of every row costs more than what is made of it.
        while let row = try rows.next() {
            let number: Int64 = try row.value(at: Item.columns.count)
            guard let moment = moments[number] else { continue }
            items[number] = try Item(columns: row, changedAt: moment)
        }
        return items
    }
}
