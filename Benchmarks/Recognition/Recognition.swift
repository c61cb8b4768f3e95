import Foundation
import SpeechFixtures

/// Measures what the local recogniser understands:
/// `ALOUD_BENCHMARKS=1 swift run recognition [hear] [tune|test] [conditions…] [verbose]`, with `hear` by the binary as a
/// user runs it; or `… recognition idle` for what listening costs.
@main
struct Recognition {
    static func main() async throws {
        let arguments = Array(CommandLine.arguments.dropFirst())
        if arguments.contains("idle") { return try await Idle.run() }
        let fixtures = try Fixtures()
        let understander: Understander =
            arguments.contains("hear") ? try await .hear(fixtures) : try .recogniser(fixtures)
        let bench = try Bench(
            fixtures, part: arguments.compactMap(Fixture.Part.init(rawValue:)).first,
            isVerbose: arguments.contains("verbose"), understander)
        let named = Condition.all.filter { arguments.contains($0.name) }
        print("condition     commands  wrong  again   new names  wrong   free: false   s per s   RSS MB")
        for condition in named.isEmpty ? Condition.all : named {
            print(try await bench.run(condition))
        }
    }
}

struct Condition {
    let name: String
    var noise: String?
    var ratio = 0.0

    static let all = [
        Condition(name: "clean"),
        Condition(name: "white20", noise: "white", ratio: 20),
        Condition(name: "babble20", noise: "babble", ratio: 20),
        Condition(name: "babble10", noise: "babble", ratio: 10),
    ]
}
