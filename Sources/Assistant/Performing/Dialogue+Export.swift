import Planning
import Storage

/// Writes a plan into files: the executable knows the forms and the place.
package struct Exporter: Sendable {
    /// The path of what was written. Throws `ExportProblem` for what the user can be told.
    package typealias Write = @Sendable (_ plan: WholePlan, _ format: String) async throws -> String

    let write: Write

    package init(write: @escaping Write) { self.write = write }
}

/// Why nothing was exported, as a sentence.
package struct ExportProblem: Error, Equatable {
    package let description: String

    package init(_ description: String) { self.description = description }
}

extension Dialogue {
    func export(_ understanding: Understanding, _ scene: Scene) async throws -> Outcome {
        guard let plan = try await plan(understanding, scene) else { return Outcome(Dialogue.noPlan) }
        guard let format = understanding.text(.format) else {
            return Outcome(
                .asking("As what: markdown, PDF, HTML, taskmaster, or another?"),
                question: .fill(understanding, .format))
        }
        guard let exporter, let whole = try await store.wholePlan(number: plan.number) else {
            return Outcome("I can't write files here. Use aloud plan export.")
        }
        do {
            let path = try await exporter.write(whole, format)
            let draft = whole.hasDraft ? " The unsaved draft is not in it." : ""
            return Outcome("Exported \(plan.title) as \(Dialogue.said(format)): \(path).\(draft)")
        } catch let problem as ExportProblem {
            return Outcome(Said.sentence(problem.description))
        }
    }

    private static func said(_ format: String) -> String {
        let name = SpokenValues.formats.first { $0.value == format }?.said ?? format
        return ["pdf", "html", "csv", "json"].contains(name) ? name.uppercased() : name
    }
}
