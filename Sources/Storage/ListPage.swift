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
