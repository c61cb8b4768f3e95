/// A plan as one HTML file that needs nothing else: to be read on a screen, on a phone, and on paper.
package struct PlanPage: Sendable {
    private let plan: Plan
    private let project: String
    private let version: Int?
    private let title: String
    /// Without the title.
    private let body: String
    private let tasks: [PlanTask]

    /// - Parameter version: The number of the version that `markdown` is; nil for a draft.
    package init(plan: Plan, project: String, version: Int?, markdown: String, tasks: [PlanTask]) {
        self.plan = plan
        self.project = project
        self.version = version
        self.tasks = tasks
        if let first = Markdown.headings(of: markdown).first, first.level == 1 {
            let lines = MarkdownLines(markdown)
            title = first.title
            body = lines[0..<first.lines.lowerBound] + lines[first.lines.upperBound..<lines.count]
        } else {
            title = plan.title
            body = markdown
        }
    }

    package var html: String {
        """
        <!DOCTYPE html>
        <html lang="en">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <meta name="keywords" content="aloud-plan \(plan.id.rawValue)">
        <title>\(Self.escaped(title))</title>
        <style>
        \(Self.style)</style>
        </head>
        <body>
        <header>
        <h1>\(Self.escaped(title))</h1>
        <p class="facts">\(facts)</p>
        </header>
        \(contents)<main>
        \(content)</main>
        \(taskTable)</body>
        </html>

        """
    }

    /// Check boxes as characters: on paper there are no others.
    private var content: String {
        Markdown.html(of: body)
            .replacing(#"<input type="checkbox" checked="" disabled="" />"#, with: Self.box("done", "☑"))
            .replacing(#"<input type="checkbox" disabled="" />"#, with: Self.box("to do", "☐"))
    }

    private static func box(_ name: String, _ sign: String) -> String {
        #"<span class="box" role="img" aria-label="\#(name)">\#(sign)</span>"#
    }

    private var facts: String {
        [
            "Plan \(plan.number) of \(project)", version.map { "version \($0)" } ?? "draft",
            plan.status.rawValue.replacing("_", with: " "), plan.metadata.owner.map { "owner \($0)" },
            plan.metadata.dueOn.map { "due \($0)" },
        ].compactMap { $0.map(Self.escaped) }.joined(separator: " · ")
    }

    /// Sections and their parts, with links to them.
    private var contents: String {
        let headings = Markdown.headings(of: body).enumerated().filter { 2...3 ~= $0.element.level }
        guard headings.count > 2 else { return "" }
        let items = headings.map { index, heading in
            "<li class=\"level-\(heading.level)\"><a href=\"#section-\(index + 1)\">\(Self.escaped(heading.title))</a></li>"
        }
        return "<nav><h2>Contents</h2>\n<ul>\n" + items.joined(separator: "\n")
            + (tasks.isEmpty ? "" : "\n<li class=\"level-2\"><a href=\"#tasks\">Tasks</a></li>") + "\n</ul></nav>\n"
    }

    private var taskTable: String {
        guard !tasks.isEmpty else { return "" }
        let rows = tasks.map { task in
            let cells = [
                String(task.number), task.title, task.status.rawValue.replacing("_", with: " "), task.priority.rawValue,
                task.estimateMinutes.map { "\($0)" } ?? "", task.dependsOn.map(String.init).joined(separator: ", "),
                task.assignee ?? "", task.dueOn?.description ?? "",
            ]
            return "<tr class=\"\(task.status.rawValue)\">" + cells.map { "<td>\(Self.escaped($0))</td>" }.joined()
                + "</tr>"
        }
        let names = ["", "Task", "Status", "Priority", "Minutes", "Waits for", "Who", "Due"]
        return "<section><h2><a id=\"tasks\"></a>Tasks</h2>\n<table class=\"tasks\">\n<thead><tr>"
            + names.map { "<th>\($0)</th>" }.joined() + "</tr></thead>\n<tbody>\n" + rows.joined(separator: "\n")
            + "\n</tbody></table></section>\n"
    }

    static func escaped(_ text: String) -> String {
        text.replacing("&", with: "&amp;").replacing("<", with: "&lt;").replacing(">", with: "&gt;")
            .replacing("\"", with: "&quot;")
    }
}
