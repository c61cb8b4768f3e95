import Foundation
import Planning
import Storage

/// The stages of a turn laid out in time: milliseconds from the moment its end was decided.
struct TurnTimeline: Equatable, Sendable, Encodable {
    struct Bar: Equatable, Sendable, Encodable {
        let name: String
        let start: Double
        let length: Double
    }

    let bars: [Bar]

    init(_ timings: [StageTiming]) {
        var bars: [Bar] = []
        var now = 0.0
        for timing in timings {
            switch timing.stage {
            // The silence that it took to be sure lies before.
            case "endpoint":
                bars.append(Bar(name: timing.stage, start: -timing.milliseconds, length: timing.milliseconds))
            // These are counted from a moment of their own, and tell when something was there.
            case "answer": continue
            case "first_sound": bars.append(Bar(name: "first sound", start: timing.milliseconds, length: 0))
            default:
                bars.append(Bar(name: timing.stage, start: now, length: timing.milliseconds))
                now += timing.milliseconds
            }
        }
        self.bars = bars
    }

    /// One line each, drawn over `width` columns.
    func drawn(width: Int = 40) -> [String] {
        guard let start = bars.map(\.start).min(), let end = bars.map({ $0.start + $0.length }).max() else { return [] }
        let scale = Double(width) / max(1, end - start)
        let longest = bars.map(\.name.count).max() ?? 0
        return bars.map { bar in
            let before = min(Int((bar.start - start) * scale), width - 1)
            let length = bar.length > 0 ? max(1, Int((bar.length * scale).rounded())) : 0
            let mark = length > 0 ? String(repeating: "█", count: min(length, width - before)) : "◆"
            let name = bar.name.padding(toLength: longest, withPad: " ", startingAt: 0)
            let line = String(repeating: " ", count: before) + mark
            let figure = bar.length > 0 ? "\(bar.length.inTenths) ms" : "at \(bar.start.inTenths) ms"
            return "\(name)  \(line.padding(toLength: width, withPad: " ", startingAt: 0))  \(figure)"
        }
    }
}
