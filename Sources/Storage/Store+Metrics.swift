import GRDB
import Planning

/// How the planning goes: the figures that a team would ask for.
package struct PlanningMetrics: Equatable, Sendable, Codable {
    /// Of what was said, 0 … 1; nil when nothing was.
    package var voiceShare: Double?
    package var conversations = 0
    package var medianConversationMinutes: Double?
    package var medianConversationTurns: Double?
    /// Done tasks, of all that were not given up.
    package var completionRate: Double?
    /// Completed plans, of all that are past being drafts.
    package var successRate: Double?
    /// From the beginning of a plan to its first version.
    package var medianMinutesToPlan: Double?
    /// From the start of a task to its end.
    package var medianTaskHours: Double?
    /// Tasks done in each of the last weeks, this one last.
    package var doneByWeek: [Int] = []
    /// Actual by estimated time over all measured tasks; nil for too few.
    package var estimates: EstimateCalibration?
    package var blockedTasks = 0
    package var plansByTemplate: [Group] = []
    package var projectsByTag: [Group] = []
    /// Praise of all that was praised or complained about; nil when nothing was.
    package var satisfaction: Double?
    package var opinions = 0
    /// Of the passages that the memory found for the agent's answers, those that were placed in a prompt; nil when none
    /// were found.
    package var hitsUsedShare: Double?
    package var hits = 0
    /// Voice turns whose words were repaired before they were used.
    package var repairedShare: Double?
    /// Operations that were taken back.
    package var undoneShare: Double?
    /// Calls by what for, and how many of them ended well.
    package var engines: [Engine] = []

    package struct Group: Equatable, Sendable, Codable {
        package let name: String
        package let count: Int
    }

    package struct Engine: Equatable, Sendable, Codable {
        package let kind: String
        package let engine: String
        package let calls: Int
        package let okShare: Double
    }

    package static let weeks = 8

    package init(doneByWeek: [Int] = []) { self.doneByWeek = doneByWeek }
}

extension Store {
    package func planningMetrics(at now: Timestamp = .now) async throws -> PlanningMetrics {
        try await read { database in
            var metrics = PlanningMetrics()
            try metrics.readTalk(database)
            try metrics.readPlans(database)
            try metrics.readTasks(database, now)
            try metrics.readEngines(database)
            return metrics
        }
    }
}

extension PlanningMetrics {
    fileprivate mutating func readTalk(_ database: Database) throws {
        voiceShare = try Double.fetchOne(
            database, sql: "SELECT avg(modality = 'voice') FROM turn WHERE role = 'user'")
        repairedShare = try Double.fetchOne(
            database, sql: "SELECT avg(heard <> used) FROM turn WHERE role = 'user' AND modality = 'voice'")
        let talks = try Row.fetchAll(
            database,
            sql: """
                SELECT (lastActiveAt - startedAt) / 60000.0 AS minutes,
                    (SELECT count(*) FROM turn WHERE conversationId = conversation.id AND role = 'user') AS turns
                FROM conversation
                """)
        conversations = talks.count
        medianConversationMinutes = talks.map { $0["minutes"] as Double }.median
        medianConversationTurns = talks.map { Double($0["turns"] as Int) }.median
        let said = try Row.fetchOne(
            database,
            sql: """
                SELECT count(*) AS opinions, avg(command = 'praise') AS share FROM turn
                WHERE command IN ('praise', 'complain')
                """)
        opinions = said?["opinions"] ?? 0
        satisfaction = said?["share"]
        let found = try Row.fetchOne(
            database,
            sql: """
                SELECT coalesce(sum(passagesFound), 0) AS hits, coalesce(sum((
                    SELECT count(*) FROM turnSource WHERE turnId = turn.id AND kind = 'passage')), 0) AS used
                FROM turn WHERE passagesFound > 0
                """)
        hits = found?["hits"] ?? 0
        if hits > 0 { hitsUsedShare = Double((found?["used"] as Int?) ?? 0) / Double(hits) }
        undoneShare = try Double.fetchOne(
            database, sql: "SELECT avg(undoneBy IS NOT NULL) FROM operation WHERE kind = 'do'")
    }

    fileprivate mutating func readPlans(_ database: Database) throws {
        successRate = try Double.fetchOne(
            database, sql: "SELECT avg(status = 'completed') FROM plan WHERE status <> 'draft'")
        medianMinutesToPlan = try Double.fetchAll(
            database,
            sql: """
                SELECT (planVersion.createdAt - plan.createdAt) / 60000.0 FROM planVersion
                JOIN plan ON plan.id = planId WHERE planVersion.number = 1
                """
        ).median
        plansByTemplate = try groups(
            database, "SELECT template AS name, count(*) AS count FROM plan WHERE template IS NOT NULL GROUP BY 1")
        projectsByTag = try groups(
            database, "SELECT value AS name, count(*) AS count FROM project, json_each(tags) GROUP BY 1")
    }

    private func groups(_ database: Database, _ sql: String) throws -> [Group] {
        try Row.fetchAll(database, sql: sql + " ORDER BY 2 DESC, 1 LIMIT 10")
            .map { Group(name: $0["name"], count: $0["count"]) }
    }

    fileprivate mutating func readTasks(_ database: Database, _ now: Timestamp) throws {
        completionRate = try Double.fetchOne(
            database, sql: "SELECT avg(status = 'done') FROM planTask WHERE status <> 'cancelled'")
        blockedTasks = try Int.fetchOne(database, sql: "SELECT count(*) FROM planTask WHERE status = 'blocked'") ?? 0
        medianTaskHours = try Double.fetchAll(
            database,
            sql: """
                SELECT (completedAt - startedAt) / 3600000.0 FROM planTask
                WHERE startedAt IS NOT NULL AND completedAt IS NOT NULL
                """
        ).median
        let week: Int64 = 7 * 86_400_000
        let ages = try Int64.fetchAll(
            database,
            sql: """
                SELECT (:now - completedAt) / :week FROM planTask
                WHERE status = 'done' AND completedAt > :now - :week * \(PlanningMetrics.weeks) AND completedAt <= :now
                """, arguments: ["now": now, "week": week])
        doneByWeek = (0..<PlanningMetrics.weeks).reversed().map { age in ages.count { $0 == Int64(age) } }
        estimates = EstimateCalibration(
            try PlanTask.fetchAll(
                database,
                sql: "SELECT * FROM planTask WHERE actualMinutes IS NOT NULL AND estimateMinutes IS NOT NULL"))
    }

    fileprivate mutating func readEngines(_ database: Database) throws {
        engines = try Row.fetchAll(
            database,
            sql: """
                SELECT kind, engine, count(*) AS calls, avg(outcome IN ('ok', 'cached')) AS okShare FROM engineCall
                WHERE outcome <> 'overtaken'
                GROUP BY kind, engine ORDER BY kind, engine
                """
        ).map { Engine(kind: $0["kind"], engine: $0["engine"], calls: $0["calls"], okShare: $0["okShare"]) }
    }
}

extension [Double] {
    fileprivate var median: Double? {
        guard !isEmpty else { return nil }
        let sorted = sorted()
        let middle = sorted.count / 2
        return sorted.count.isMultiple(of: 2) ? (sorted[middle - 1] + sorted[middle]) / 2 : sorted[middle]
    }
}
