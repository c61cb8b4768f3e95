/// The sections a kind of plan has, each with the question that fills it.
package struct PlanTemplate: Equatable, Sendable {
    package struct Part: Equatable, Sendable {
        package let heading: String
        package let question: String
    }

    package let name: String
    package let parts: [Part]

    package static let feature = PlanTemplate(
        name: "new feature",
        parts: [
            Part(heading: "Overview", question: "What is it for, in a sentence or two?"),
            Part(heading: "Requirements", question: "What must it do?"),
            Part(heading: "Design", question: "How should it work?"),
            Part(heading: "Implementation", question: "What are the steps to build it?"),
            Part(heading: "Testing", question: "How will you know that it works?"),
        ])

    /// The document before anything is known: its title and the empty sections.
    package func skeleton(title: String) -> Outline {
        Outline(
            sections: [Section(level: 1, heading: title, text: "")]
                + parts.map { Section(level: 2, heading: $0.heading, text: "") })
    }

    /// The first part that `document` has no text for; nil when all have some.
    package func firstGap(in document: Outline) -> Part? {
        parts.first { part in document[part.heading].map(\.text.isEmpty) ?? false }
    }

    package func part(_ heading: String) -> Part? { parts.first { $0.heading == heading } }
}
