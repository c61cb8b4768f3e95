import Memory
import Planning
import Storage

extension Dialogue {
    /// More than this nobody keeps in mind when listening.
    private static let spokenHits = 3

    func search(_ understanding: Understanding, _ scene: Scene) async throws -> Outcome {
        guard let query = understanding.text(.query) else {
            return Outcome(.asking("What shall I look for?"), question: .fill(understanding, .query))
        }
        try await memory.catchUp()
        let found = try await memory.search(query, project: scene.project?.id, limit: Dialogue.spokenHits)
        guard !found.isEmpty else { return Outcome("I found nothing about \(Said.closed(query))") }
        let told = found.map { Said.closed("\($0.place(in: scene)): \($0.excerpt.isEmpty ? $0.title : $0.excerpt)") }
        return Outcome("I found \(Said.count(found.count, "place")). " + told.joined(separator: " "))
    }
}

extension Memory.Hit {
    /// “In plan 3, Offline editing, Design”, with the project when it is not the open one.
    fileprivate func place(in scene: Scene) -> String {
        let heading = title.replacing(" / ", with: ", ")
        let place =
            switch kind {
            case .project: "Project \(title)"
            case .section: plan.map { "In plan \($0), \(heading)" } ?? "In \(heading)"
            case .task: "Task \(title)"
            case .note: "A note"
            case .turn: "You said \(Said.ago(at))"
            }
        guard let project, project != scene.project?.name, kind != .project else { return place }
        return "\(place), of project \(project)"
    }
}
