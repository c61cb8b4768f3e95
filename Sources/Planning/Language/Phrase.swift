/// What can be said for one thing, with its variants: the common source of the command matcher, the
/// recogniser's grammar, the help pages and the tests.
///
/// Written as `(create|make|start) [a] new project {name}`: words, `(a|b)` alternatives, `[optional]`, `{slot}`.
package indirect enum Phrase: Equatable, Sendable {
    case word(String)
    case sequence([Phrase])
    case choice([Phrase])
    case optional(Phrase)
    case slot(Slot)
}

/// A place in a phrase that the speaker fills.
package enum Slot: String, Equatable, Sendable, CaseIterable {
    /// A known project, by its live name.
    case project
    /// A known plan, by its live title or its number.
    case plan
    /// A task of the open plan, by number or by live title.
    case task
    /// The task that another one waits for.
    case dependsOn = "depends_on"
    /// A version number, or `current` or `previous`.
    case version
    /// The two versions that are compared, as `version`.
    case a, b
    /// A section of the open plan, by its heading.
    case section
    /// A template, by its name.
    case template
    /// One of `SpokenValues`: the status of a plan or a project, which of the two, what is to be forgotten, a form to export.
    case status, target, scope, format
    /// The status of tasks, one of `SpokenValues`.
    case taskStatus = "task_status"
    /// Several tasks by their numbers.
    case tasks
    case priority
    case estimate
    case assignee
    /// A day, as `SpokenDay`.
    case due
    /// What a task is labelled with.
    case label
    /// Free text: a new name, a title, a note, words to search for, what was meant.
    case name, title, text, query, summary, reason, topic

    /// Whether any words at all may stand here; they then reach to the next fixed word or to the end.
    package var isFree: Bool {
        switch self {
        case .name, .title, .text, .query, .summary, .reason, .topic, .assignee, .label: true
        case .project, .plan, .task, .dependsOn, .version, .a, .b, .section, .template, .status, .target, .scope,
            .format, .taskStatus, .tasks, .priority, .estimate, .due:
            false
        }
    }

    /// Whether a new name is spoken here, one that no vocabulary can know yet.
    package var isNew: Bool { self == .name || self == .title }
}

package struct PhraseSyntaxError: Error, Equatable, CustomStringConvertible {
    package let phrase: String
    package let reason: String

    package init(phrase: String, reason: String) {
        self.phrase = phrase
        self.reason = reason
    }

    package var description: String { "phrase “\(phrase)”: \(reason)" }
}

extension Phrase {
    package init(parsing text: String) throws(PhraseSyntaxError) {
        var parser = PhraseParser(text)
        self = try parser.parse()
    }

    /// The slots in the order they stand, those of untaken alternatives too.
    package var slots: [Slot] {
        switch self {
        case .word: []
        case .slot(let slot): [slot]
        case .optional(let inner): inner.slots
        case .sequence(let parts), .choice(let parts): parts.flatMap(\.slots)
        }
    }

    /// Every way to say it, as flat lists of words and slots, with and without the optional parts.
    package var variants: [[Phrase]] {
        switch self {
        case .word, .slot: [[self]]
        case .optional(let inner): [[]] + inner.variants
        case .choice(let parts): parts.flatMap(\.variants)
        case .sequence(let parts):
            parts.reduce([[]]) { heads, part in
                let tails = part.variants
                return heads.flatMap { head in tails.map { head + $0 } }
            }
        }
    }

    /// The shortest sensible way to say it, for the reference: first alternatives, no optional parts.
    package var example: String { example { $0.placeholder } }

    /// As `example`, for somebody who listens: “create project, and a name”.
    package var spoken: String { example { ", and \($0.spoken)" }.replacing(" ,", with: ",") }

    private func example(_ show: (Slot) -> String) -> String {
        switch self {
        case .word(let word): word
        case .slot(let slot): show(slot)
        case .optional: ""
        case .choice(let parts): parts.first?.example(show) ?? ""
        case .sequence(let parts): parts.map { $0.example(show) }.filter { !$0.isEmpty }.joined(separator: " ")
        }
    }
}

extension Slot {
    /// How help shows the slot.
    package var placeholder: String {
        switch self {
        case .task, .dependsOn, .version: "N"
        default: rawValue.uppercased()
        }
    }

    /// What it takes, in words.
    fileprivate var spoken: String {
        switch self {
        case .project, .name: "a name"
        case .title: "a title"
        case .plan, .task, .dependsOn: "its number"
        case .version, .a, .b: "a version"
        case .text, .summary, .reason, .query, .topic: "a few words"
        case .section: "its heading"
        case .template: "the name of a template"
        case .target: "plan"
        case .scope: "what I just said"
        case .format: "PDF"
        case .due: "a day"
        case .tasks: "their numbers"
        case .taskStatus: "the status"
        case .status, .priority, .estimate, .assignee, .label: "the \(rawValue)"
        }
    }
}
