import CALSA

extension AudioError: CustomStringConvertible {
    package var description: String {
        switch self {
        case .device(let name, let step, let code): "\(name): \(Self.reason(code)) (\(step))"
        case .format(let device): "\(device): takes neither 16 nor 32 bits a sample"
        case .rate(let rate): "\(rate) is not a sample rate"
        case .system(let what, let errno): "\(what) failed (error \(errno))"
        case .stopped: "the playback was stopped"
        case .busy: "the speaker is still playing"
        case .stalled(let device): "\(device): does not move"
        case .encoder(let reason): "Opus: \(reason)"
        }
    }

    /// libasound's words for a code of its own.
    static func reason(_ code: Int32) -> String {
        guard let text = snd_strerror(code) else { return "error \(code)" }
        return String(cString: text)
    }
}
