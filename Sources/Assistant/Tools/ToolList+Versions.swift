import LanguageModel
import Planning
import Storage
import Support

extension ToolList {
    private static func version(_ name: String, _ description: String, required: Bool = false) -> JSONShape.Field {
        JSONShape.Field(name, .whole(1...1_000_000), description, required: required)
    }

    static let versions: [Tool] = [
        Tool(
            "list_versions", .reads, "Lists the versions of a plan, the newest first.",
            [ToolField.plan, ToolField.limit, ToolField.offset]
        ) { session, arguments in
            let plan = try await session.findPlan(arguments)
            let all = Array(try await session.store.versions(of: plan.id).reversed())
            return ToolPage(arguments).json("versions", all) { version in
                [
                    "version": JSONValue(version.number), "summary": .string(version.changeSummary),
                    "by": .string(version.author), "saved": .string(version.createdAt.description),
                ]
            }
        },
        Tool(
            "compare_versions", .reads, "Says what changed between two versions of a plan.",
            [
                ToolField.plan, version("old", "The older one; the one before new when left out."),
                version("new", "The newest when left out."),
            ]
        ) { try await $0.compareVersions($1) },
        Tool(
            "restore_version", .changes,
            "Makes the text of an old version the newest version. No version is lost; a draft is put away.",
            [ToolField.plan, version("version", "The number of the old one.", required: true)]
        ) { session, arguments in
            let plan = try await session.findPlan(arguments)
            let number = try arguments.need(number: "version")
            guard (1...max(1, plan.latestVersion)).contains(number), plan.latestVersion > 0 else {
                throw ToolError(
                    plan.latestVersion == 0
                        ? "plan \(plan.number) has no saved version yet"
                        : "plan \(plan.number) has versions 1 to \(plan.latestVersion)")
            }
            guard number != plan.latestVersion else { throw ToolError("version \(number) is the newest already") }
            let author = session.origin.actor
            let made = try await session.change("going back to version \(number) of \(plan.title)") { change in
                try change.restoreVersion(number, of: plan.id, author: author, taking: .draft)
            }
            await session.did("saved version \(number) of \(plan.title) again as version \(made.number)")
            return ["ok": true, "plan": JSONValue(plan.number), "base_version": JSONValue(made.number)]
        },
    ]
}

extension ToolSession {
    /// Characters of a difference that are shown.
    private static let longestDiff = 8000

    fileprivate func compareVersions(_ arguments: ToolArguments) async throws -> JSONValue {
        let plan = try await findPlan(arguments)
        let new = arguments.number("new") ?? plan.latestVersion
        let old = arguments.number("old") ?? new - 1
        guard let before = try await store.version(old, of: plan.id),
            let after = try await store.version(new, of: plan.id)
        else {
            throw ToolError(
                plan.latestVersion < 2
                    ? "plan \(plan.number) has \(Said.count(plan.latestVersion, "version")): there is nothing to compare"
                    : "plan \(plan.number) has versions 1 to \(plan.latestVersion)")
        }
        let said = OutlineDiff(Outline(markdown: before.content), Outline(markdown: after.content)).said(since: old)
        let lines = LineDiff(before.content, after.content).unified(from: "version \(old)", to: "version \(new)")
        return .present([
            "plan": JSONValue(plan.number), "summary": .string("version \(new) \(said)"),
            "diff": .string(String(lines.prefix(Self.longestDiff))),
            "is_cut": lines.count > Self.longestDiff ? true : .null,
        ])
    }
}
