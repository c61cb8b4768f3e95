import ArgumentParser
import Interchange

/// Every form that a plan can be exported in: those of other programs, and those for people.
enum ExportForm: Equatable, Sendable {
    case exchange(ExchangeFormat)
    case rendering(PlanRendering.Format)

    static let names = (ExchangeFormat.allCases.map(\.rawValue) + PlanRendering.Format.allCases.map(\.rawValue))
        .joined(separator: ", ")

    /// Whether it needs a place to be written to.
    var needsOut: Bool {
        switch self {
        case .exchange(let format): format.hasSeveralFiles
        case .rendering(let format): format != .html
        }
    }
}

extension ExportForm: ExpressibleByArgument {
    init?(argument: String) {
        if let format = ExchangeFormat(rawValue: argument) {
            self = .exchange(format)
        } else if let format = PlanRendering.Format(rawValue: argument) {
            self = .rendering(format)
        } else {
            return nil
        }
    }

    static var allValueStrings: [String] {
        ExchangeFormat.allCases.map(\.rawValue) + PlanRendering.Format.allCases.map(\.rawValue)
    }
}
