import LanguageModel
import Planning
import Storage
import Support

extension ToolList {
    private static let longText = JSONShape.text(atMost: ToolSession.longestText)
    private static let summary = JSONShape.Field("summary", .line(atMost: 500), "What changed, in a few words.")
    private static let save = JSONShape.Field("save", .flag, "Only when the user asked to save: makes it a version.")

    static let sections: [Tool] = [
        Tool(
            "revise_plan", .changes,
            """
            Changes a plan. Send the sections that change, each whole; one with a new heading is added at the end, one with \
            empty text is removed. The result is a draft; save makes it a version.
            """,
            [
                ToolField.plan, ToolField.base,
                JSONShape.Field(
                    "sections",
                    .list(
                        .object([
                            JSONShape.Field(
                                "heading", .line(atMost: 500), "As it stands in the plan, without #, or its path.",
                                required: true),
                            JSONShape.Field("text", longText, "Markdown below the heading."),
                        ]), atMost: 100), required: true), summary, save,
            ]
        ) { session, arguments in
            guard let sections = arguments.list("sections"), !sections.isEmpty else {
                throw ToolError("sections is empty")
            }
            let edits = try sections.map { SectionEdit.replace(try $0.need("heading"), $0.text("text")) }
            return try await session.edit(arguments, edits)
        },
        Tool(
            "edit_section", .changes, "Writes one section of a plan anew. The result is a draft.",
            [
                ToolField.plan, ToolField.base, ToolField.section,
                JSONShape.Field("text", longText, "Markdown below the heading, whole.", required: true), summary, save,
            ]
        ) { try await $0.edit($1, [.write(try $1.need("section"), $1.given("text") ?? "")]) },
        Tool(
            "append_to_section", .changes, "Adds text at the end of one section of a plan. The result is a draft.",
            [
                ToolField.plan, ToolField.section,
                JSONShape.Field("text", longText, "Markdown.", required: true),
            ]
        ) { try await $0.edit($1, [.append(try $1.need("section"), try $1.need("text"))]) },
    ]
}

/// One change of a plan's text.
private enum SectionEdit: Sendable {
    /// Adds the section when there is none; nil takes it out.
    case replace(String, String?)
    /// Of a section that is there.
    case write(String, String)
    case append(String, String)

    func apply(to outline: inout Outline) throws {
        switch self {
        case .replace(let name, let text):
            let heading = CleanText.line(String(name.drop { $0 == "#" || $0.isWhitespace }))
            guard !heading.isEmpty else { throw ToolError("heading is empty") }
            guard let place = try outline.place(of: heading) else {
                guard let text else { throw ToolError("there is no section \(heading) to take out") }
                return outline.sections.append(Section(level: 2, heading: heading, text: text))
            }
            if let text { outline.sections[place].text = text } else { outline.sections.remove(at: place) }
        case .write(let name, let text): outline.sections[try outline.needPlace(of: name)].text = text
        case .append(let name, let text):
            let place = try outline.needPlace(of: name)
            let before = outline.sections[place].text
            outline.sections[place].text = before.isEmpty ? text : before + "\n\n" + text
        }
    }
}

extension ToolSession {
    /// The plan's text is read, changed and written in one step: whatever another process wrote before stays.
    fileprivate func edit(_ arguments: ToolArguments, _ edits: [SectionEdit]) async throws -> JSONValue {
        let plan = try await findPlan(arguments)
        let base = arguments.number("base_version")
        let isSaving = arguments.flag("save")
        let summary = arguments.text("summary") ?? "edited"
        let author = origin.actor
        try await refuseStale(plan, base)
        let version = try await change("the change to \(plan.title)") { change -> Int? in
            let current = try change.plan(plan.id)
            let draft = try change.draft(of: plan.id)
            // Looked at again in here: somebody may have saved since.
            guard base ?? current.latestVersion == current.latestVersion,
                draft?.baseVersion ?? current.latestVersion == current.latestVersion
            else { throw StoreError.stale(base: base ?? 0, latest: current.latestVersion) }
            var outline = Outline(markdown: try change.text(of: current) ?? "# \(plan.title)\n")
            for edit in edits { try edit.apply(to: &outline) }
            if isSaving { outline.takeIn(try change.waitingNotes(of: plan.id)) }
            let content = outline.markdown
            guard content.count <= ToolSession.longestText else {
                throw ToolError("the plan would be longer than \(ToolSession.longestText) characters")
            }
            guard isSaving else {
                try change.putDraft(
                    PlanDraft(
                        planId: plan.id, content: content, baseVersion: current.latestVersion,
                        askedSection: draft?.askedSection))
                return nil
            }
            return try change.saveVersion(
                of: plan.id, content: content, base: current.latestVersion, summary: summary, author: author,
                taking: .draftAndNotes
            ).number
        }
        if self.plan?.id == plan.id { self.plan = try await store.plan(plan.id) }
        let absent = try await absences(in: plan)
        var result: [String: JSONValue] = ["ok": true, "plan": JSONValue(plan.number)]
        if !absent.isEmpty { result["named_but_not_found"] = .array(absent) }
        if let version {
            did("saved \(plan.title) as version \(version)")
            result.merge(["state": "saved", "base_version": JSONValue(version)]) { $1 }
        } else {
            did("changed the draft of \(plan.title)")
            result.merge(["state": "draft", "base_version": JSONValue(plan.latestVersion)]) { $1 }
        }
        return .object(result)
    }

    /// What stands on a version that is no longer the newest overwrites nothing: whoever calls is told what changed since.
    private func refuseStale(_ plan: Plan, _ base: Int?) async throws {
        let latest = plan.latestVersion
        if let base, base != latest {
            var details: [String: JSONValue] = ["conflict": true, "latest_version": JSONValue(latest)]
            if let old = try await store.version(base, of: plan.id),
                let new = try await store.version(latest, of: plan.id)
            {
                let diff = OutlineDiff(Outline(markdown: old.content), Outline(markdown: new.content))
                details["changed_since"] = .string("version \(latest) " + diff.said(since: base))
            }
            throw ToolError(
                """
                conflict: plan \(plan.number) is at version \(latest), not \(base); nothing was changed. Read it with show_plan \
                and send your change again with base_version \(latest)
                """, details)
        }
        guard let draft = try await store.draft(of: plan.id), draft.baseVersion != latest else { return }
        throw ToolError(
            """
            conflict: the draft of plan \(plan.number) stands on version \(draft.baseVersion), and version \(latest) was saved \
            since; nothing was changed. The user joins the two by saying: save this plan
            """, ["conflict": true, "latest_version": JSONValue(latest)])
    }
}
