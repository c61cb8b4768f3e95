import Assistant
import Foundation
import Interchange
import Planning
import Speech
import Storage
import Support

/// A plan in one of the forms that it can be exported in.
struct PlanExport: Sendable {
    let synthesizers: SynthesizerList
    let environment: [String: String]

    func files(
        of whole: WholePlan, as form: ExportForm
    ) async throws -> (files: [ExchangedFile], notes: [String]) {
        switch form {
        case .exchange(let format):
            let exported = try format.write(
                PlanFile(whole.plan, project: whole.project, content: whole.content, tasks: whole.tasks))
            return (exported.files, exported.notes)
        case .rendering(let format):
            let rendering = PlanRendering(whole: whole, synthesizers: synthesizers, environment: environment)
            return (
                [ExchangedFile("plan-\(whole.plan.number).\(format.rawValue)", try await rendering.bytes(as: format))],
                []
            )
        }
    }
}

extension Exporter {
    /// Into a folder of the plan below `folder`; what lies there from an earlier export is replaced.
    static func into(
        _ folder: String, synthesizers: Shared<SynthesizerList>, environment: [String: String]
    ) -> Exporter {
        Exporter { whole, name in
            guard let form = ExportForm(argument: name) else { throw ExportProblem("there is no form \(name)") }
            do {
                let export = PlanExport(synthesizers: synthesizers.value, environment: environment)
                let files = try await export.files(of: whole, as: form).files
                let place = "\(folder)/plan-\(whole.plan.number)/" + (files.count > 1 ? name : "")
                guard let destination = ExportDestination(place, files) else { return folder }
                try PrivateFolder.make((place as NSString).standardizingPath)
                try destination.write(destination.steps(replacingAllOf: whole.plan.id.rawValue))
                return destination.place
            } catch let problem as PDFPrinter.Problem {
                throw ExportProblem(problem.description)
            } catch let failure as Failure {
                throw ExportProblem(failure.description)
            }
        }
    }
}
