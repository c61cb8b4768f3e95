import Assistant
import Foundation
import Planning
import Testing

/// What a plan names, held against a real folder.
@Suite struct RepositoryCheckTests {
    @Test func whatIsNotThereIsTold() async throws {
        let folder = NSTemporaryDirectory() + "aloud-check-" + UUID().uuidString
        let files = FileManager.default
        try files.createDirectory(atPath: folder + "/Sources/Store", withIntermediateDirectories: true)
        try files.createDirectory(atPath: folder + "/.git", withIntermediateDirectories: true)
        try files.createDirectory(atPath: folder + "-outside", withIntermediateDirectories: true)
        defer { try? files.removeItem(atPath: folder) }
        try Data("struct PlanStore { func save_plan() {} }\n".utf8).write(
            to: URL(fileURLWithPath: folder + "/Sources/Store/PlanStore.swift"))
        try Data("struct HiddenThing {}".utf8).write(to: URL(fileURLWithPath: folder + "/.git/config.swift"))
        try Data("struct OutsideThing {}".utf8).write(to: URL(fileURLWithPath: folder + "-outside/OutsideThing.swift"))
        try files.createSymbolicLink(atPath: folder + "/link", withDestinationPath: folder + "-outside")
        let text = """
            # x

            ## Design

            `PlanStore` in `Sources/Store/PlanStore.swift:12` and `PlanStore.swift` and `Store/PlanStore.swift` keeps it;
            `PlanStore.save_plan()` too. `Sources/Store` is a folder, `queue` is a word, `swift build` a command,
            `https://x.y/z.html` an address, `application/json` a type, `and/or` nothing, `/projects` a route.
            New: `TaskStore`, `Sources/Store/TaskStore.swift`, `Sources/Nowhere`, ``a `b` c``, `plan_task`, `run(of:)`.
            `OutsideThing` is outside, `HiddenThing` hidden, `link/OutsideThing.swift` behind a link, `../x.swift` above.

            ```
            `InABlock`
            ```
            """
        let result = await RepositoryCheck(folder).result(for: Outline(markdown: text))
        #expect(
            result.absent.map(\.name) == [
                "TaskStore", "Sources/Store/TaskStore.swift", "Sources/Nowhere", "plan_task", "run", "OutsideThing",
                "HiddenThing", "link/OutsideThing.swift",
            ])
        #expect(result.absent.allSatisfy { $0.section == "Design" } && result.shortfall == nil)
        let nothing = await RepositoryCheck(folder + "/nowhere").result(for: Outline(markdown: text))
        #expect(nothing.absent.isEmpty && nothing.shortfall?.contains("cannot be read") == true)
    }
}
