import Logging
import Support

/// Log levels, by rule: error is a fault of ours or of the machine, warning needs a look, notice is what happened,
/// info and debug are for those who look closer. Words, keys and sound are never logged.
enum LogSetup {
    private static let level = Shared(Logger.Level.notice)

    /// Once in a process.
    static func install(environment: [String: String]) {
        let isForJournal = LogStream.isJournal(environment: environment)
        LoggingSystem.bootstrap { LogStream(label: $0, level: level, isForJournal: isForJournal) }
    }

    static func set(_ chosen: Configuration.Log.Level) {
        level.value = Logger.Level(rawValue: chosen.rawValue) ?? .notice
    }
}
