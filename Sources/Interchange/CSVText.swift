/// Comma-separated values (RFC 4180): rows end with CR LF, a cell with a comma, a quote or a line break stands in quotes.
///
/// A cell that a spreadsheet would take for a formula gets an apostrophe before it, and loses it when it is read.
enum CSVText {
    static func write(_ rows: [[String]]) -> String {
        rows.map { $0.map { quoted(guarded($0)) }.joined(separator: ",") + "\r\n" }.joined()
    }

    /// The rows with the line that each begins at, from 1; empty lines are none.
    static func read(_ text: String, _ file: String) throws(InterchangeError) -> [(line: Int, cells: [String])] {
        var reader = Reader(text: Array(text.utf8), file: file)
        return try reader.rows()
    }

    private static func quoted(_ cell: String) -> String {
        guard cell.utf8.contains(where: { "\",\r\n".utf8.contains($0) }) else { return cell }
        var quoted: [UInt8] = [0x22]
        for byte in cell.utf8 { quoted += byte == 0x22 ? [0x22, 0x22] : [byte] }
        return String(decoding: quoted + [0x22], as: UTF8.self)
    }

    /// What begins with any apostrophes and then a sign of a formula; OWASP names tab and CR besides.
    private static func isFormula(_ cell: String) -> Bool {
        let sign = cell.utf8.drop { $0 == UInt8(ascii: "'") }.first
        return sign.map { "=+-@\t\r".utf8.contains($0) } ?? false
    }

    private static func guarded(_ cell: String) -> String { isFormula(cell) ? "'" + cell : cell }

    private static func unguarded(_ cell: String) -> String {
        cell.utf8.first == UInt8(ascii: "'") && isFormula(cell) ? String(Substring(cell.utf8.dropFirst())) : cell
    }

    private struct Reader {
        let text: [UInt8]
        let file: String
        private var place = 0
        private var line = 1

        private static let mostColumns = 1000

        init(text: [UInt8], file: String) {
            self.text = text
            self.file = file
        }

        mutating func rows() throws(InterchangeError) -> [(line: Int, cells: [String])] {
            var rows: [(line: Int, cells: [String])] = []
            while place < text.count {
                let start = line
                var cells = [try cell()]
                while place < text.count, text[place] == 0x2C {
                    place += 1
                    cells.append(try cell())
                    guard cells.count <= Self.mostColumns else {
                        throw InterchangeError(file, line: start, "a row has at most \(Self.mostColumns) cells")
                    }
                }
                if place < text.count {
                    place += 1
                    line += 1
                }
                if cells != [""] { rows.append((start, cells)) }
                guard rows.count <= PlanFile.mostItems + 1 else {
                    throw InterchangeError(file, line: start, "at most \(PlanFile.mostItems) tasks are read")
                }
            }
            return rows
        }

        /// Up to the comma or the end of the line that follows it.
        private mutating func cell() throws(InterchangeError) -> String {
            guard place < text.count, text[place] == 0x22 else {
                let end = text[place...].firstIndex { $0 == 0x2C || $0 == 0x0A } ?? text.count
                defer { place = end }
                return CSVText.unguarded(String(decoding: text[place..<end], as: UTF8.self))
            }
            let start = line
            var cell: [UInt8] = []
            place += 1
            while true {
                guard let end = text[place...].firstIndex(of: 0x22) else {
                    throw InterchangeError(file, line: start, "a quotation mark is not closed")
                }
                cell += text[place..<end]
                line += text[place..<end].count { $0 == 0x0A }
                place = end + 1
                guard place < text.count, text[place] == 0x22 else { break }
                cell.append(0x22)
                place += 1
            }
            guard place == text.count || text[place] == 0x2C || text[place] == 0x0A else {
                throw InterchangeError(file, line: line, "after a closing quotation mark a comma is expected")
            }
            return CSVText.unguarded(String(decoding: cell, as: UTF8.self))
        }
    }
}
