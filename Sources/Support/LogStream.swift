import Foundation
import Logging

/// Writes log messages to standard error: for the journal with its level prefix (sd-daemon(3)), else for people.
package struct LogStream: LogHandler {
    package var metadata = Logger.Metadata()
    private let level: Shared<Logger.Level>
    private let label: String
    private let isForJournal: Bool

    /// All streams of one `level` change with it.
    package init(label: String, level: Shared<Logger.Level>, isForJournal: Bool) {
        self.label = label
        self.level = level
        self.isForJournal = isForJournal
    }

    package var logLevel: Logger.Level {
        get { level.value }
        set { level.value = newValue }
    }

    package subscript(metadataKey key: String) -> Logger.Metadata.Value? {
        get { metadata[key] }
        set { metadata[key] = newValue }
    }

    package func log(event: LogEvent) {
        let all = metadata.merging(event.metadata ?? [:]) { $1 }
        let facts = all.sorted { $0.key < $1.key }.map { " \($0.key)=\(Self.quoted("\($0.value)"))" }.joined()
        let text = "\(label): \(event.message)\(facts)".split(whereSeparator: \.isNewline).joined(separator: " ")
        let line =
            isForJournal
            ? "<\(Self.priority(event.level))>\(text)\n"
            : "\(Timestamp.text()) \(Self.padded(event.level)) \(text)\n"
        let bytes = Array(line.utf8)
        _ = bytes.withUnsafeBytes { write(STDERR_FILENO, $0.baseAddress, $0.count) }
    }

    /// Whether standard error really is the journal's: the variable alone is inherited by what is redirected.
    package static func isJournal(environment: [String: String]) -> Bool {
        guard let stream = environment["JOURNAL_STREAM"] else { return false }
        var status = stat()
        guard fstat(STDERR_FILENO, &status) == 0 else { return false }
        return stream == "\(status.st_dev):\(status.st_ino)"
    }

    private static func quoted(_ value: String) -> String {
        value.contains { $0.isWhitespace || $0 == "\"" } ? "\"\(value.replacing("\"", with: "'"))\"" : value
    }

    /// syslog(3) priorities.
    private static func priority(_ level: Logger.Level) -> Int {
        switch level {
        case .trace, .debug: 7
        case .info: 6
        case .notice: 5
        case .warning: 4
        case .error: 3
        case .critical: 2
        }
    }

    private static func padded(_ level: Logger.Level) -> String {
        level.rawValue.padding(toLength: 7, withPad: " ", startingAt: 0)
    }

    private enum Timestamp {
        static func text() -> String { Date().formatted(.iso8601) }
    }
}
