import Planning
import Storage

extension Store {
    /// The text of a plan as it is worked on: its draft, else its last version; nil when it has neither.
    func text(of plan: Plan) async throws -> String? {
        if let draft = try await draft(of: plan.id) { return draft.content }
        return try await version(plan.latestVersion, of: plan.id)?.content
    }
}

extension Outline {
    /// Adds the notes that wait to the section that holds them.
    mutating func takeIn(_ notes: [Note]) {
        guard !notes.isEmpty else { return }
        let lines = notes.map { "- \($0.text)" }.joined(separator: "\n")
        var section = self["Notes"] ?? Section(level: 2, heading: "Notes", text: "")
        section.text = section.text.isEmpty ? lines : section.text + "\n" + lines
        self["Notes"] = section
    }
}
