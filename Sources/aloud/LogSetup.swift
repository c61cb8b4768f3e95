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

    /// For swift-service-lifecycle, which at debug prints every service with all that is within.
    static func lifecycle(environment: [String: String]) -> Logger {
        let isForJournal = LogStream.isJournal(environment: environment)
        return Logger(label: "aloud.services") {
            LogStream(label: $0, level: Shared(.notice), isForJournal: isForJournal)
        }
    }

    static func set(_ chosen: Configuration.Log.Level) {
        level.value = Logger.Level(rawValue: chosen.rawValue) ?? .notice
    }
}
