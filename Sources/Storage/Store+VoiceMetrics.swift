import GRDB
import Planning

/// How talking goes: how much of it is understood, how fast it is answered, and how often somebody interrupts.
package struct VoiceMetrics: Equatable, Sendable, Codable {
    /// What was said by voice.
    package var turns = 0
    /// Of it, no engine understood a word.
    package var notUnderstood = 0
    /// Of what was understood, what was a command, said as it is taught or nearly so.
    package var commandShare: Double?
    /// Words that were repaired before they were used.
    package var repairedShare: Double?
    /// What was taken back or corrected right after it, of all that was understood.
    package var correctedShare: Double?
    /// Replies that were spoken, and of those the ones that were cut off.
    package var replies = 0
    package var interrupted = 0
    package var stages: [Statistics.Stage] = []
    package var engines: [Engine] = []
    /// The days on which there was talk, the last one last.
    package var days: [Day] = []

    package struct Engine: Equatable, Sendable, Codable {
        package let kind: String
        package let engine: String
        package let calls: Int
        package let okShare: Double
        /// Milliseconds.
        package let p50: Double
        package let p95: Double
    }

    package struct Day: Equatable, Sendable, Codable {
        /// In UTC, as `2026-11-22`.
        package let day: String
        package let turns: Int
        /// The median from the end of what was said to the first sound of the reply; nil when none was spoken.
        package let firstSound: Double?
    }

    package init() {}
}

extension Store {
    /// Of what was said since `start`.
    package func voiceMetrics(since start: Timestamp) async throws -> VoiceMetrics {
        try await read { database in
            var metrics = VoiceMetrics()
            try metrics.readTurns(database, start)
            try metrics.readReplies(database, start)
            metrics.stages = try Statistics.Stage.of(voiceSince: start, in: database)
            try metrics.readEngines(database, start)
            try metrics.readDays(database, start)
            return metrics
        }
    }
}

extension VoiceMetrics {
    fileprivate mutating func readTurns(_ database: Database, _ start: Timestamp) throws {
        let row = try Row.fetchOne(
            database,
            sql: """
                SELECT count(*) AS turns, coalesce(sum(heard = ''), 0) AS mute,
                    avg(CASE WHEN heard <> '' THEN tier IN ('exact', 'fuzzy', 'answer') END) AS commands,
                    avg(CASE WHEN heard <> '' THEN heard <> used END) AS repaired,
                    avg(CASE WHEN heard <> '' THEN command IN ('undo', 'correct') END) AS corrected
                FROM turn WHERE role = 'user' AND modality = 'voice' AND createdAt >= ?
                """, arguments: [start])
        guard let row else { return }
        turns = row["turns"]
        notUnderstood = row["mute"]
        commandShare = row["commands"]
        repairedShare = row["repaired"]
        correctedShare = row["corrected"]
    }

    /// A reply is cut off when less than nine tenths of it were heard: what is spoken is not written the same.
    fileprivate mutating func readReplies(_ database: Database, _ start: Timestamp) throws {
        let row = try Row.fetchOne(
            database,
            sql: """
                SELECT count(*) AS replies, coalesce(sum(length(spoken) * 10 < length(heard) * 9), 0) AS cut
                FROM turn WHERE role = 'assistant' AND modality = 'voice' AND spoken IS NOT NULL AND heard <> ''
                    AND createdAt >= ?
                """, arguments: [start])
        replies = row?["replies"] ?? 0
        interrupted = row?["cut"] ?? 0
    }

    fileprivate mutating func readEngines(_ database: Database, _ start: Timestamp) throws {
        let kinds = try Row.fetchAll(
            database,
            sql: """
                SELECT kind, engine, count(*) AS calls, avg(outcome = 'ok') AS okShare FROM engineCall
                WHERE startedAt >= ? AND kind IN ('transcribe', 'synthesize', 'wake') GROUP BY kind, engine
                ORDER BY kind DESC, engine
                """, arguments: [start])
        engines = try kinds.map { row in
            let times = try Double.fetchAll(
                database,
                sql: """
                    SELECT milliseconds FROM engineCall WHERE kind = ? AND engine = ? AND startedAt >= ? AND outcome = 'ok'
                    ORDER BY milliseconds
                    """, arguments: [row["kind"] as String, row["engine"] as String, start])
            return Engine(
                kind: row["kind"], engine: row["engine"], calls: row["calls"], okShare: row["okShare"],
                p50: times.percentile(0.5), p95: times.percentile(0.95))
        }
    }

    fileprivate mutating func readDays(_ database: Database, _ start: Timestamp) throws {
        let counts = try Row.fetchAll(
            database,
            sql: """
                SELECT date(createdAt / 1000, 'unixepoch') AS day, count(*) AS turns FROM turn
                WHERE role = 'user' AND modality = 'voice' AND createdAt >= ? GROUP BY 1 ORDER BY 1
                """, arguments: [start])
        days = try counts.map { row in
            let times = try Double.fetchAll(
                database,
                sql: """
                    SELECT milliseconds FROM stageTiming JOIN turn ON turn.id = turnId
                    WHERE stage = 'first_sound' AND createdAt >= ? AND date(createdAt / 1000, 'unixepoch') = ?
                    ORDER BY milliseconds
                    """, arguments: [start, row["day"] as String])
            return Day(day: row["day"], turns: row["turns"], firstSound: times.isEmpty ? nil : times.percentile(0.5))
        }
    }
}

extension Statistics.Stage {
    /// Of turns by voice, in the order in which the stages come.
    fileprivate static func of(voiceSince start: Timestamp, in database: Database) throws -> [Statistics.Stage] {
        let known = ["endpoint", "transcribe", "route", "respond", "answer", "first_sound"]
        let rows = try Row.fetchAll(
            database,
            sql: """
                SELECT stage, milliseconds FROM stageTiming JOIN turn ON turn.id = turnId
                WHERE modality = 'voice' AND createdAt >= ? ORDER BY milliseconds
                """, arguments: [start])
        let groups = Dictionary(grouping: rows) { $0["stage"] as String }
        let order = known.filter { groups[$0] != nil } + groups.keys.filter { !known.contains($0) }.sorted()
        return order.map { stage in
            let times = groups[stage, default: []].map { $0["milliseconds"] as Double }
            return Statistics.Stage(
                stage: stage, count: times.count, p50: times.percentile(0.5), p95: times.percentile(0.95))
        }
    }
}
