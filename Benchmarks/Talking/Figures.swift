import Foundation

/// What was measured, with its limits: a table to read, or a line of JSON a figure.
struct Figures {
    private struct Line: Encodable {
        let name: String
        let value: Double
        let unit: String
        let limit: Double?
        let isMet: Bool
    }

    private let title: String
    private var lines: [Line] = []
    /// Seconds of the wall.
    var took = 0.0

    init(_ title: String) { self.title = title }

    var isMissed: Bool { lines.contains { !$0.isMet } }

    mutating func tell(_ name: String, _ value: Double, _ unit: String = "", atMost limit: Double? = nil) {
        // A figure that could not be taken is no success.
        let isMet = limit.map { value <= $0 } ?? true
        lines.append(Line(name: name, value: value, unit: unit, limit: limit, isMet: isMet))
    }

    mutating func tell(_ name: String, _ value: Int, _ unit: String = "", atMost limit: Int? = nil) {
        tell(name, Double(value), unit, atMost: limit.map(Double.init))
    }

    func show(asJSON: Bool) {
        if asJSON {
            let encoder = JSONEncoder()
            encoder.keyEncodingStrategy = .convertToSnakeCase
            encoder.outputFormatting = .sortedKeys
            for line in lines {
                if let data = try? encoder.encode(line) { print(String(decoding: data, as: UTF8.self)) }
            }
            return
        }
        print(row(title, "", "limit", ""))
        for line in lines {
            print(
                row(
                    line.name, number(line.value, line.unit), line.limit.map { number($0, line.unit) } ?? "",
                    line.isMet ? "" : "MISSED"))
        }
        print("in \(Int(took)) s")
    }

    private func number(_ value: Double, _ unit: String) -> String {
        let digits = value == value.rounded() ? "%.0f" : abs(value) < 10 ? "%.2f" : "%.1f"
        return String(format: digits, value) + (unit.isEmpty ? "" : " " + unit)
    }

    private func row(_ name: String, _ value: String, _ limit: String, _ verdict: String) -> String {
        func right(_ text: String) -> String { String(repeating: " ", count: max(1, 14 - text.count)) + text }
        return name.padding(toLength: 52, withPad: " ", startingAt: 0) + right(value) + right(limit) + "  " + verdict
    }
}

extension [Int] {
    /// NaN for none.
    var mean: Double { isEmpty ? .nan : Double(reduce(0, +)) / Double(count) }

    func percentile(_ share: Double) -> Double {
        isEmpty ? .nan : Double(sorted()[Swift.min(count - 1, Int(Double(count) * share))])
    }
}
