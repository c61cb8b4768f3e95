/// A kind of plan: its sections, each with the question that fills it, and the words that differ from plan to plan.
///
/// Written down as Markdown, see `PlanTemplate.init(markdown:)`.
package struct PlanTemplate: Equatable, Sendable {
    /// How much it asks of whoever plans. It is said before the first question.
    package enum Size: String, Sendable, Codable, CaseIterable {
        case note, page, full
    }

    /// A word or a line that stands in the text as `{{name}}` until somebody says what it is.
    package struct Variable: Equatable, Sendable, Codable {
        package let name: String
        package let question: String
        /// Taken unless another value is given; without one it is asked for.
        package let `default`: String?
    }

    package struct Part: Equatable, Sendable {
        /// The headings above it and its own, without the title of the plan. No two parts have the same heading.
        package let path: [String]
        /// 2 … 6.
        package let level: Int
        /// What fills it; nil for one that is never asked for.
        package let question: String?
        /// What a good answer holds.
        package let hint: String?
        package let isRequired: Bool
        /// What stands in it from the beginning; empty where there is a question.
        package let text: String

        package var heading: String { path.last ?? "" }
    }

    package let name: String
    package let description: String
    package let size: Size
    package let variables: [Variable]
    /// What stands below the title.
    package let lead: String
    package let parts: [Part]

    /// What stands in every template without being declared.
    package static let builtInVariables = ["title", "project", "date", "planner"]

    /// What is asked for when all of it has to be.
    package var questionCount: Int {
        variables.count { $0.default == nil } + parts.count { $0.question != nil }
    }
}

extension PlanTemplate {
    /// The document before anything is known: the title, and the sections with what stands in them from the beginning.
    ///
    /// - Parameter values: Of the variables, by name; those that have neither a value nor a default stay to be asked for.
    package func skeleton(title: String, values: [String: String] = [:]) -> Outline {
        var known = Dictionary(
            variables.compactMap { variable in variable.default.map { (variable.name, $0) } },
            uniquingKeysWith: { $1 })
        known.merge(values) { $1 }
        known["title"] = title
        let fill = { (text: String) in TemplateText.filled(text) { known[$0] } }
        return Outline(
            sections: [Section(level: 1, heading: title, text: fill(lead))]
                + parts.map { Section(level: $0.level, heading: $0.heading, text: fill($0.text)) })
    }

    /// The variables that need a value and have none in `values`.
    package func missing(in values: [String: String]) -> [Variable] {
        variables.filter { $0.default == nil && values[$0.name] == nil }
    }
}

// MARK: Asking

extension PlanTemplate {
    /// Something that is still open in a plan, with the question for it.
    package enum Gap: Equatable, Sendable {
        case variable(Variable)
        case part(Part)

        /// What a draft remembers of it: the heading, or the variable as it stands in the text.
        package var key: String {
            switch self {
            case .variable(let variable): "{{\(variable.name)}}"
            case .part(let part): part.heading
            }
        }

        package var question: String {
            switch self {
            case .variable(let variable): variable.question
            case .part(let part): part.question ?? "What belongs under \(part.heading)?"
            }
        }

        package var hint: String? {
            switch self {
            case .variable: nil
            case .part(let part): part.hint
            }
        }
    }

    /// The variables that `document` still holds, then the parts with a question that it has no text for, in the order they
    /// are asked for. A section that somebody took out is not asked for.
    package func gaps(in document: Outline) -> [Gap] {
        let open = TemplateText.variables(of: document.markdown)
        let finder = PartFinder(document)
        return variables.filter { open.contains($0.name) }.map(Gap.variable)
            + parts.filter { part in
                part.question != nil && finder.index(of: part).map { document.sections[$0].text.isEmpty } ?? false
            }.map(Gap.part)
    }

    package func firstGap(in document: Outline) -> Gap? { gaps(in: document).first }

    package func gap(_ key: String) -> Gap? {
        if let variable = variables.first(where: { Gap.variable($0).key == key }) { return .variable(variable) }
        return parts.first { $0.heading.lowercased() == key.lowercased() }.map(Gap.part)
    }

    /// The document with `text` where `key` was asked for.
    package func answered(_ key: String, with text: String, in document: Outline) -> Outline {
        switch gap(key) {
        case .variable(let variable):
            return Outline(
                markdown: TemplateText.filled(document.markdown) { $0 == variable.name ? text : nil })
        case .part(let part):
            var document = document
            if let index = PartFinder(document).index(of: part) {
                document.sections[index].text = text
            } else {
                document.sections.append(Section(level: part.level, heading: part.heading, text: text))
            }
            return document
        case nil:
            var document = document
            var section = document[key] ?? Section(level: 2, heading: key, text: "")
            section.text = text
            document[key] = section
            return document
        }
    }
}

extension PlanTemplate {
    /// What is left of a template that is gone: the headings of the plan that was made from it.
    package init(headingsOf document: Outline, name: String) {
        var seen: Set<String> = []
        let keys = document.keys
        let parts = zip(document.sections, keys).compactMap { section, key -> Part? in
            guard section.level > 1, !section.heading.isEmpty, seen.insert(section.heading.lowercased()).inserted else {
                return nil
            }
            return Part(
                path: key.path, level: section.level, question: "What belongs under \(section.heading)?", hint: nil,
                isRequired: false, text: "")
        }
        self.init(name: name, description: "", size: .page, variables: [], lead: "", parts: parts)
    }
}

/// Finds the section that belongs to a part: by the headings above it, else by its own alone. Never the title, which may
/// be called like a section.
struct PartFinder {
    private var byPath: [[String]: Int] = [:]
    private var byHeading: [String: Int] = [:]

    init(_ document: Outline) {
        for (index, (section, key)) in zip(document.sections, document.keys).enumerated() where section.level > 1 {
            let path = key.path.map { $0.lowercased() }
            if byPath[path] == nil { byPath[path] = index }
            let heading = section.heading.lowercased()
            if byHeading[heading] == nil { byHeading[heading] = index }
        }
    }

    func index(of part: PlanTemplate.Part) -> Int? {
        byPath[part.path.map { $0.lowercased() }] ?? byHeading[part.heading.lowercased()]
    }
}
