/// What a plan is about.
package struct Project: Identifiable, Equatable, Sendable, Codable {
    package typealias ID = Identifier<Project>

    package let id: ID
    /// Unique among all projects, whatever the case of its letters.
    package var name: String
    package var description: String
    package var status: Status
    package var tags: [String]
    package var repositoryPath: String?
    package let createdAt: Timestamp
    package var updatedAt: Timestamp

    package enum Status: String, Codable, Sendable, CaseIterable {
        case active, paused, completed, archived
    }

    package init(
        id: ID = .make(), name: String, description: String = "", status: Status = .active, tags: [String] = [],
        repositoryPath: String? = nil, at moment: Timestamp = .now
    ) {
        self.id = id
        self.name = name
        self.description = description
        self.status = status
        self.tags = tags
        self.repositoryPath = repositoryPath
        createdAt = moment
        updatedAt = moment
    }
}
