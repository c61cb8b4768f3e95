import Foundation
import Planning
import Storage
import Support

/// Where somebody is who reads a plan section by section.
struct ReadingPlace: Equatable, Sendable {
    let plan: Plan.ID
    /// The heading that was read last; nil at the beginning.
    var heading: String?
}

extension Dialogue {
    /// Reads the section behind, or the one before, what was read last.
    func readOn(_ way: Intent, _ scene: Scene) async throws -> Outcome {
        guard let plan = scene.plan else { return Outcome(Dialogue.noPlan) }
        let headings = Outline(markdown: try await store.text(of: plan) ?? "").sections
            .filter { $0.level > 1 && !$0.heading.isEmpty && !$0.text.isEmpty }.map(\.heading)
        guard !headings.isEmpty else { return Outcome("\(plan.title) has no sections to read yet.") }
        let last = reading?.plan == plan.id ? reading?.heading : nil
        let place = last.flatMap { headings.firstIndex(of: $0) }
        let wished = way == .next ? place.map { $0 + 1 } ?? 0 : place.map { $0 - 1 } ?? -1
        guard wished >= 0 else { return Outcome("That is the beginning of \(plan.title).") }
        guard headings.indices.contains(wished) else { return Outcome("That was the end of \(plan.title).") }
        return try await readSection(
            Understanding(
                intent: .readSection, slots: [Slot.section.rawValue: .string(headings[wished])], tier: .exact, score: 1),
            scene)
    }

    /// The last reply in one sentence.
    func shorter() -> String {
        guard let text = previousReply?.text else { return "I have not said anything yet." }
        let end = text.indices.first { index in
            ".!?".contains(text[index]) && text[text.index(after: index)...].first.map(\.isWhitespace) ?? true
        }
        return end.map { String(text[...$0]) } ?? text
    }

    /// Letter by letter: the name in the last reply, or else its last word.
    func spell(_ scene: Scene) -> String {
        guard let text = previousReply?.text, !text.isEmpty else { return "I have not said anything yet." }
        let names = scene.names.projects + scene.names.plans + scene.names.tasks.values
        let named = names.filter { text.localizedCaseInsensitiveContains($0) }.max { $0.count < $1.count }
        let word = named ?? SpokenWords(text).words.last.map { SpokenWords([$0]).name } ?? text
        return word.prefix(60).map { $0.isWhitespace ? "space" : $0.uppercased() }.joined(separator: ", ") + "."
    }

    func setMode(_ understanding: Understanding) -> Outcome {
        switch understanding.slots["mode"]?.string {
        case "wake": Outcome(Reply("I wait for the wake phrase from now on.", control: .wakeMode))
        case "open": Outcome(Reply("I listen all the time from now on.", control: .openMode))
        default: Outcome(Reply("I listen while the key is held from now on.", control: .pushToTalkMode))
        }
    }
}
