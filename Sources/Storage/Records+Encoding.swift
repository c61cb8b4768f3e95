import Foundation
import GRDB
import Planning

// Rows that most changes write, encoded by hand: the general encoder takes ten times as long, most of it for lists that are
// empty.

extension Project {
    package func encode(to container: inout PersistenceContainer) throws {
        container["id"] = id
        container["name"] = name
        container["description"] = description
        container["status"] = status.rawValue
        container["tags"] = try JSONColumn.text(tags)
        container["repositoryPath"] = repositoryPath
        container["createdAt"] = createdAt
        container["updatedAt"] = updatedAt
    }
}

extension Plan {
    package func encode(to container: inout PersistenceContainer) throws {
        container["id"] = id
        container["number"] = number
        container["projectId"] = projectId
        container["title"] = title
        container["description"] = description
        container["status"] = status.rawValue
        container["metadata"] =
            metadata == Metadata() ? #"{"dependencies":[],"milestones":[]}"# : try JSONColumn.encoded(metadata)
        container["template"] = template
        container["latestVersion"] = latestVersion
        container["createdAt"] = createdAt
        container["updatedAt"] = updatedAt
    }
}

extension PlanTask {
    package func encode(to container: inout PersistenceContainer) throws {
        container["id"] = id
        container["planId"] = planId
        container["number"] = number
        container["title"] = title
        container["description"] = description
        container["status"] = status.rawValue
        container["priority"] = priority.rawValue
        container["estimateMinutes"] = estimateMinutes
        container["dependsOn"] = try JSONColumn.text(dependsOn)
        container["assignee"] = assignee
        container["evidence"] = evidence
        container["labels"] = try JSONColumn.text(labels)
        container["acceptance"] = try JSONColumn.text(acceptance)
        container["milestone"] = milestone
        container["dueOn"] = dueOn
        container["actualMinutes"] = actualMinutes
        container["parent"] = parent
        container["links"] = try JSONColumn.text(links)
        container["startedAt"] = startedAt
        container["completedAt"] = completedAt
        container["turnId"] = turnId
        container["createdAt"] = createdAt
        container["updatedAt"] = updatedAt
    }
}

/// A column that holds JSON, its keys sorted so that equal values are equal texts.
private enum JSONColumn {
    static func text(_ list: [some Encodable]) throws -> String { list.isEmpty ? "[]" : try encoded(list) }

    static func encoded(_ value: some Encodable) throws -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = .sortedKeys
        return String(decoding: try encoder.encode(value), as: UTF8.self)
    }
}
