import Planning
import Support

/// What a reader with little room must know of a plan: at most 2,400 characters, which is about 600 tokens of a language
/// model, and a hash that tells whether anything of it has changed.
package struct PlanDigest: Equatable, Sendable, Encodable {
    package let number: Int
    package let title: String
    package let project: String
    package let status: Plan.Status
    /// 0 while there is only a draft.
    package let version: Int
    /// How many tasks there are of each status that occurs.
    package let counts: [String: Int]
    package let progress: String
    package let ready: [Line]
    package let blocked: [Line]
    /// Headings with nothing below them yet.
    package let openSections: [String]
    /// The first 12 digits of SHA-256 over the plan's text and all that is said of its tasks.
    package let hash: String

    package struct Line: Equatable, Sendable, Encodable {
        package let number: Int
        package let title: String
        /// Its priority, or what stands in its way.
        package let detail: String
    }

    /// Unicode scalars.
    package static let longest = 2400
    private static let mostLines = 8
    private static let longestTitle = 80

    package init(_ plan: Plan, project: String, content: String, tasks: [PlanTask]) throws {
        number = plan.number
        title = plan.title
        self.project = project
        status = plan.status
        version = plan.latestVersion
        counts = Dictionary(tasks.map { ($0.status.rawValue, 1) }, uniquingKeysWith: +)
        let counted = tasks.filter { $0.status != .cancelled }
        progress = "\(counted.count { $0.status == .done }) of \(counted.count) tasks done"
        ready = tasks.ready.map { task in
            Line(
                number: task.number, title: task.title,
                detail: task.status == .inProgress ? "in progress" : task.priority.rawValue)
        }
        let open = Set(tasks.filter(\.status.isOpen).map(\.number))
        blocked = tasks.filter { $0.status.isOpen }.compactMap { task in
            let waits = task.dependsOn.filter(open.contains).map { "task \($0)" }
            if task.status == .blocked {
                let evidence = task.evidence.map(CleanText.line) ?? ""
                return Line(number: task.number, title: task.title, detail: evidence.isEmpty ? "blocked" : evidence)
            }
            guard task.status == .todo, !waits.isEmpty else { return nil }
            return Line(number: task.number, title: task.title, detail: "waits for " + waits.joined(separator: ", "))
        }
        openSections = Self.openSections(Outline(markdown: content))
        var whole = PlanFile(plan, project: project, content: content, tasks: tasks)
        whole.updatedAt = nil
        hash = try ExchangeFormat.hash(whole)
    }

    /// A heading that has neither a text nor a heading below it.
    private static func openSections(_ outline: Outline) -> [String] {
        outline.sections.enumerated().compactMap { index, section in
            let hasParts = index + 1 < outline.sections.count && outline.sections[index + 1].level > section.level
            return section.level > 0 && section.text.isEmpty && !hasParts ? section.heading : nil
        }
    }

    /// For people and for a model's window.
    package var text: String {
        var lines = [
            "Plan \(number): \(Self.cut(title))", "Project: \(Self.cut(project))",
            "Status: \(status.rawValue), \(version == 0 ? "draft" : "version \(version)")", "Progress: \(progress)",
        ]
        let states = PlanTask.Status.allCases.compactMap { status in
            counts[status.rawValue].map { "\($0) \(status.rawValue)" }
        }
        if !states.isEmpty { lines.append("Tasks: " + states.joined(separator: ", ")) }
        lines += Self.part("Ready", ready)
        lines += Self.part("Blocked", blocked)
        if !openSections.isEmpty {
            let names = openSections.prefix(Self.mostLines).map(Self.cut).joined(separator: "; ")
            lines.append("Open sections: \(names)\(openSections.count > Self.mostLines ? "; and more" : "")")
        }
        let end = "Hash: \(hash)"
        let room = Self.longest - end.unicodeScalars.count - 4
        var text = lines.joined(separator: "\n")
        if text.unicodeScalars.count > room {
            text = String(String.UnicodeScalarView(text.unicodeScalars.prefix(room))) + "…"
        }
        return text + "\n" + end
    }

    private static func part(_ name: String, _ lines: [Line]) -> [String] {
        guard !lines.isEmpty else { return [] }
        let shown = lines.prefix(mostLines).map { "  \($0.number). \(cut($0.title)) (\(cut($0.detail)))" }
        let more = lines.count - shown.count
        return ["\(name):"] + shown + (more > 0 ? ["  and \(more) more"] : [])
    }

    private static func cut(_ text: String) -> String {
        guard text.unicodeScalars.count > longestTitle else { return text }
        return String(String.UnicodeScalarView(text.unicodeScalars.prefix(longestTitle - 1))) + "…"
    }
}
