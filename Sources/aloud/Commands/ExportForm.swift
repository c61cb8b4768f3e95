import ArgumentParser
import Interchange

/// Every form that a plan can be exported in: those of other programs, and those for people.
enum ExportForm: Equatable, Sendable {
    case exchange(ExchangeFormat)
    case rendering(PlanRendering.Format)

    static let names = (ExchangeFormat.allCases.map(\.rawValue) + PlanRendering.Format.allCases.map(\.rawValue))
        .joined(separator: ", ")

    /// Why it cannot go to standard output; nil when it can.
    var obstacle: String? {
        switch self {
        case .exchange(let format) where format.hasSeveralFiles:
            "The form \(format.rawValue) is several files; name a folder with --out."
        case .rendering(let format) where format != .html:
            "The form \(format.rawValue) is no text; name a file with --out."
        default: nil
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
