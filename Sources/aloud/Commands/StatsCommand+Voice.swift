import Foundation
import Planning
import Speech
import Storage

extension StatsCommand {
    func showVoice() async throws {
        try await Composition.run { composition in
            let start = Timestamp.now.advanced(byMilliseconds: -Int64(days) * 86_400_000)
            let metrics = try await composition.store.voiceMetrics(since: start)
            let now = VoiceNow(try await composition.rememberedVoiceConfiguration())
            guard !json else { return try Terminal.showJSON(VoiceFigures(metrics: metrics, now: now)) }
            Terminal.show(now.line)
            guard metrics.turns > 0 else {
                return Terminal.show("Nothing was said by voice in the last \(days) \(days == 1 ? "day" : "days").")
            }
            for line in metrics.lines { Terminal.show(line) }
            var stages = TextTable(["STAGE", "TURNS", "P50 MS", "P95 MS"])
            for stage in metrics.stages {
                stages.add([stage.stage, String(stage.count), stage.p50.inTenths, stage.p95.inTenths])
            }
            if !metrics.stages.isEmpty { stages.show() }
            var engines = TextTable(["ENGINE", "CALLS", "WELL", "P50 MS", "P95 MS"])
            for engine in metrics.engines {
                engines.add([
                    "\(engine.kind) by \(engine.engine)", String(engine.calls), engine.okShare.inPercent,
                    engine.p50.inTenths, engine.p95.inTenths,
                ])
            }
            if !metrics.engines.isEmpty { engines.show() }
            var table = TextTable(["DAY", "TURNS", "FIRST SOUND MS"])
            for day in metrics.days.suffix(14) {
                table.add([day.day, String(day.turns), day.firstSound.map(\.inTenths) ?? "-"])
            }
            table.show()
        }
    }
}

/// How Aloud listens and speaks now, with what it has learned.
private struct VoiceNow: Encodable {
    let mode: String
    let isMuted: Bool
    /// 1 is the voice's own.
    let pace: Double
    /// The silence after which what may be whole is taken to be, in milliseconds.
    let pause: Int

    init(_ configuration: VoiceService.Configuration) {
        mode = configuration.loop.mode.rawValue
        isMuted = configuration.isMuted
        pace = configuration.pace.factor
        pause = configuration.habit.trailing(usual: configuration.loop.trailing)
    }

    var line: String {
        "mode \(mode)\(isMuted ? ", muted" : ""), pace \(pace.inTenths), a pause of \(pause) ms ends what is said"
    }

    private enum CodingKeys: String, CodingKey {
        case mode, pace
        case isMuted = "is_muted"
        case pause = "pause_ms"
    }
}

/// Both as one object.
private struct VoiceFigures: Encodable {
    let metrics: VoiceMetrics
    let now: VoiceNow

    private enum Key: String, CodingKey { case now }

    func encode(to encoder: any Encoder) throws {
        try metrics.encode(to: encoder)
        var container = encoder.container(keyedBy: Key.self)
        try container.encode(now, forKey: .now)
    }
}

extension VoiceMetrics {
    fileprivate var lines: [String] {
        let cut = replies > 0 ? (Double(interrupted) / Double(replies)).inPercent : nil
        let rows: [(String, String?)] = [
            ("said by voice", "\(turns) turns" + (notUnderstood > 0 ? ", \(notUnderstood) not understood" : "")),
            ("commands", commandShare?.inPercent),
            ("repaired words", repairedShare?.inPercent),
            ("taken back", correctedShare?.inPercent),
            ("replies cut off", cut.map { "\($0) of \(replies)" }),
        ]
        return rows.compactMap { name, value in
            value.map { name.padding(toLength: 20, withPad: " ", startingAt: 0) + $0 }
        }
    }
}

extension Double {
    fileprivate var inPercent: String { "\(Int((self * 100).rounded())) %" }
}
