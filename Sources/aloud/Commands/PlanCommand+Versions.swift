import ArgumentParser
import Foundation
import Planning
import Storage

extension PlanCommand {
    struct Diff: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Show what changed between two versions, as diff does.",
            discussion: "Without versions: what the draft changes, or else the last version. Ends with 0 either way.")

        @OptionGroup var plan: PlanArgument

        @Argument(help: "The older version.")
        var from: Int?

        @Argument(help: "The newer version.")
        var to: Int?

        @Flag(help: "Show the sections that were added, removed and changed as JSON.")
        var json = false

        private struct Shown: Encodable {
            let from: Int
            /// nil for the draft.
            let to: Int?
            let added: [String]
            let removed: [String]
            let changed: [String]
            let linesAdded: Int
            let linesRemoved: Int
        }

        func run() async throws {
            try await Composition.run { composition in
                let store = composition.store
                let plan = try await plan.find(in: store)
                let draft = to == nil ? try await store.draft(of: plan.id) : nil
                let newer = to ?? plan.latestVersion
                let older = from ?? (draft != nil ? draft?.baseVersion ?? 0 : max(0, newer - 1))
                let before = try await content(older, of: plan, store)
                let after = if let draft { draft.content } else { try await content(newer, of: plan, store) }
                let lines = LineDiff(before, after)
                guard json else {
                    let name = draft != nil ? "draft" : "version \(newer)"
                    return lines.unified(from: "version \(older)", to: name).split(
                        separator: "\n", omittingEmptySubsequences: false
                    ).dropLast().forEach { Terminal.show(String($0)) }
                }
                let sections = OutlineDiff(Outline(markdown: before), Outline(markdown: after))
                try Terminal.showJSON(
                    Shown(
                        from: older, to: draft != nil ? nil : newer, added: sections.added.map(\.description),
                        removed: sections.removed.map(\.description), changed: sections.changed.map(\.description),
                        linesAdded: lines.added, linesRemoved: lines.removed))
            }
        }

        /// Version 0 is the empty page that every plan begins with.
        private func content(_ number: Int, of plan: Plan, _ store: Store) async throws -> String {
            number == 0 ? "" : try await plan.version(number, in: store).content
        }
    }

    struct Restore: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Make an old version the newest again; nothing is taken away.")

        @OptionGroup var plan: PlanArgument

        @Argument(help: "The version to go back to.")
        var version: Int

        func run() async throws {
            try await Composition.run { composition in
                let plan = try await plan.find(in: composition.store)
                // Named as what it is: a version of this plan.
                let wished = try await plan.version(version, in: composition.store).number
                guard version != plan.latestVersion else {
                    return Terminal.show("Version \(version) is the newest already.")
                }
                let saved = try await composition.store.change(
                    Origin(surface: .cli), "going back to version \(version) of \(plan.title)"
                ) {
                    try $0.restoreVersion(wished, of: plan.id, author: "user")
                }
                Terminal.show("Saved version \(version) again as version \(saved.number).")
            }
        }
    }

    struct Edit: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Save a new version of a plan, or of one of its sections.",
            discussion: """
                The text is read from standard input, or from --file. With --base, a version that was saved since is an \
                error and nothing is changed; without it the newest is what the text stands on.
                """)

        @OptionGroup var plan: PlanArgument

        @Option(help: "The heading of the one section to change; it is added when there is none.")
        var section: String?

        @Option(help: "Read the text from this file.", completion: .file())
        var file: String?

        @Option(help: "The version that the text stands on.")
        var base: Int?

        @Option(help: "What changed, in a few words.")
        var summary = "edited"

        static let longest = 4 << 20

        func run() async throws {
            let text = try Self.text(of: file)
            try await Composition.run { composition in
                let plan = try await plan.find(in: composition.store)
                let base = base ?? plan.latestVersion
                var content = text
                if let section {
                    let old =
                        base == 0 ? "# \(plan.title)\n" : try await plan.version(base, in: composition.store).content
                    var outline = Outline(markdown: old)
                    var changed = outline[section] ?? Section(level: 2, heading: section, text: "")
                    changed.text = text.trimmingCharacters(in: .newlines)
                    outline[section] = changed
                    content = outline.markdown
                }
                let (summary, new) = (summary, content)
                let saved = try await composition.store.change(Origin(surface: .cli), "editing plan \(plan.title)") {
                    try $0.saveVersion(of: plan.id, content: new, base: base, summary: summary, author: "user")
                }
                Terminal.show("Saved \(plan.title) as version \(saved.number).")
            }
        }

        private static func text(of file: String?) throws -> String {
            let data: Data
            do {
                data =
                    try file.map { try Data(contentsOf: URL(fileURLWithPath: $0)) }
                    ?? FileHandle.standardInput.read(upToCount: longest + 1) ?? Data()
            } catch {
                throw Failure("\(file ?? "standard input") cannot be read: \(error.localizedDescription)")
            }
            guard data.count <= longest else { throw Failure("the text is larger than 4 MiB; nothing was changed") }
            guard let text = String(data: data, encoding: .utf8), !text.contains("\0") else {
                throw Failure("\(file ?? "standard input") is not UTF-8 text; nothing was changed")
            }
            guard !text.allSatisfy(\.isWhitespace) else { throw Failure("the text is empty; nothing was changed") }
            return text.replacing("\r\n", with: "\n")
        }
    }
}

extension Plan {
    fileprivate func version(_ wished: Int, in store: Store) async throws -> PlanVersion {
        guard let found = try await store.version(wished, of: id) else {
            throw Failure("plan \(number) has no version \(wished); its newest is \(latestVersion)")
        }
        return found
    }
}
