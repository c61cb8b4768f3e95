import Planning

/// A plan in a minute of speech: what it is, how far it is, what comes next, and what its sections begin with.
package struct PlanSummary: Sendable {
    private let plan: Plan
    private let project: String
    private let outline: Outline
    private let tasks: [PlanTask]

    package init(plan: Plan, project: String, markdown: String, tasks: [PlanTask]) {
        self.plan = plan
        self.project = project
        outline = Outline(markdown: markdown)
        self.tasks = tasks
    }

    /// Sections that are told.
    private static let mostSections = 8

    package var text: String {
        let version = plan.latestVersion == 0 ? "not saved yet" : "at version \(plan.latestVersion)"
        var sentences = [
            "\(plan.title), of project \(project), is \(plan.status.rawValue.replacing("_", with: " ")), \(version)."
        ]
        sentences += progress
        for section in outline.sections.filter({ $0.level == 2 && !$0.text.isEmpty }).prefix(Self.mostSections) {
            sentences.append("\(Said.closed(section.heading)) \(Self.firstSentence(section.text))")
        }
        return sentences.joined(separator: " ")
    }

    private var progress: [String] {
        guard !tasks.isEmpty else { return ["It has no tasks yet."] }
        let done = tasks.count { $0.status == .done }
        let open = tasks.count(where: \.status.isOpen)
        var sentences = ["It has \(Said.count(tasks.count, "task")), \(done) done and \(open) open."]
        if let next = tasks.ready.first {
            sentences.append("Next is task \(next.number), \(Said.closed(next.title))")
        } else if open > 0 {
            sentences.append("Nothing of it can be begun now.")
        }
        if let due = tasks.filter(\.status.isOpen).compactMap(\.dueOn).min() {
            sentences.append("The first day that something is due is \(due).")
        }
        return sentences
    }

    /// Without the marks of lists; at most so much as is listened to.
    private static func firstSentence(_ text: String) -> String {
        let line = text.split(whereSeparator: \.isNewline).first { $0.contains(where: \.isLetter) } ?? ""
        let words = line.drop { !($0.isLetter || $0.isNumber || $0 == "`" || $0 == "\"") }
        let sentence = words.firstIndex { ".!?".contains($0) }.map { words[...$0] } ?? words
        return Said.closed(String(sentence.prefix(240)))
    }
}
