import Foundation
import GRDB
import Planning

// Rows that lists have thousands of, decoded by hand: the general decoder takes ten times as long.

extension Project {
    package init(row: Row) throws {
        self.init(
            id: try row.value("id"), name: try row.value("name"), description: try row.value("description"),
            status: try row.choice("status"), tags: try row.list("tags"),
            repositoryPath: try row.optional("repositoryPath"), at: try row.value("createdAt"))
        updatedAt = try row.value("updatedAt")
    }
}

extension Plan {
    package init(row: Row) throws {
        self.init(
            id: try row.value("id"), number: try row.value("number"), projectId: try row.value("projectId"),
            title: try row.value("title"), description: try row.value("description"),
            template: try row.optional("template"), at: try row.value("createdAt"))
        status = try row.choice("status")
        let metadata: String = try row.value("metadata")
        if !Plan.emptyMetadata.contains(metadata) { self.metadata = try row.json("metadata") }
        latestVersion = try row.value("latestVersion")
        updatedAt = try row.value("updatedAt")
    }

    /// As it is written when nothing was chosen.
    private static let emptyMetadata: Set<String> = [
        "{}", #"{"dependencies":[],"milestones":[]}"#, #"{"milestones":[],"dependencies":[]}"#,
    ]
}

extension PlanTask {
    package init(row: Row) throws {
        self.init(
            id: try row.value("id"), planId: try row.value("planId"), number: try row.value("number"),
            title: try row.value("title"), description: try row.value("description"),
            priority: try row.choice("priority"), estimateMinutes: try row.optional("estimateMinutes"),
            dependsOn: try row.list("dependsOn"), assignee: try row.optional("assignee"),
            turnId: try row.optional("turnId"), at: try row.value("createdAt"))
        status = try row.choice("status")
        evidence = try row.optional("evidence")
        labels = try row.list("labels")
        acceptance = try row.list("acceptance")
        milestone = try row.optional("milestone")
        dueOn = try row.optional("dueOn")
        actualMinutes = try row.optional("actualMinutes")
        parent = try row.optional("parent")
        links = try row.list("links")
        startedAt = try row.optional("startedAt")
        completedAt = try row.optional("completedAt")
        updatedAt = try row.value("updatedAt")
    }
}

/// What is in a column; a value that it cannot hold is an error, not the end of the program.
extension Row {
    fileprivate func value<Value: DatabaseValueConvertible>(_ column: String) throws -> Value {
        let stored: DatabaseValue = self[column]
        guard let value = Value.fromDatabaseValue(stored) else { throw unreadable(column) }
        return value
    }

    fileprivate func optional<Value: DatabaseValueConvertible>(_ column: String) throws -> Value? {
        let stored: DatabaseValue = self[column]
        guard !stored.isNull else { return nil }
        guard let value = Value.fromDatabaseValue(stored) else { throw unreadable(column) }
        return value
    }

    fileprivate func choice<Value: RawRepresentable<String>>(_ column: String) throws -> Value {
        guard let value = Value(rawValue: try value(column)) else { throw unreadable(column) }
        return value
    }

    /// From a JSON array, which most often is empty.
    fileprivate func list<Value: Decodable>(_ column: String) throws -> [Value] {
        let text: String = try value(column)
        return text == "[]" ? [] : try json(column)
    }

    fileprivate func json<Value: Decodable>(_ column: String) throws -> Value {
        let text: String = try value(column)
        return try JSONDecoder().decode(Value.self, from: Data(text.utf8))
    }

    private func unreadable(_ column: String) -> DecodingError {
        .dataCorrupted(DecodingError.Context(codingPath: [Column(column)], debugDescription: ""))
    }

    private struct Column: CodingKey {
        let stringValue: String
        var intValue: Int? { nil }

        init(_ name: String) { stringValue = name }
        init?(stringValue: String) { self.stringValue = stringValue }
        init?(intValue: Int) { nil }
    }
}
