import Foundation
import Planning
import Storage
import Support

extension AgentTools {
    private static let plansLookedAt = 100
    private static let hits = 8

    /// Projects and plans that hold the words, those with the most of them first.
    func searchProjects(_ arguments: ToolArguments) async throws -> JSONValue {
        let query = try arguments.text("query", atMost: 500)
        let words = SpokenWords(query).plain.filter { $0.count > 2 }
        guard !words.isEmpty else { throw ToolError("query holds no word of three letters or more") }
        let projects = try await store.projects()
        let names = Dictionary(projects.map { ($0.id, $0.name) }, uniquingKeysWith: { first, _ in first })
        var found: [(score: Int, hit: JSONValue)] = projects.compactMap { project in
            let score = score(words, "\(project.name) \(project.description) \(project.tags.joined(separator: " "))")
            guard score > 0 else { return nil }
            return (score * 2, ["project": .string(project.name), "description": .string(project.description)])
        }
        for plan in try await store.plans().prefix(Self.plansLookedAt) {
            guard let name = names[plan.projectId] else { continue }
            let text = try await store.text(of: plan) ?? ""
            let score = score(words, plan.title) * 2 + score(words, text)
            guard score > 0 else { continue }
            found.append(
                (
                    score,
                    [
                        "project": .string(name), "plan": .number(Double(plan.number)), "title": .string(plan.title),
                        "excerpt": .string(excerpt(words, text)),
                    ]
                ))
        }
        let best = found.enumerated().sorted { ($1.element.score, $0.offset) < ($0.element.score, $1.offset) }
        return ["results": .array(best.prefix(Self.hits).map(\.element.hit))]
    }

    private func score(_ words: [String], _ text: String) -> Int {
        let plain = text.lowercased()
        return words.count { plain.contains($0) }
    }

    /// The lines around the first word that is there.
    private func excerpt(_ words: [String], _ text: String) -> String {
        let lines = text.split(separator: "\n")
        let first = lines.firstIndex { line in words.contains { line.lowercased().contains($0) } } ?? 0
        return String(lines.dropFirst(first).prefix(3).joined(separator: " ").prefix(400))
    }
}
