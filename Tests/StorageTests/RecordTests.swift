import Foundation
import GRDB
import Planning
import Testing

@testable import Storage

/// What is written by hand, column by column.
@Suite struct RecordTests {
    private let plan = Plan(number: 1, projectId: .make(), title: "p")
    private var task: PlanTask { PlanTask(planId: plan.id, number: 1, title: "t") }

    /// A column that were forgotten would keep what it had.
    @Test func everyColumnOfATableIsWritten() async throws {
        let scratch = Scratch()
        let store = try await Store.open(path: scratch.path)
        let written = [
            "project": Set(try Project(name: "a").databaseDictionary.keys),
            "plan": Set(try plan.databaseDictionary.keys),
            "planTask": Set(try task.databaseDictionary.keys),
            "operation": Set(
                try Storage.Operation(
                    id: "", kind: .do, summary: "", conversationId: nil, reverses: nil, undoneBy: nil, createdAt: .now
                ).databaseDictionary.keys),
        ]
        for (table, columns) in written {
            let known = try await store.read { try Set($0.columns(in: table).map(\.name)) }
            #expect(columns == known.subtracting(["rowid"]), "\(table)")
        }
        try store.close()
    }

    /// The audit compares texts: a list that is written otherwise than before would look changed.
    @Test func listsAndMetadataAreTheTextsTheyAlwaysWere() throws {
        var task = task
        #expect(try task.databaseDictionary["labels"] == "[]".databaseValue)
        task.dependsOn = [2, 3]
        task.labels = ["a\"b", "c/d"]
        task.acceptance = [PlanTask.CheckItem("x", isDone: true)]
        task.links = [PlanTask.Link(.discoveredFrom, 2)]
        let columns = try task.databaseDictionary
        #expect(columns["dependsOn"] == "[2,3]".databaseValue)
        #expect(columns["labels"] == #"["a\"b","c\/d"]"#.databaseValue)
        #expect(columns["acceptance"] == #"[{"isDone":true,"text":"x"}]"#.databaseValue)
        #expect(columns["links"] == #"[{"kind":"discovered_from","task":2}]"#.databaseValue)
        var plan = plan
        #expect(try plan.databaseDictionary["metadata"] == #"{"dependencies":[],"milestones":[]}"#.databaseValue)
        plan.metadata.priority = .high
        let metadata = #"{"dependencies":[],"milestones":[],"priority":"high"}"#
        #expect(try plan.databaseDictionary["metadata"] == metadata.databaseValue)
    }
}
