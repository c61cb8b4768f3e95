import Endpoints
import Support

/// How a remote engine is, in words and as JSON.
struct EngineReport {
    let watch: EndpointWatch
    let now: ContinuousClock.Instant

    init(_ watch: EndpointWatch, at now: ContinuousClock.Instant = .now) {
        self.watch = watch
        self.now = now
    }

    var state: String {
        let health = watch.health
        guard let failure = health.failure else { return "well" }
        if health.isOnTrial { return "back after: \(failure)" }
        guard let until = health.restsUntil else { return "failed last: \(failure)" }
        let left = max(0, Int(((until - now) / .seconds(1)).rounded(.up)))
        return "rests\(left > 0 ? " for \(left) s" : "") after: \(failure)"
    }

    var json: JSONValue {
        var members: [String: JSONValue] = [
            "kind": .string(watch.kind), "name": .string(watch.name), "state": .string(state),
            "score": .number((watch.health.score * 100).rounded() / 100),
        ]
        if let usual = watch.usual { members["usual_ms"] = .number((usual / .milliseconds(1)).rounded()) }
        return .object(members)
    }

    /// One line of `aloud status`.
    static func line(_ report: JSONValue) -> String? {
        guard let name = report["name"]?.string, let state = report["state"]?.string else { return nil }
        let usual = report["usual_ms"]?.number.map { ", answers within \(Int($0)) ms" } ?? ""
        return "\(report["kind"]?.string ?? "engine") \(name): \(state)\(usual)"
    }
}
