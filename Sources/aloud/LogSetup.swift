import Logging
import Support

/// Log levels, by rule: error is a fault of ours or of the machine, warning needs a look, notice is what happened,
/// info and debug are for those who look closer. Words, keys and sound are never logged.
enum LogSetup {
    static func install(_ level: Configuration.Log.Level, environment: [String: String]) {
        let isForJournal = LogStream.isJournal(environment: environment)
        let level = Logger.Level(rawValue: level.rawValue) ?? .notice
        LoggingSystem.bootstrap { LogStream(label: $0, level: level, isForJournal: isForJournal) }
    }
}
