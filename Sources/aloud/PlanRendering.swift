import Assistant
import Audio
import Foundation
import Planning
import Speech
import Storage
import Support

/// A plan for people: as a page, on paper, and as speech.
struct PlanRendering: Sendable {
    enum Format: String, CaseIterable, Sendable { case html, pdf, opus }

    let composition: Composition
    let plan: Plan
    /// This version in place of the newest text.
    var version: Int?

    func bytes(as format: Format) async throws -> [UInt8] {
        let store = composition.store
        let project = try await store.project(plan.projectId)?.name ?? ""
        let tasks = try await store.tasks(of: plan.id)
        let (markdown, number) = try await text(store)
        switch format {
        case .opus:
            return try await speech(
                PlanSummary(plan: plan, project: project, markdown: markdown, tasks: tasks).text)
        case .html, .pdf:
            let page = PlanPage(plan: plan, project: project, version: number, markdown: markdown, tasks: tasks).html
            guard format == .pdf else { return Array(page.utf8) }
            return try await PDFPrinter().pdf(of: page, environment: composition.loaded.environment)
        }
    }

    private func text(_ store: Store) async throws -> (String, Int?) {
        if let version {
            guard let found = try await store.version(version, of: plan.id) else {
                throw Failure("plan \(plan.number) has no version \(version); its newest is \(plan.latestVersion)")
            }
            return (found.content, version)
        }
        if let draft = try await store.draft(of: plan.id) { return (draft.content, nil) }
        return (try await store.version(plan.latestVersion, of: plan.id)?.content ?? "", plan.latestVersion)
    }

    /// As a reply would be spoken, into Ogg Opus.
    private func speech(_ text: String) async throws -> [UInt8] {
        guard let sound = try await composition.synthesizers().sound(of: text) else {
            throw Failure("no sound came of the summary; see: aloud doctor")
        }
        let encoder = try OggOpusEncoder(rate: sound.rate)
        return try encoder.encode(sound.samples) + encoder.finish()
    }
}
