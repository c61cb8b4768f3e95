import Foundation
import Interchange
import Planning
import Testing

/// Any plan, out and in again: what the format carries is the same.
@Suite struct RoundTripTests {
    private static let times = 500

    @Test(arguments: ExchangeFormat.readable)
    func whatGoesOutComesInAgain(format: ExchangeFormat) throws {
        for seed in 1...Self.times {
            var writer = PlanWriter(seed)
            let plan = writer.plan()
            let hasTasks = !format.carried(plan).items.isEmpty
            // These are nothing but tasks.
            guard hasTasks || ![.specKit, .openSpec, .beads].contains(format) else { continue }
            let exported = try format.write(plan)
            #expect(try format.write(plan) == exported)
            let imported = try format.read(ImportSource("name", exported.files)).plan
            var expected = format.carried(plan)
            if !format.fields.contains(.title) { expected.title = "name" }
            let isSame = Self.same(imported, expected, format, hasTasks)
            #expect(isSame, "seed \(seed)")
            guard isSame else { return Self.show(imported, expected, exported, format) }
            #expect(format.differences(plan, imported) == [], "seed \(seed)")
            _ = try imported.tasks(of: .make(), file: "name")
        }
    }

    private static func same(_ imported: PlanFile, _ expected: PlanFile, _ format: ExchangeFormat, _ hasTasks: Bool)
        -> Bool
    {
        var imported = imported.counted
        var expected = expected.counted
        if format == .beads || format == .csv, !hasTasks { (imported.key, expected.key) = (nil, nil) }
        // What is left of a list of tasks without them is its text.
        if !format.fields.contains(.content) { imported.content = "" }
        if !format.fields.contains(.title), format != .markdown { imported.description = "" }
        if format == .json { return imported == expected && bytes(imported) == bytes(expected) }
        (expected.project, expected.number, expected.createdAt, expected.updatedAt) = (nil, nil, nil, nil)
        return imported == expected && bytes(imported) == bytes(expected)
    }

    /// Texts are equal to Swift when they look the same; here every byte counts.
    private static func bytes(_ plan: PlanFile) -> [[UInt8]] {
        var texts = [plan.title, plan.description, plan.content]
        for item in plan.items {
            texts += [item.title, item.body, item.evidence ?? "", item.assignee ?? "", item.milestone ?? ""]
            texts += item.labels + item.acceptance.map(\.text)
        }
        return texts.map { Array($0.utf8) }
    }

    private static func show(_ imported: PlanFile, _ expected: PlanFile, _ exported: Exported, _ format: ExchangeFormat)
    {
        let (imported, expected) = (imported.counted, expected.counted)
        for (name, left, right) in [
            ("key", imported.key ?? "", expected.key ?? ""), ("title", imported.title, expected.title),
            ("description", imported.description, expected.description),
            ("content", imported.content, expected.content),
        ] where left != right { Issue.record("\(name): \(left.debugDescription) ≠ \(right.debugDescription)") }
        #expect(imported.items.count == expected.items.count)
        for (left, right) in zip(imported.items, expected.items) {
            let pairs = zip(Mirror(reflecting: left).children, Mirror(reflecting: right).children)
            for (one, other) in pairs where "\(String(reflecting: one.value))" != "\(String(reflecting: other.value))" {
                Issue.record(
                    "\(right.key) \(right.title.debugDescription) \(one.label ?? ""): \(String(reflecting: one.value)) ≠ \(String(reflecting: other.value))"
                )
                return
            }
        }
    }

    @Test func aChangeOfWhatIsCarriedChangesTheHashAndNothingElseDoes() throws {
        var writer = PlanWriter(7)
        var plan = writer.plan()
        plan.items[0].status = .todo
        for format in [ExchangeFormat.beads, .taskmaster, .csv, .backlog, .github, .jira, .linear, .trello] {
            let before = try hashes(format, plan)
            var other = plan
            other.updatedAt = Timestamp(milliseconds: 1)
            other.project = "elsewhere"
            #expect(try hashes(format, other) == before, "\(format)")
            other.items[0].status = .done
            let after = try hashes(format, other)
            #expect(after != before && after.count == before.count, "\(format)")
        }
    }

    private func hashes(_ format: ExchangeFormat, _ plan: PlanFile) throws -> [String] {
        let text = try format.write(plan).files.map { String(decoding: $0.bytes, as: UTF8.self) }.joined()
        return text.split(separator: " ").filter { $0.hasPrefix("hash=") }.map { String($0.prefix(17)) }
    }
}
