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
        if try Project.filter(Column("name") == name).fetchCount(database) > 0 {
            throw StoreError.nameTaken(kind: "project", name: name)
        }
        try audited(.project, project.id.rawValue) { try project.insert(database) }
        return project
    }

    @discardableResult
    package func updateProject(_ id: Project.ID, _ edit: (inout Project) -> Void) throws -> Project {
        guard var project = try Project.filter(Column("id") == id).fetchOne(database) else {
            throw StoreError.missing(kind: "project", id: id.rawValue)
        }
        let before = project.name
        edit(&project)
        project.name = try KeptText.name(project.name, "a project's name", atMost: KeptText.longestName)
        project.tags = project.tags.map(CleanText.line).filter { !$0.isEmpty }
        let others = Project.filter(Column("name") == project.name && Column("id") != id)
        if project.name != before, try others.fetchCount(database) > 0 {
            throw StoreError.nameTaken(kind: "project", name: project.name)
        }
        project.description = CleanText.block(project.description)
        project.updatedAt = moment
        try audited(.project, id.rawValue) { try update(project, "project", "id", id) }
        return project
    }

    /// Opens a project or a plan in the conversation of the origin; nil closes it.
    package func setFocus(project: Project.ID?, plan: Plan.ID?) throws {
        guard let conversation = origin.conversationId else { return }
        let focus = Focus(conversationId: conversation, projectId: project, planId: plan)
        try audited(.focus, conversation.rawValue) { try focus.insert(database, onConflict: .replace) }
    }

    func update(_ record: some PersistableRecord, _ table: String, _ key: String, _ id: some DatabaseValueConvertible)
        throws
    {
        let columns = try record.databaseDictionary.filter { $0.key != key }
        let assignments = columns.keys.sorted().map { "\($0) = :\($0)" }.joined(separator: ", ")
        var arguments = StatementArguments(columns)
        arguments += ["__key": id.databaseValue]
        try database.execute(sql: "UPDATE \(table) SET \(assignments) WHERE \(key) = :__key", arguments: arguments)
    }
}
