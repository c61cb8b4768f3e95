import GRDB
import Planning
import Support

extension Change {
    package func createProject(
        name: String, description: String = "", tags: [String] = [], repositoryPath: String? = nil
    ) throws -> Project {
        let name = try KeptText.name(name, "a project's name", atMost: KeptText.longestName)
        let project = Project(
            name: name, description: CleanText.block(description), tags: tags, repositoryPath: repositoryPath,
            at: moment)
        if try Project.exists(where: "name = ?", [name], in: database) {
            throw StoreError.nameTaken(kind: "project", name: name)
        }
        try audited(.project, project.id.rawValue) { try project.insert(database) }
        return project
    }

    @discardableResult
    package func updateProject(_ id: Project.ID, _ edit: (inout Project) -> Void) throws -> Project {
        guard var project = try Project.first(where: "id = ?", [id], in: database) else {
            throw StoreError.missing(kind: "project", id: id.rawValue)
        }
        let before = project
        edit(&project)
        project.name = try KeptText.name(project.name, "a project's name", atMost: KeptText.longestName)
        project.tags = project.tags.map(CleanText.line).filter { !$0.isEmpty }
        if project.name != before.name,
            try Project.exists(where: "name = ? AND id <> ?", [project.name, id], in: database)
        {
            throw StoreError.nameTaken(kind: "project", name: project.name)
        }
        project.description = CleanText.block(project.description)
        project.updatedAt = moment
        try audited(.project, id.rawValue) { try update(before, to: project) }
        return project
    }

    /// Opens a project or a plan in the conversation of the origin; nil closes it.
    package func setFocus(project: Project.ID?, plan: Plan.ID?) throws {
        guard let conversation = origin.conversationId else { return }
        let focus = Focus(conversationId: conversation, projectId: project, planId: plan)
        try audited(.focus, conversation.rawValue) { try focus.insert(database, onConflict: .replace) }
    }

    /// Writes the columns that differ: what stays as it is touches no index.
    func update<Record: PersistableRecord & Identifiable>(_ before: Record, to after: Record) throws
    where Record.ID: DatabaseValueConvertible {
        let old = try before.databaseDictionary
        let changed = try after.databaseDictionary.filter { old[$0.key] != $0.value }.sorted { $0.key < $1.key }
        guard !changed.isEmpty else { return }
        let assignments = changed.map { "\($0.key) = ?" }.joined(separator: ", ")
        try database.run(
            "UPDATE \(Record.databaseTableName) SET \(assignments) WHERE id = ?",
            StatementArguments(changed.map(\.value) + [before.id.databaseValue]))
    }
}
