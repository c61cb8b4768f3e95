import Planning

/// A plan for people: its text, and below it its tasks as a check list with what is known of each.
///
///     <!-- aloud:key=… hash=… -->
///     # Voice planning
///     <!-- aloud:content -->
///     …the text of the plan to the letter…
///     <!-- aloud:tasks -->
///     ## Tasks
///
///     - [ ] Add plan store
///       - task: 2
///       - priority: high
///       > Steps
///       - [x] Schema
///         - task: 3
///
/// Carries everything but times, evidence and the plan's metadata. The text of a task is a quotation, so that whatever
/// stands in it stays in it. Any other Markdown is read too: check items are tasks, nested ones their parts, and
/// everything else is the plan's text.
enum MarkdownPlan {
    static let contentMark = "<!-- aloud:content -->"
    static let tasksMark = "<!-- aloud:tasks -->"

    static func narrow(_ plan: inout PlanFile) {
        plan.content = plan.content.withLineFeeds
        plan.description = plan.description.asBlock
        for index in plan.items.indices { plan.items[index].body = plan.items[index].body.asBlock }
    }

    static func write(_ plan: PlanFile) throws -> Exported {
        var lines = [try ExchangeFormat.markdown.marker(of: plan)?.comment].compactMap(\.self)
        // Most texts begin with their title.
        if title(in: plan.content.withLineFeeds.lines) != plan.title { lines.append("# \(plan.title)") }
        if plan.status != .draft { lines.append("<!-- aloud:status \(plan.status.rawValue) -->") }
        let description = plan.description.asBlock
        if !description.isEmpty { lines += [""] + description.lines.map { $0.isEmpty ? ">" : "> \($0)" } }
        lines.append(contentMark)
        let content = plan.content.withLineFeeds
        var text = lines.joined(separator: "\n") + "\n" + content
        // One line break more than there was: the mark needs a line of its own.
        text += "\n" + tasksMark + "\n"
        if !plan.items.isEmpty { text += "## Tasks\n\n" + TaskList.write(ExchangeFormat.markdown.carried(plan).items) }
        return Exported(plan.fileName("md"), text)
    }

    static func read(_ source: ImportSource) throws -> Imported {
        let text = try SourceText(source.single(.markdown))
        let lines = text.lines
        guard let tasks = lines.lastIndex(where: { $0 == tasksMark }),
            let content = lines[..<tasks].firstIndex(where: { $0 == contentMark })
        else { return Imported(plan: try foreign(text, source.name)) }
        var plan = PlanFile(title: title(in: lines[(content + 1)..<tasks]) ?? source.name)
        let origin = try readHead(lines[..<content], into: &plan, text.file)
        plan.content = lines[(content + 1)..<tasks].joined(separator: "\n")
        let list = lines[(tasks + 1)...].joined(separator: "\n")
        let found = try TaskList(list, text.file, firstLine: tasks + 1)
        plan.items = found.items
        let added = found.rest.lines.filter { $0 != "## Tasks" }.joined(separator: "\n").asBlock
        if !added.isEmpty { plan.content += "\n" + added + "\n" }
        return Imported(plan: plan, marker: origin)
    }

    /// What the first line that is not blank says, as a heading.
    private static func title(in lines: some Sequence<Substring>) -> String? {
        guard let first = lines.first(where: { !$0.isBlank }) else { return nil }
        var cursor = LineCursor(first)
        return cursor.take("# ") && !cursor.text.isBlank ? cursor.text : nil
    }

    private static func readHead(
        _ lines: ArraySlice<Substring>, into plan: inout PlanFile, _ file: String
    ) throws(InterchangeError) -> Marker? {
        var origin: Marker?
        var description: [String] = []
        for (index, line) in lines.enumerated() {
            var cursor = LineCursor(line)
            if index == 0, let marker = Marker(comment: line) {
                origin = marker
                plan.key = marker.plan
            } else if cursor.take("# ") {
                plan.title = cursor.text
            } else if cursor.take("<!-- aloud:status ") {
                let word = cursor.take { $0 != 0x20 }
                guard let status = Plan.Status(rawValue: word) else {
                    let known = Plan.Status.allCases.map(\.rawValue).joined(separator: ", ")
                    throw InterchangeError(file, line: index + 1, "a plan's status is one of \(known)")
                }
                plan.status = status
            } else if cursor.take(">") {
                _ = cursor.take(" ")
                description.append(cursor.text)
            }
        }
        plan.description = description.joined(separator: "\n")
        return origin
    }

    /// Markdown that somebody else wrote.
    private static func foreign(_ text: SourceText, _ name: String) throws -> PlanFile {
        var plan = PlanFile(title: name)
        let list = try TaskList(text.text, text.file)
        plan.items = list.items
        plan.content = list.rest.isBlank ? "" : list.rest.asBlock + "\n"
        let outline = Outline(markdown: plan.content)
        if let title = outline.sections.first(where: { $0.level == 1 })?.heading, !title.isBlank { plan.title = title }
        return plan
    }
}
