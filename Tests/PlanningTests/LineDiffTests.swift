import Foundation
import Testing

@testable import Planning

@Suite struct LineDiffTests {
    @Test func showsWhatChangedAsDiffDoes() {
        let diff = LineDiff("a\nb\nc\nd\ne\nf\ng\nh\n", "a\nb\nC\nd\ne\nf\ng\nh\ni")
        #expect(
            diff.unified(from: "version 1", to: "version 2") == """
                --- version 1
                +++ version 2
                @@ -1,8 +1,9 @@
                 a
                 b
                -c
                +C
                 d
                 e
                 f
                 g
                 h
                +i
                \\ No newline at end of file

                """)
        #expect(diff.added == 2 && diff.removed == 1)
        #expect(LineDiff("same\n", "same\n").unified(from: "a", to: "b") == "")
    }

    /// patch(1) makes the new text of the old one and our difference.
    @Test func patchMakesTheNewTextOfIt() throws {
        let folder = NSTemporaryDirectory() + "diff-" + UUID().uuidString
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: folder) }
        for seed in 1...60 {
            var writer = Writer(seed)
            let old = writer.document()
            let new = writer.edited(old, times: writer.number(below: 6))
            var (before, after) = (old.markdown, new.markdown)
            if seed % 3 == 0 { before = String(before.dropLast()) }
            if seed % 5 == 0 { after += "no end" }
            let patch = LineDiff(before, after).unified(from: "plan", to: "plan")
            try Data(before.utf8).write(to: URL(fileURLWithPath: folder + "/plan"))
            try Data(patch.utf8).write(to: URL(fileURLWithPath: folder + "/patch"))
            let process = Process()
            process.executableURL = URL(fileURLWithPath: "/usr/bin/patch")
            process.arguments = ["--silent", "--directory", folder, "plan", "patch"]
            try process.run()
            process.waitUntilExit()
            let made = try Data(contentsOf: URL(fileURLWithPath: folder + "/plan"))
            #expect((process.terminationStatus == 0 || patch.isEmpty) && made == Data(after.utf8), "seed \(seed)")
        }
    }

    @Test func theChangesMakeOneTextOfTheOther() {
        for seed in 1...1000 {
            var writer = Writer(seed)
            let old = writer.paragraph() + "\n" + writer.document().markdown
            let new = writer.edited(Outline(markdown: old), times: writer.number(below: 8)).markdown
            let diff = LineDiff(old, new)
            var made: [String] = []
            var next = 0
            for change in diff.changes {
                made += diff.old[next..<change.old.lowerBound] + diff.new[change.new]
                next = change.old.upperBound
            }
            made += diff.old[next...]
            #expect(made.joined() == new, "seed \(seed)")
        }
    }

    @Test func aLargeTextThatIsAllNewIsComparedInTime() {
        let old = (0..<100_000).map { "line \($0 % 7)\n" }.joined()
        let new = (0..<100_000).map { "other \($0 % 5)\n" }.joined()
        #expect(LineDiff(old, new).changes.count == 1)
    }
}
