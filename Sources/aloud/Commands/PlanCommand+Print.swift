import ArgumentParser
import Foundation
import Support

extension PlanCommand {
    struct Print: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Make a page, a PDF or a spoken summary of a plan.",
            discussion: "The kind is the ending of the file: .html, .pdf or .opus. A file that is there stays as it is."
        )

        @OptionGroup var plan: PlanArgument

        @Argument(help: "The file to make.")
        var file: String

        @Option(help: "This version in place of the newest text.")
        var version: Int?

        func validate() throws {
            guard format != nil else { throw ValidationError("The file ends in .html, .pdf or .opus.") }
        }

        private var format: PlanRendering.Format? {
            PlanRendering.Format(rawValue: (file as NSString).pathExtension.lowercased())
        }

        func run() async throws {
            guard let format else { return }
            try await Composition.run { composition in
                let plan = try await plan.find(in: composition.store)
                let rendering = PlanRendering(composition: composition, plan: plan, version: version)
                let bytes = try await rendering.bytes(as: format)
                let path = URL(fileURLWithPath: file).standardizedFileURL.path
                try NewFile.write(bytes, to: path)
                Terminal.show("Made \(path), \(bytes.count) bytes.")
            }
        }
    }
}
