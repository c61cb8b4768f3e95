/// Why nothing was recognised or spoken.
package enum SpeechError: Error, Equatable, CustomStringConvertible {
    /// A model or dictionary that should be on this machine cannot be read.
    case missingModel(String)
    case unknownVoice(String)
    /// The engine did not finish in time.
    case deadline
    /// Too much already waits for the engine.
    case busy
    /// The engine failed in a way it does not explain.
    case engine(String)
    /// Longer than the engine takes at once.
    case tooLong

    package var description: String {
        switch self {
        case .missingModel(let path): "the speech model \(path) cannot be read"
        case .unknownVoice(let name): "there is no voice “\(name)”"
        case .deadline: "speech took too long"
        case .busy: "too much speech is waiting"
        case .engine(let what): "the speech engine failed: \(what)"
        case .tooLong: "that is too long to speak or to hear at once"
        }
    }
}
