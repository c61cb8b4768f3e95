import CALSALog
import Logging

/// What libasound would write to stderr goes to the log instead.
enum ALSALog {
    static func install() { installed }

    private static let installed: Void = alsa_log_to { line in
        guard let line else { return }
        Logger(label: "aloud.alsa").debug("\(String(cString: line))")
    }
}
