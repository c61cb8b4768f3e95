import Foundation

/// Times of the same thing, in milliseconds.
struct Times {
    private let sorted: [Double]

    init(_ times: [Double]) { sorted = times.sorted() }

    func percentile(_ share: Double) -> Double {
        sorted.isEmpty ? 0 : sorted[min(sorted.count - 1, Int(Double(sorted.count) * share))]
    }

    var p50: Double { percentile(0.5) }
    var p95: Double { percentile(0.95) }

    /// - Parameter warmUp: Runs that do not count.
    static func of(_ count: Int, warmUp: Int = 3, _ body: (Int) async throws -> Void) async throws -> Times {
        var times: [Double] = []
        for number in 0..<count + warmUp {
            let began = ContinuousClock.now
            try await body(number)
            if number >= warmUp { times.append((ContinuousClock.now - began) / .milliseconds(1)) }
        }
        return Times(times)
    }
}

/// A table of figures with their limits.
struct Table {
    private(set) var hasFailed = false

    func head(_ title: String, _ columns: [String]) { row(title, columns, "") }

    /// A figure with the limit of its median.
    mutating func line(_ name: String, _ times: Times, limit: Double?) {
        let isMet = limit.map { times.p50 <= $0 } ?? true
        hasFailed = hasFailed || !isMet
        row(name, [text(times.p50), text(times.p95), limit.map(text) ?? ""], isMet ? "" : "OVER")
    }

    /// Two figures whose medians may differ by a factor.
    mutating func pair(_ name: String, _ first: Times, _ second: Times, factor: Double?) {
        let ratio = second.p50 / max(first.p50, 0.001)
        let isMet = factor.map { ratio <= $0 } ?? true
        hasFailed = hasFailed || !isMet
        row(name, [text(first.p50), text(second.p50), text(ratio), factor.map(text) ?? ""], isMet ? "" : "OVER")
    }

    private func text(_ value: Double) -> String { String(format: "%.2f", value) }

    private func row(_ name: String, _ columns: [String], _ verdict: String) {
        let cells = columns.map { String(repeating: " ", count: max(0, 12 - $0.count)) + $0 }
        print(name.padding(toLength: 34, withPad: " ", startingAt: 0) + cells.joined() + "  " + verdict)
    }
}
