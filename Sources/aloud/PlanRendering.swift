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

    let whole: WholePlan
    let synthesizers: SynthesizerList
    let environment: [String: String]

    func bytes(as format: Format) async throws -> [UInt8] {
        let (plan, project) = (whole.plan, whole.project)
        guard format != .opus else {
            return try await speech(
                PlanSummary(plan: plan, project: project, markdown: whole.content, tasks: whole.tasks).text)
        }
        let page = PlanPage(
            plan: plan, project: project, version: plan.latestVersion > 0 ? plan.latestVersion : nil,
            markdown: whole.content, tasks: whole.tasks
        ).html
        guard format == .pdf else { return Array(page.utf8) }
        return try await PDFPrinter().pdf(of: page, environment: environment)
    }

    /// As a reply would be spoken, into Ogg Opus.
    private func speech(_ text: String) async throws -> [UInt8] {
        guard let sound = try await synthesizers.sound(of: text) else {
            throw Failure("no sound came of the summary; see: aloud doctor")
        }
        let encoder = try OggOpusEncoder(
            rate: sound.rate, tags: ["TITLE": whole.plan.title, "ALOUD_PLAN": whole.plan.id.rawValue])
        return try encoder.encode(sound.samples) + encoder.finish()
    }
}
