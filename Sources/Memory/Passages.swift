import Planning
import Storage

/// What of the store becomes a passage.
struct Passages {
    /// Characters of one passage: a longer text is cut between paragraphs, so that a hit is something one can read.
    static let longest = 1500

    static func of(_ project: Project) -> [Passage] {
        let text = ([project.description] + project.tags).filter { !$0.isEmpty }.joined(separator: "\n")
        return [
            Passage(
                .project, of: project.id.rawValue, title: project.name, text: text,
                parts: Terms.parts(of: project.name + " " + text), at: project.updatedAt, project: project.id)
        ]
    }

    /// Each section of its newest text, the draft before the last version.
    static func of(_ plan: Plan, text: String) -> [Passage] {
        var above: [(level: Int, heading: String)] = []
        return Outline(markdown: text).sections.flatMap { section -> [Passage] in
            above.removeAll { $0.level >= section.level }
            if section.level > 0 { above.append((section.level, section.heading)) }
            let path = above.filter { $0.level > 1 }.map(\.heading)
            let title = ([plan.title] + path).joined(separator: " / ")
            guard !section.text.isEmpty || section.level == 1 else { return [] }
            return pieces(of: section.text).map { piece in
                Passage(
                    .section, of: plan.id.rawValue, title: title, text: piece,
                    parts: Terms.parts(of: title + " " + piece), at: plan.updatedAt, project: plan.projectId,
                    plan: plan.id)
            }
        }
    }

    static func of(_ task: PlanTask, in plan: Plan) -> [Passage] {
        let text =
            ([task.description] + task.acceptance.map(\.text) + [
                task.labels.joined(separator: " "), task.evidence ?? "",
            ])
            .filter { !$0.isEmpty }.joined(separator: "\n")
        return [
            Passage(
                .task, of: task.id.rawValue, title: task.title, text: text,
                parts: Terms.parts(of: task.title + " " + text), at: task.updatedAt, project: plan.projectId,
                plan: plan.id)
        ]
    }

    static func of(_ note: Note) -> [Passage] {
        pieces(of: note.text).map { piece in
            Passage(
                .note, of: note.id.rawValue, text: piece, parts: Terms.parts(of: piece), at: note.createdAt,
                project: note.projectId, plan: note.planId)
        }
    }

    /// What was said; commands are orders, not thoughts, and are left out.
    static func of(_ turn: Turn, project: Project.ID?) -> [Passage] {
        guard turn.role == .user, turn.tier == .agent, !turn.used.isEmpty else { return [] }
        return pieces(of: turn.used).map { piece in
            Passage(
                .turn, of: turn.id.rawValue, text: piece, parts: Terms.parts(of: piece), at: turn.createdAt,
                project: project, conversation: turn.conversationId)
        }
    }

    /// A text that stands by itself.
    static func of(_ document: Memory.Document) -> [Passage] {
        pieces(of: document.text).map { piece in
            Passage(
                .section, of: document.id, title: document.title, text: piece,
                parts: Terms.parts(of: document.title + " " + piece), at: .now)
        }
    }

    private static func pieces(of text: String) -> [String] {
        guard text.count > longest else { return [text] }
        var pieces: [String] = []
        var piece = ""
        for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
            if piece.count + line.count > longest, !piece.isEmpty {
                pieces.append(piece)
                piece = ""
            }
            var rest = line
            while rest.count > longest {
                pieces.append(String(rest.prefix(longest)))
                rest = rest.dropFirst(longest)
            }
            piece += (piece.isEmpty ? "" : "\n") + rest
        }
        return pieces + (piece.allSatisfy(\.isWhitespace) ? [] : [piece])
    }
}
