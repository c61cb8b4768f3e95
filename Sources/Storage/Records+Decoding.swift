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

extension Project {
    static let listColumns = [
        "id", "name", "description", "status", "tags", "repositoryPath", "createdAt", "updatedAt",
    ]

    /// - Parameter row: Begins with `listColumns`. By their place they are found sooner than by their name.
    init(columns row: Row) throws {
        self.init(
            id: ID(rawValue: try row.value(at: 0)), name: try row.value(at: 1), description: try row.value(at: 2),
            status: try row.choice(at: 3), tags: try row.list(at: 4), repositoryPath: row[5],
            at: Timestamp(milliseconds: try row.value(at: 6)))
        updatedAt = Timestamp(milliseconds: try row.value(at: 7))
    }
}

extension Plan {
    static let listColumns = [
        "id", "number", "projectId", "title", "description", "template", "createdAt", "status", "metadata",
        "latestVersion", "updatedAt",
    ]

    /// - Parameter row: Begins with `listColumns`.
    init(columns row: Row) throws {
        self.init(
            id: ID(rawValue: try row.value(at: 0)), number: try row.value(at: 1),
            projectId: Project.ID(rawValue: try row.value(at: 2)), title: try row.value(at: 3),
            description: try row.value(at: 4), template: row[5], at: Timestamp(milliseconds: try row.value(at: 6)))
        status = try row.choice(at: 7)
        let metadata: String = try row.value(at: 8)
        if !Plan.emptyMetadata.contains(metadata) { self.metadata = try Row.json(metadata) }
        latestVersion = try row.value(at: 9)
        updatedAt = Timestamp(milliseconds: try row.value(at: 10))
    }
}

extension Row {
    func value<Value: DatabaseValueConvertible & StatementColumnConvertible>(at place: Int) throws -> Value {
        guard let value: Value = self[place] else { throw unreadable("\(place)") }
        return value
    }

    fileprivate func choice<Value: RawRepresentable<String>>(at place: Int) throws -> Value {
        guard let value = Value(rawValue: try value(at: place)) else { throw unreadable("\(place)") }
        return value
    }

    fileprivate func list<Value: Decodable>(at place: Int) throws -> [Value] {
        let text: String = try value(at: place)
        return text == "[]" ? [] : try Row.json(text)
    }

    fileprivate static func json<Value: Decodable>(_ text: String) throws -> Value {
        try JSONDecoder().decode(Value.self, from: Data(text.utf8))
    }
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
        try Row.json(try value(column))
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
