import Planning
import Storage
import Support

extension Dialogue {
    func savePlan(_ understanding: Understanding, _ scene: Scene) async throws -> Outcome {
        guard let plan = scene.plan else { return Outcome(Dialogue.noPlan) }
        guard let text = try await unsaved(plan) else {
            return Outcome(
                plan.latestVersion > 0
                    ? "Nothing has changed since version \(plan.latestVersion)." : "There is nothing to save yet.")
        }
        guard text.base == plan.latestVersion else { return try await unsettled(text, plan) }
        return try await save(text.content, understanding.text(.summary) ?? text.summary, plan, scene)
    }

    /// Saves as the user chose; asks again when yet another version was saved meanwhile.
    func settle(_ settlement: Settlement, _ scene: Scene) async throws -> Outcome {
        guard let plan = try await store.plan(settlement.plan), let text = try await unsaved(plan) else {
            return Outcome("There is nothing to save any more.")
        }
        guard plan.latestVersion == settlement.latest else { return try await unsettled(text, plan) }
        switch settlement.way {
        case .over: return try await save(text.content, text.summary, plan, scene)
        case .join:
            guard case .merged(let joined) = try await merge(text, plan) else {
                return try await unsettled(text, plan)
            }
            return try await save(
                joined.markdown, "\(text.summary), joined with version \(settlement.latest)", plan, scene)
        }
    }

    private func save(_ content: String, _ summary: String, _ plan: Plan, _ scene: Scene) async throws -> Outcome {
        let asked = scene.askedSection
        let version = try await store.change(scene.origin, "saving plan \(plan.title)") { change in
            let version = try change.saveVersion(
                of: plan.id, content: content, base: plan.latestVersion, summary: summary, author: scene.origin.actor,
                taking: .draftAndNotes)
            // The question that waits goes on waiting.
            if let asked {
                try change.putDraft(
                    PlanDraft(planId: plan.id, content: content, baseVersion: version.number, askedSection: asked))
            }
            return version
        }
        return try await asking("Saved \(plan.title) as version \(version.number).", plan)
    }

    /// Another version was saved since the draft began: says so and offers the way on which nothing is lost.
    private func unsettled(_ text: Unsaved, _ plan: Plan) async throws -> Outcome {
        let latest = plan.latestVersion
        let saved = "Version \(latest) was saved since you began."
        switch try await merge(text, plan) {
        case .merged:
            return Outcome(
                .asking("\(saved) Your changes do not touch its own. Shall I join them?"),
                question: .settle(Settlement(plan: plan.id, latest: latest, way: .join)))
        case .conflict(let keys):
            return Outcome(
                .asking(
                    "\(saved) You both changed \(Said.list(keys.map { "\($0)" })). Shall I save yours as version "
                        + "\(latest + 1)? Version \(latest) stays in the history."),
                question: .settle(Settlement(plan: plan.id, latest: latest, way: .over)))
        }
    }

    private func merge(_ text: Unsaved, _ plan: Plan) async throws -> OutlineMerge {
        let base = try await store.version(text.base, of: plan.id)?.content ?? ""
        let theirs = try await store.version(plan.latestVersion, of: plan.id)?.content ?? ""
        return OutlineMerge(
            base: Outline(markdown: base), mine: Outline(markdown: text.content), theirs: Outline(markdown: theirs))
    }

    /// What a version made now would hold.
    private struct Unsaved {
        let content: String
        let summary: String
        /// The version it stands on.
        let base: Int
    }

    /// nil when it is the last version.
    private func unsaved(_ plan: Plan) async throws -> Unsaved? {
        let draft = try await store.draft(of: plan.id)
        let notes = try await store.waitingNotes(of: plan.id)
        let base = draft?.baseVersion ?? plan.latestVersion
        let saved = try await store.version(base, of: plan.id)
        guard draft != nil || !notes.isEmpty else { return nil }
        var outline = Outline(markdown: draft?.content ?? saved?.content ?? "# \(plan.title)\n")
        outline.takeIn(notes)
        let content = outline.markdown
        guard content != saved?.content else { return nil }
        let summary =
            plan.latestVersion == 0
            ? "first version"
            : Said.list(
                [draft != nil ? "edited" : nil, notes.isEmpty ? nil : Said.count(notes.count, "note")].compactMap(
                    \.self))
        return Unsaved(content: content, summary: summary, base: base)
    }

