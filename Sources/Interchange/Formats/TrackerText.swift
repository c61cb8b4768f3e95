import Planning

/// What trackers show below the title of a task: its marker, its text, what must hold, and what they have no field for.
struct TrackerText {
    let plan: PlanFile
    private let markers: [String: Marker]
    private let titles: [String: String]

    init(_ plan: PlanFile, _ format: ExchangeFormat) throws {
        self.plan = plan
        markers = try format.markers(of: plan)
        titles = Dictionary(plan.items.map { ($0.key, $0.title) }, uniquingKeysWith: { first, _ in first })
    }

    func text(
        of item: PlanFile.Item, withAcceptance: Bool = true, withBoxes: Bool = false, withRelations: Bool = false
    ) -> String {
        var parts: [String] = []
        if let comment = markers[item.key]?.comment { parts.append(comment) }
        let body = item.body.asBlock
        if !body.isEmpty { parts.append(body) }
        if withAcceptance, !item.acceptance.isEmpty {
            let lines = item.acceptance.map { "- \(withBoxes ? ($0.isDone ? "[x] " : "[ ] ") : "")\($0.text)" }
            parts.append(
                withBoxes
                    ? "## Acceptance\n\n" + lines.joined(separator: "\n")
                    : (["Acceptance:"] + lines).joined(separator: "\n"))
        }
        if withRelations {
            var lines: [String] = []
            if let parent = item.parent.flatMap({ titles[$0] }) { lines.append("Part of: \(parent)") }
            lines += item.dependsOn.compactMap { titles[$0] }.map { "Blocked by: \($0)" }
            if !lines.isEmpty { parts.append(lines.joined(separator: "\n")) }
        }
        guard parts.count > 1, markers[item.key] != nil else { return parts.joined(separator: "\n\n") }
        return parts[0] + "\n" + parts.dropFirst().joined(separator: "\n\n")
    }

    /// At most so many Unicode scalars, with a note when some were cut.
    static func cut(_ text: String, to limit: Int, _ name: String, _ notes: inout [String]) -> String {
        guard text.unicodeScalars.count > limit else { return text }
        notes.append("the text of “\(name.prefix(60))” is longer than \(limit) characters and was cut")
        return String(String.UnicodeScalarView(text.unicodeScalars.prefix(limit - 1))) + "…"
    }
}
