import Interchange
import Planning
import Testing

@Suite struct DigestTests {
    private func digest(_ count: Int, title: String = "task", content: String = "") throws -> PlanDigest {
        let plan = Plan(number: 3, projectId: .make(), title: "sync")
        let tasks = (0..<count).map { index in
            var task = PlanTask(
                id: .init(rawValue: "t\(index)"), planId: plan.id, number: index + 1, title: title,
                dependsOn: index % 3 == 2 ? [index] : [], at: Timestamp(milliseconds: 0))
            if index % 5 == 4 { task.become(.done, at: Timestamp(milliseconds: 1)) }
            if index % 7 == 6 {
                task.status = .blocked
                task.evidence = "the API\nis down"
            }
            return task
        }
        return try PlanDigest(
            Plan(
                id: .init(rawValue: "p"), number: 3, projectId: .init(rawValue: "q"), title: "sync",
                at: Timestamp(milliseconds: 0)),
            project: "demo", content: content, tasks: tasks)
    }

    @Test func itSaysHowThePlanStands() throws {
        let digest = try digest(7, content: "# sync\n\n## Goal\n\nnotes\n\n## Design\n\n## Testing\n\n### By hand\n")
        #expect(digest.progress == "1 of 7 tasks done" && digest.openSections == ["Design", "By hand"])
        #expect(digest.ready.map(\.number) == [1, 2, 4, 6])
        #expect(digest.blocked.map(\.detail) == ["waits for task 2", "the API is down"])
        #expect(
            digest.text.contains("\n  7. task (the API is down)\n")
                && digest.text.hasPrefix("Plan 3: sync\nProject: demo\n"))
        #expect(digest.text.hasSuffix("\nHash: \(digest.hash)") && digest.hash.utf8.count == 12)
    }

    @Test(arguments: [0, 1, 50, 2000])
    func itStaysWithinItsBound(count: Int) throws {
        let title = String(repeating: "\u{1F469}\u{200D}\u{1F4BB} long ", count: 60)
        let content = (0..<500).map { "## Section \($0) \(String(repeating: "x", count: 150))\n" }.joined()
        #expect(try digest(count, title: title, content: content).text.unicodeScalars.count <= PlanDigest.longest)
    }

    @Test func anyChangeChangesTheHash() throws {
        #expect(try digest(3).hash == digest(3).hash)
        #expect(try digest(3).hash != digest(4).hash && digest(3).hash != digest(3, title: "other").hash)
        #expect(try digest(3).hash != digest(3, content: "text").hash)
    }
}
