import ArgumentParser
import Foundation
import Interchange
import Planning
import Storage
import Support

extension PlanCommand {
    struct Export: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Write a plan in the form of another program, as a page, on paper or as speech.",
            discussion: """
                One file goes to standard output, or to --out; several go into the folder --out. A file that is there is \
                replaced only when it is an export of the same plan. The newest version is written, not the draft.
                """)

        @OptionGroup var plan: PlanArgument

        @Option(help: "\(ExportForm.names). PDF needs Debian's weasyprint; opus is a spoken summary.")
        var format: ExportForm

        @Option(help: "The file to write, or the folder.", completion: .file())
        var out: String?

        @Flag(help: "Say what would be written, and write nothing.")
        var dryRun = false

        @Flag(help: "Replace files of somebody else too.")
        var force = false

        func validate() throws {
            if out == nil, !dryRun, let obstacle = format.obstacle { throw ValidationError(obstacle) }
        }

        func run() async throws {
            try await Composition.run { composition in
                let whole = try await plan.findWhole(in: composition.store)
                let export = PlanExport(
                    synthesizers: composition.synthesizers(), environment: composition.loaded.environment)
                let exported = try await export.files(of: whole, as: format)
                var notes = exported.notes
                if whole.hasDraft { notes.append("the draft is not in it; to have it there, save the plan first") }
                defer { for note in notes { Terminal.note(note) } }
                guard let destination = ExportDestination(out, exported.files) else {
                    for file in exported.files {
                        if dryRun {
                            Terminal.show("\(file.name)  \(file.bytes.count) bytes")
                        } else {
                            Terminal.show(piece: String(decoding: file.bytes, as: UTF8.self))
                        }
                    }
                    return
                }
                let steps = try destination.steps(replacingAllOf: force ? nil : whole.plan.id.rawValue)
                if !dryRun { try destination.write(steps) }
                for step in steps { Terminal.show("\(step.change.rawValue)  \(step.path)") }
            }
        }
    }

    struct Digest: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Show in a few lines how a plan stands: at most 2,400 characters, with a hash of it all.")

        @OptionGroup var plan: PlanArgument

        @Flag(help: "Show it as JSON, without a bound.")
        var json = false

        func run() async throws {
            try await Composition.run { composition in
                let whole = try await plan.findWhole(in: composition.store)
                let digest = try PlanDigest(
                    whole.plan, project: whole.project, content: whole.content, tasks: whole.tasks)
                if json { try Terminal.showJSON(digest) } else { Terminal.show(digest.text) }
            }
        }
    }
}

extension PlanArgument {
    fileprivate func findWhole(in store: Store) async throws -> WholePlan {
        try await store.known(wholePlan: plan)
    }
}

extension ExchangeFormat: ExpressibleByArgument {
    static func names(_ formats: [ExchangeFormat]) -> String { formats.map(\.rawValue).joined(separator: ", ") }
}
