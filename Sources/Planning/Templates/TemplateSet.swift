/// The templates that there are: those of the user, then the built-in ones that none of them replaces.
package struct TemplateSet: Equatable, Sendable {
    package struct Entry: Equatable, Sendable {
        package let template: PlanTemplate
        /// The user's file; nil for a built-in one.
        package let file: String?
    }

    /// A file that is no template.
    package struct Fault: Equatable, Sendable, CustomStringConvertible {
        package let file: String
        package let error: TemplateError

        package init(file: String, error: TemplateError) {
            self.file = file
            self.error = error
        }

        package var description: String {
            (error.line.map { "\(file):\($0)" } ?? file) + ": \(error.reason)"
        }
    }

    package let entries: [Entry]
    package let faults: [Fault]

    package static let builtIn = TemplateSet([])

    /// - Parameter files: The user's, in the order they are read. Of two with one name the first counts.
    package init(_ files: [(file: String, content: Result<PlanTemplate, TemplateError>)], faults: [Fault] = []) {
        var own: [Entry] = []
        var faults = faults
        for (file, content) in files {
            switch content {
            case .success(let template):
                if let other = own.first(where: { $0.template.isNamed(template.name) }) {
                    let taker = other.file ?? "another one"
                    faults.append(
                        Fault(file: file, error: TemplateError("the name “\(template.name)” is taken by \(taker)")))
                } else {
                    own.append(Entry(template: template, file: file))
                }
            case .failure(let error): faults.append(Fault(file: file, error: error))
            }
        }
        let rest = BuiltInTemplates.all.filter { builtIn in !own.contains { $0.template.isNamed(builtIn.name) } }
        entries = own + rest.map { Entry(template: $0, file: nil) }
        self.faults = faults
    }

    package var names: [String] { entries.map(\.template.name) }

    /// By name, whatever the case of its letters.
    package subscript(name: String) -> PlanTemplate? {
        entries.first { $0.template.isNamed(name) }?.template
    }

    /// What a plan is made from when nobody says otherwise.
    package var usual: PlanTemplate { self[PlanTemplate.feature.name] ?? .feature }

    /// The template that `plan` is made from; when it is gone, the headings of the plan's text are what is left of it.
    package func template(of plan: Plan, text: @autoclosure () -> Outline) -> PlanTemplate {
        guard let name = plan.template else { return usual }
        return self[name] ?? PlanTemplate(headingsOf: text(), name: name)
    }
}

extension PlanTemplate {
    package func isNamed(_ other: String) -> Bool { name.lowercased() == other.lowercased() }
}
