import Endpoints
import Planning

extension EngineCall {
    /// The kind of a failure, where it is known.
    static func outcome(of error: any Error) -> String {
        switch error {
        case let error as EndpointError: error.kind.rawValue
        case SpeechError.deadline: EndpointError.Kind.timeout.rawValue
        default: "failed"
        }
    }

    /// Whether somebody should hear of it: an engine that rests after a failure was told of when it failed.
    var isFailure: Bool {
        !["ok", EngineCall.cached, EngineCall.overtaken, EndpointError.Kind.skipped.rawValue].contains(outcome)
    }
}
