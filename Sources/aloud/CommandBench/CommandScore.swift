import Foundation
import Support

/// What was understood of a row, as it is written into the file of predictions.
struct CommandPrediction: Codable {
    let id: String
    let variant: String
    let intent: String
    let slots: [String: JSONValue]
    let needsConfirmation: Bool
    let ms: Double

    var isCommand: Bool { intent != "none" }

    enum CodingKeys: String, CodingKey {
        case id, variant, intent, slots, ms
        case needsConfirmation = "needs_confirmation"
    }
}

/// How well one variant of a set was understood; the shares are of the commands, that of false commands is of the free
/// speech.
struct CommandScore: Codable, Equatable {
    let variant: String
    private(set) var commands = 0
    private(set) var free = 0
    private(set) var accepted = 0
    private(set) var rightIntents = 0
    private(set) var wrongActions = 0
    private(set) var falseCommands = 0
    private(set) var missed = 0
    private(set) var unconfirmed = 0
    /// Milliseconds, by nearest rank.
    private(set) var p50 = 0.0
    private(set) var p95 = 0.0

    init(variant: String) { self.variant = variant }

    init(variant: String, _ pairs: [(CommandRow, CommandPrediction)]) {
        self.variant = variant
        for (row, prediction) in pairs { count(row, prediction) }
        let times = pairs.map(\.1.ms).sorted()
        func percentile(_ share: Double) -> Double {
            guard !times.isEmpty else { return 0 }
            return times[max(0, min(times.count - 1, Int((Double(times.count) * share).rounded(.up)) - 1))]
        }
        p50 = percentile(0.5)
        p95 = percentile(0.95)
    }

    private mutating func count(_ row: CommandRow, _ prediction: CommandPrediction) {
        let said = CommandMeaning(intent: prediction.intent, slots: prediction.slots, state: row.state)
        if Self.isRisky(said), !prediction.needsConfirmation,
            row.needsConfirmation != false || row.intent != said.intent
        {
            unconfirmed += 1
        }
        guard row.intent != "none" else {
            free += 1
            if prediction.isCommand { falseCommands += 1 }
            return
        }
        commands += 1
        guard prediction.isCommand else {
            missed += 1
            return
        }
        let verdict = Self.verdict(row, said)
        if verdict.intent { rightIntents += 1 }
        if verdict.slots { accepted += 1 } else { wrongActions += 1 }
    }

    /// Whether the intent is right, and whether all of it is.
    static func verdict(_ row: CommandRow, _ said: CommandMeaning) -> (intent: Bool, slots: Bool) {
        let wanted = CommandMeaning(intent: row.intent, slots: row.slots, state: row.state)
        guard said.intent == wanted.intent else {
            let isOther = row.otherIntents.contains(said.intent)
            return (isOther, isOther)
        }
        return (true, wanted.accepts(said, state: row.state))
    }

    /// What must never be done without a yes.
    private static func isRisky(_ said: CommandMeaning) -> Bool {
        [
            "delete_project", "archive_project", "delete_plan", "archive_plan", "delete_task", "bulk_tasks",
            "bulk_projects", "bulk_plans", "restore_snapshot", "forget",
        ].contains(said.intent)
    }
}
