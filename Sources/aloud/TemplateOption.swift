import ArgumentParser
import Assistant
import Planning
import Support

/// A template and the values of its variables, as a command is given them.
struct TemplateOption: ParsableArguments {
    @Option(help: "The name of the template that the plan begins with; see: aloud template list.")
    var template: String?

    @Option(
        name: .customLong("var"), help: "What a variable of the template is, as name=value; may be given repeatedly.")
    var values: [VariableValue] = []

    func validate() throws {
        guard template != nil || values.isEmpty else {
            throw ValidationError("--var fills a variable of a template; name the template with --template.")
        }
    }

    /// The template's name and the document that a plan begins with; nil when none was chosen.
    func beginning(
        title: String, project: String, _ composition: Composition
    ) throws -> (template: String, content: String)? {
        guard let name = template else { return nil }
        let template = try TemplateFolder(composition.loaded.locations.templatesFolder).read().find(name)
        var values = PlanTemplate.commonValues(project: project, planner: Origin(surface: .cli).actor)
        let takes = template.variables.map(\.name) + values.keys.sorted()
        for given in self.values {
            guard takes.contains(given.name) else {
                throw Failure(
                    "the template \(template.name) has no variable \(given.name); it has \(takes.joined(separator: ", "))",
                    .usage)
            }
            values[given.name] = given.value
        }
        if let missing = template.missing(in: values).first {
            throw Failure(
                "the template \(template.name) needs to know \(missing.name) (\(missing.question)); "
                    + "add --var \(missing.name)=VALUE", .usage)
        }
        return (template.name, template.skeleton(title: title, values: values).markdown)
    }
}

/// `name=value`.
struct VariableValue: ExpressibleByArgument {
    let name: String
    let value: String

    /// Characters of one value.
    private static let longest = 1000

    init?(argument: String) {
        guard let equals = argument.firstIndex(of: "=") else { return nil }
        name = String(argument[..<equals])
        value = CleanText.line(String(argument[argument.index(after: equals)...]))
        guard !name.isEmpty, 1...VariableValue.longest ~= value.count else { return nil }
    }
}

extension TemplateSet {
    /// The template called `name`; a file of the user that is no template is named, since it may be the one.
    func find(_ name: String) throws(Failure) -> PlanTemplate {
        if let found = self[name] { return found }
        for fault in faults { Terminal.complain(fault.description) }
        throw Failure("there is no template “\(name)”; see: aloud template list")
    }
}