    func versionHistory(_ understanding: Understanding, _ scene: Scene) async throws -> Outcome {
        guard let plan = try await plan(understanding, scene) else { return Outcome(Dialogue.noPlan) }
        let versions = try await store.versions(of: plan.id)
        guard !versions.isEmpty else {
            return Outcome("\(plan.title) has no saved version yet. Say save this plan to make the first.")
        }
        let told = versions.reversed().prefix(3).map {
            "version \($0.number), \(Said.ago($0.createdAt)): \($0.changeSummary)"
        }
        return Outcome(
            "\(plan.title) has \(Said.count(versions.count, "version")). "
                + told.map(Said.sentence).joined(separator: " "))
    }

    func compareVersions(_ understanding: Understanding, _ scene: Scene) async throws -> Outcome {
        guard let plan = scene.plan else { return Outcome(Dialogue.noPlan) }
        guard plan.latestVersion > 1 else {
            return Outcome(
                "\(plan.title) has \(Said.count(plan.latestVersion, "version")): there is nothing to compare.")
        }
        let other = number(of: understanding.slots[Slot.b.rawValue], plan) ?? plan.latestVersion
        let one = number(of: understanding.slots[Slot.a.rawValue], plan) ?? other - 1
        let (old, new) = (min(one, other), max(one, other))
        guard old != new else { return Outcome("That is the same version twice.") }
        guard let before = try await store.version(old, of: plan.id),
            let after = try await store.version(new, of: plan.id)
        else { return Outcome("\(plan.title) has versions 1 to \(plan.latestVersion).") }
        let diff = OutlineDiff(Outline(markdown: before.content), Outline(markdown: after.content))
        return Outcome("Version \(new) " + diff.said(since: old))
    }

    /// An old version becomes the newest; nothing is taken away.
    func restoreVersion(_ understanding: Understanding, _ scene: Scene) async throws -> Outcome {
        guard let plan = scene.plan else { return Outcome(Dialogue.noPlan) }
        guard let wished = number(of: understanding.slots[Slot.version.rawValue], plan) else {
            return Outcome(.asking("Which version?"), question: .fill(understanding, .version))
        }
        guard wished >= 1, wished <= plan.latestVersion else {
            return Outcome(
                plan.latestVersion == 0
                    ? "\(plan.title) has no saved version yet."
                    : "\(plan.title) has versions 1 to \(plan.latestVersion).")
        }
        guard wished != plan.latestVersion else { return Outcome("Version \(wished) is the newest already.") }
        let hadDraft = try await store.draft(of: plan.id) != nil
        let version = try await store.change(scene.origin, "going back to version \(wished) of \(plan.title)") {
            change in
            try change.restoreVersion(wished, of: plan.id, author: scene.origin.actor, taking: .draft)
        }
        return Outcome(
            "Saved version \(wished) again as version \(version.number)."
                + (hadDraft ? " Your draft was put away; undo brings it back." : ""))
    }

    func discardPlan(_ understanding: Understanding, _ scene: Scene) async throws -> Outcome {
        guard let plan = try await plan(understanding, scene) else { return Outcome(Dialogue.noPlan) }
        guard try await store.draft(of: plan.id) != nil else {
            return Outcome("\(plan.title) has no draft that is not saved.")
        }
        try await store.change(scene.origin, "discarding the draft of \(plan.title)") {
            try $0.discardDraft(of: plan.id)
        }
        return Outcome(
            plan.latestVersion == 0
                ? "Discarded the draft of \(plan.title). Say undo to bring it back."
                : "Discarded the draft. \(plan.title) is at version \(plan.latestVersion) again.")
    }

    /// A number, `current` or `previous`.
    private func number(of value: JSONValue?, _ plan: Plan) -> Int? {
        switch value {
        case .number(let number): Int(exactly: number)
        case "current": plan.latestVersion
        case "previous": plan.latestVersion - 1
        default: nil
        }
    }
}

extension OutlineDiff {
    /// “adds Rollout, changes Design and drops one task.”
    func said(since version: Int) -> String {
        guard !isEmpty else { return "says the same as version \(version)." }
        var parts: [String] = []
        if !added.isEmpty { parts.append("adds \(Self.named(added))") }
        if !removed.isEmpty { parts.append("drops \(Self.named(removed))") }
        if !changed.isEmpty { parts.append("changes \(Self.named(changed))") }
        if tasksAdded > 0 { parts.append("adds \(Said.count(tasksAdded, "check item"))") }
        if tasksRemoved > 0 { parts.append("drops \(Said.count(tasksRemoved, "check item"))") }
        if tasksChecked > 0 { parts.append("ticks \(Said.count(tasksChecked, "check item"))") }
        return Said.list(parts) + "."
    }

    private static func named(_ keys: [Outline.Key]) -> String {
        let shown = keys.prefix(4).map { $0.path.isEmpty ? "the beginning" : "the section \($0.path.last ?? "")" }
        let more = keys.count - shown.count
        return Said.list(shown + (more > 0 ? [Said.count(more, "more section")] : []))
    }
}
