import ArgumentParser
import Foundation
import Planning
import Speech
import Storage
import Support

struct ForgetCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "forget", abstract: "Remove for good what was said, or a project.",
        discussion: """
            What came of what was said (plans, tasks, notes) stays; with --project it goes too. Nothing of it is left in \
            the database, and no undo brings it back. Copies that were made before are yours to delete.
            """)

    @Flag(help: "The last thing that was said, and its reply.")
    var last = false

    @Option(help: "Everything that was said on that day, as 2027-03-01.", transform: Day.written)
    var day: Day?

    @Flag(help: "Everything that was ever said.")
    var everything = false

    @Option(help: "This project with its plans, tasks and notes, and what was said while it was open.")
    var project: String?

    @OptionGroup var confirmation: Confirmation

    @Flag(help: "Show a JSON object.")
    var json = false

    func validate() throws {
        let chosen = [last, day != nil, everything, project != nil].count { $0 }
        guard chosen == 1 else {
            throw ValidationError("Name one of --last, --day DAY, --everything or --project NAME.")
        }
    }

    func run() async throws {
        try await Composition.run { composition in
            let store = composition.store
            let (what, name) = try await chosen(in: store)
            guard await confirmation.isGiven("Forget \(name)? It cannot be brought back.") else {
                return Terminal.show("Nothing was forgotten.")
            }
            let forgotten = try await store.forget(what)
            try composition.removeKeptSound()
            if json {
                try Terminal.showJSON(forgotten)
            } else {
                Terminal.show(
                    "Forgotten: \(counted(forgotten.turns, "turn"))"
                        + (project == nil ? "." : " and \(counted(forgotten.plans, "plan"))."))
            }
            if !forgotten.isWiped {
                Terminal.complain(
                    "another process reads the database, so traces may be left in its log; run it again later")
            }
            let copies = copies(beside: store.path)
            if !copies.isEmpty {
                Terminal.complain("copies from before still have it: \(copies.joined(separator: ", "))")
            }
        }
    }

    private func chosen(in store: Store) async throws -> (Forgetting, String) {
        if last { return (.lastTurn, "the last thing that was said") }
        if let day, let from = day.beginning,
            let until = Calendar(identifier: .gregorian).date(byAdding: .day, value: 1, to: from)
        {
            return (.said(from: Timestamp(from), until: Timestamp(until)), "everything that was said on \(day)")
        }
        guard let project else {
            return (
                .said(from: Timestamp(milliseconds: 0), until: Timestamp(milliseconds: .max)),
                "everything that was ever said"
            )
        }
        let found = try await store.known(project: project)
        let plans = try await store.plans(of: found.id).count
        return (.project(found.id), "project \(found.name), with its plans (\(plans)) and what was said about it")
    }

    private func counted(_ count: Int, _ thing: String) -> String { "\(count) \(thing)\(count == 1 ? "" : "s")" }

    private func copies(beside path: String) -> [String] {
        let folder = (path as NSString).deletingLastPathComponent
        let name = (path as NSString).lastPathComponent
        let files = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
        return files.filter { $0.hasPrefix(name + ".before-") }.sorted().map { folder + "/" + $0 }
    }
}
