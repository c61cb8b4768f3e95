import AloudProcess
import Foundation
import Interchange
import Planning
import Testing

/// The script with a `gh` that only writes down what it is told.
@Suite struct GitHubScriptTests {
    /// Its words one after the other, each ended by a NUL; new issues have the numbers 1, 2, …
    private static let gh = #"""
        #!/bin/sh
        printf '%s\0' gh "$@" >>"$CALLS"
        case "$1 $2" in
        "issue list") exit "${SEARCH_FAILS:-0}" ;;
        "issue create")
            body=$(cat; printf x)
            printf 'body:%s\0' "${body%x}" >>"$CALLS"
            n=$(($(cat "$COUNT" 2>/dev/null || echo 0) + 1))
            echo "$n" >"$COUNT"
            echo "https://github.com/o/r/issues/$n"
            ;;
        "api repos/"*) echo 900 ;;
        esac
        """#

    private func run(_ plan: PlanFile, _ more: [String: String] = [:]) async throws -> (AloudHome.Ended, [[String]]) {
        let home = AloudHome()
        let script = home.folder + "/plan.sh"
        let files = try ExchangeFormat.github.write(plan).files
        try Data(files[1].bytes).write(to: URL(fileURLWithPath: script))
        try Data(Self.gh.utf8).write(to: URL(fileURLWithPath: home.folder + "/gh"))
        chmod(home.folder + "/gh", 0o755)
        let environment = [
            "PATH": "\(home.folder):/usr/bin:/bin", "CALLS": home.folder + "/calls", "COUNT": home.folder + "/count",
            "ALOUD_PAUSE": "0", "TMPDIR": home.folder,
        ].merging(more) { $1 }
        let process = try RunningProcess("/bin/sh", [script, "o/r"], environment: environment)
        process.closeInput()
        let ended = await process.ended()
        let calls = (FileManager.default.contents(atPath: home.folder + "/calls") ?? Data()).split(separator: 0)
            .map { String(decoding: $0, as: UTF8.self) }
        return (ended, calls.split(separator: "gh").map { Array($0) })
    }

    @Test func everyTextReachesTheProgramToTheLetter() async throws {
        for seed in 1...12 {
            var writer = PlanWriter(seed)
            let plan = writer.plan()
            let (ended, calls) = try await run(plan)
            #expect(ended.status == 0, "seed \(seed): \(ended.errors)")
            let creates = calls.filter { $0.starts(with: ["issue", "create"]) }
            #expect(creates.count == plan.items.count)
            for (item, call) in zip(plan.items, creates) {
                #expect(
                    call.contains { Array($0.utf8) == Array("--title=\(item.title.prefixed(256))".utf8) },
                    "seed \(seed)")
                let body = call.first { $0.hasPrefix("body:") } ?? ""
                #expect(body.contains("/\(item.key) hash=") && body.utf8.count >= item.body.utf8.count / 2)
                if let milestone = item.milestone { #expect(call.contains("--milestone=\(milestone)")) }
            }
            let closed = calls.filter { $0.contains("state=closed") }.count
            #expect(closed == plan.items.count { !$0.status.isOpen })
        }
    }

    @Test func aSearchThatFailsMakesNothingTwice() async throws {
        let (ended, calls) = try await run(GoldenTests.plan, ["SEARCH_FAILS": "1"])
        #expect(ended.status != 0)
        #expect(!calls.contains { $0.starts(with: ["issue", "create"]) })
    }
}

extension String {
    fileprivate func prefixed(_ count: Int) -> String {
        unicodeScalars.count <= count ? self : String(String.UnicodeScalarView(unicodeScalars.prefix(count - 1))) + "…"
    }
}
