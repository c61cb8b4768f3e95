import CEditLine
import CLinux
import Foundation
import Planning
import Support

/// Standard output holds what was asked for, standard error everything else.
enum Terminal {
    /// Whether standard output is a terminal that wants colours.
    static let hasColours = isatty(STDOUT_FILENO) == 1 && ProcessInfo.processInfo.environment["NO_COLOR"] == nil

    static func show(_ line: String) { show(piece: line + "\n") }

    static func show(piece: String) {
        let code = write(harmless(piece), to: STDOUT_FILENO)
        if code != 0 { failure.update { $0 = $0 == 0 ? code : $0 } }
    }

    static func complain(_ message: String) { _ = write("aloud: \(harmless(message))\n", to: STDERR_FILENO) }

    /// What somebody should know besides; nothing has failed.
    static func note(_ message: String) { _ = write("note: \(harmless(message))\n", to: STDERR_FILENO) }

    /// Why some of the output is lost; nil when all of it was written.
    static var lostOutput: String? {
        let code = failure.value
        return code == 0 ? nil : String(cString: strerror(code))
    }

    /// The first error number of a write to standard output; 0 for none.
    private static let failure = Shared<Int32>(0)

    static func showJSON(_ value: some Encodable) throws { show(try JSONText.line(value)) }

    static func dim(_ text: String) -> String { hasColours ? "\u{1B}[2m\(text)\u{1B}[0m" : text }
    static func bold(_ text: String) -> String { hasColours ? "\u{1B}[1m\(text)\u{1B}[0m" : text }

    /// Whether a person sits there: both ways are a terminal.
    static let isInteractive = isatty(STDIN_FILENO) == 1 && isatty(STDOUT_FILENO) == 1

    /// The next line of standard input, nil at its end; on a terminal with line editing and history. Waits on a thread of
    /// its own, not on the cooperative pool.
    static func nextLine(prompt: String) async -> String? {
        await withCheckedContinuation { continuation in
            Thread.detachNewThread {
                continuation.resume(returning: isInteractive ? edited(prompt) : readLine())
            }
        }
    }

    /// By libedit, which keeps its state from line to line: one thread at a time.
    private static func edited(_ prompt: String) -> String? {
        _ = isPrepared
        guard let line = readline(prompt) else { return nil }
        defer { free(line) }
        if line.pointee != 0 { add_history(line) }
        // What is no UTF-8 is shown as such and not lost.
        return String(
            decoding: UnsafeBufferPointer(start: line, count: strlen(line)).map(UInt8.init(bitPattern:)), as: UTF8.self)
    }

    /// How many columns of a terminal a text takes: two for a Chinese character, none for a combining mark (wcwidth(3)).
    static func columns(_ text: String) -> Int {
        guard !text.utf8.allSatisfy({ $0 < 0x80 }) else { return text.utf8.count }
        _ = knowsUnicode
        return text.unicodeScalars.reduce(0) { $0 + max(0, Int(linux_columns($1.value))) }
    }

    /// A moment as people read it, in their own time zone.
    static func time(_ moment: Timestamp) -> String { time(moment, usual) }

    static func time(_ moment: Timestamp, _ format: Date.FormatString) -> String {
        moment.date.formatted(
            .verbatim(format, timeZone: .current, calendar: Calendar(identifier: .gregorian)))
    }

    private static let usual: Date.FormatString =
        "\(year: .defaultDigits)-\(month: .twoDigits)-\(day: .twoDigits) \(hour: .twoDigits(clock: .twentyFourHour, hourCycle: .zeroBased)):\(minute: .twoDigits)"

    private static let knowsUnicode: Bool = setlocale(LC_CTYPE, "C.UTF-8") != nil

    private static let isPrepared: Bool = {
        _ = knowsUnicode
        using_history()
        stifle_history(500)
        return true
    }()

    /// Without what a terminal obeys, whoever wrote it; the two styles of `dim` and `bold` stay.
    private static func harmless(_ text: String) -> String {
        guard hasColours else { return CleanText.block(text) }
        return text.split(separator: "\u{1B}[", omittingEmptySubsequences: false).enumerated().map { index, piece in
            let style = index == 0 ? nil : ["0m", "1m", "2m"].first { piece.hasPrefix($0) }
            return (style == nil ? "" : "\u{1B}[") + CleanText.block(String(piece))
        }.joined()
    }

    /// Whole, in one call where the kernel allows it, so that lines of several threads do not mix. The error number; 0 when
    /// all was written.
    private static func write(_ text: String, to descriptor: Int32) -> Int32 {
        var rest = Array(text.utf8)[...]
        while !rest.isEmpty {
            let written = rest.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
            if written > 0 {
                rest = rest.dropFirst(written)
            } else if errno != EINTR {
                return errno
            }
        }
        return 0
    }
}

/// Columns for people: as wide as their widest cell.
struct TextTable {
    private var rows: [[String]] = []

    init(_ header: [String]) { rows.append(header) }

    mutating func add(_ row: [String]) { rows.append(row) }

    func show() {
        guard let header = rows.first else { return }
        let widths = header.indices.map { column in rows.map { Terminal.columns($0[column]) }.max() ?? 0 }
        for (index, row) in rows.enumerated() {
            let cells = row.enumerated().map { column, cell in
                let missing = column == row.count - 1 ? 0 : widths[column] - Terminal.columns(cell)
                return cell + String(repeating: " ", count: max(0, missing))
            }
            let line = cells.joined(separator: "  ")
            Terminal.show(index == 0 ? Terminal.dim(line) : line)
        }
    }
}
