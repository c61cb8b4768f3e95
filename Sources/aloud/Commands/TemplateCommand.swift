import ArgumentParser
import Assistant
import Foundation
import Planning
import Support

struct TemplateCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "template", abstract: "What a plan can be made from: list, show, new.",
        subcommands: [List.self, Show.self, New.self], defaultSubcommand: List.self)

    private static var folder: String { Locations(environment: ProcessEnvironment.current).templatesFolder }

    struct List: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "List the templates, your own first.",
            discussion: "A file that is no template is named on standard error, with its line and the reason.")

        @Flag(help: "Show a JSON array.")
        var json = false

        private struct Listed: Encodable {
            let name: String
            let description: String
            let size: PlanTemplate.Size
            let questions: Int
            /// nil for a built-in one.
            let file: String?
        }

        func run() throws {
            let templates = TemplateFolder(TemplateCommand.folder).read()
            for fault in templates.faults { Terminal.complain(fault.description) }
            guard !json else {
                return try Terminal.showJSON(
                    templates.entries.map { entry in
                        Listed(
                            name: entry.template.name, description: entry.template.description,
                            size: entry.template.size, questions: entry.template.questionCount, file: entry.file)
                    })
            }
            var table = TextTable(["TEMPLATE", "SIZE", "QUESTIONS", "FROM", "FOR"])
            for entry in templates.entries {
                let template = entry.template
                table.add([
                    template.name, template.size.rawValue, String(template.questionCount),
                    entry.file.map { ($0 as NSString).lastPathComponent } ?? "built in", template.description,
                ])
            }
            table.show()
        }
    }

    struct Show: ParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Show a template as it is written down.")

        @Argument(help: "Its name; the words need no quotes.")
        var name: [String]

        @Flag(help: "Show a JSON object.")
        var json = false

        private struct Shown: Encodable {
            let name: String
            let description: String
            let size: PlanTemplate.Size
            let variables: [PlanTemplate.Variable]
            let sections: [Part]

            struct Part: Encodable {
                let path: [String]
                let question: String?
                let hint: String?
                let required: Bool
                let text: String
            }
        }

        func run() throws {
            let template = try TemplateFolder(TemplateCommand.folder).read().find(name.joined(separator: " "))
            guard json else { return Terminal.show(piece: template.markdown) }
            try Terminal.showJSON(
                Shown(
                    name: template.name, description: template.description, size: template.size,
                    variables: template.variables,
                    sections: template.parts.map {
                        Shown.Part(
                            path: $0.path, question: $0.question, hint: $0.hint, required: $0.isRequired, text: $0.text)
                    }))
        }
    }

    struct New: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Write a template of your own, to be edited.",
            discussion: "It begins as a copy. One with the name of a built-in template takes its place.")

        @Argument(help: "Its name, made of letters, digits, blanks and hyphens; the words need no quotes.")
        var name: [String]

        @Option(help: "The template to copy.")
        var from = "new feature"

        func run() throws {
            let name = CleanText.line(name.joined(separator: " "))
            let templates = TemplateFolder(TemplateCommand.folder).read()
            let text = try templates.find(from).named(name).markdown
            do throws(TemplateError) {
                _ = try PlanTemplate(markdown: text)
            } catch {
                throw Failure("“\(name)” cannot be the name of a template: \(error.reason)", .usage)
            }
            if let other = templates.entries.first(where: { $0.template.isNamed(name) })?.file {
                throw Failure("the template \(name) is there already, in \(other); it is left as it is")
            }
            let file = TemplateCommand.folder + "/" + TemplateCommand.fileName(name)
            guard FileIdentity(file) == nil else { throw Failure("\(file) exists already; it is left as it is") }
            try PrivateFolder.make(TemplateCommand.folder)
            try NewFile.write(text.utf8, to: file)
            Terminal.show("Wrote \(file)")
        }
    }

    /// “Release notes” is in `release-notes.md`.
    private static func fileName(_ name: String) -> String {
        name.lowercased().split { !($0.isLetter || $0.isNumber) }.joined(separator: "-") + ".md"
    }
}
