import GRDB

/// How much is kept, and how long each stage of a turn takes.
package struct Statistics: Equatable, Sendable, Codable {
    package let projects: Int
    package let plans: Int
    package let versions: Int
    package let tasks: Int
    package let turns: Int
    package let utterances: Int
    package let stages: [Stage]
    package let models: [ModelUse]

    package struct Stage: Equatable, Sendable, Codable {
        package let stage: String
        package let count: Int
        /// Milliseconds.
        package let p50: Double
        package let p95: Double
    }
}

extension Store {
    package func statistics() async throws -> Statistics {
        try await read { database in
            func count(_ table: String) throws -> Int {
                try Int.fetchOne(database, sql: "SELECT count(*) FROM \(table)") ?? 0
            }
            let stages = try String.fetchAll(database, sql: "SELECT DISTINCT stage FROM stageTiming ORDER BY stage")
            return Statistics(
                projects: try count("project"), plans: try count("plan"), versions: try count("planVersion"),
                tasks: try count("planTask"), turns: try count("turn"), utterances: try count("utterance"),
                stages: try stages.map { stage in
                    let times = try Double.fetchAll(
                        database, sql: "SELECT milliseconds FROM stageTiming WHERE stage = ? ORDER BY milliseconds",
                        arguments: [stage])
                    return Statistics.Stage(
                        stage: stage, count: times.count, p50: times.percentile(0.5), p95: times.percentile(0.95))
                }, models: try ModelUse.all(in: database))
        }
    }
}

extension [Double] {
    /// Of sorted values, by nearest rank; 0 when there are none.
    func percentile(_ share: Double) -> Double {
        guard !isEmpty else { return 0 }
        return self[Swift.min(count - 1, Int((Double(count) * share).rounded(.up)) - 1)]
    }
}
