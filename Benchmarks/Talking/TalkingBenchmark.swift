import Foundation

/// Measures how Aloud takes turns, in a room on a virtual clock: `talking echo|barge|pauses|wake|soak [--OPTION NUMBER …]
/// [--json]`. What it hears and says is sound; recogniser, voices, echo canceller and judge are the real ones.
@main
struct TalkingBenchmark {
    static func main() async throws {
        let arguments = Array(CommandLine.arguments.dropFirst())
        guard let name = arguments.first, let options = Options(Array(arguments.dropFirst())) else { usage() }
        let began = ContinuousClock.now
        var figures: Figures
        switch name {
        case "echo": figures = try await EchoGate(options).measure()
        case "barge": figures = try await BargeGate(options).measure()
        case "pauses": figures = try await PauseGate(options).measure()
        case "wake": figures = try await WakeGate(options).measure()
        case "soak": figures = try await SoakGate(options).measure()
        default: usage()
        }
        figures.took = (ContinuousClock.now - began) / .seconds(1)
        figures.show(asJSON: options.isJSON)
        exit(figures.isMissed ? 1 : 0)
    }

    private static func usage() -> Never {
        FileHandle.standardError.write(
            Data(
                """
                talking echo   [--minutes 60] [--level 0]     its own voice in the room, and nobody else's
                talking barge  [--count 160] [--level -6]     words, coughs and signs to go on while it speaks
                talking pauses [--count 25] [--thinking 700]  people who pause within what they say
                talking wake   [--hours 6] [--calls 160]      speech without the wake phrase, and calls
                talking soak   [--minutes 120]                a long conversation
                Each takes --seed NUMBER, --json, and --verbose to tell every outcome; the exit status is 1 when a limit is missed.

                """.utf8))
        exit(64)
    }
}

/// `--name number` pairs.
struct Options {
    private var values: [String: Double] = [:]
    private(set) var isJSON = false
    /// Whether to tell each outcome.
    private(set) var isVerbose = false

    init?(_ arguments: [String]) {
        var left = arguments[...]
        while let argument = left.popFirst() {
            if argument == "--json" {
                isJSON = true
            } else if argument == "--verbose" {
                isVerbose = true
            } else if argument.hasPrefix("--"), let value = left.popFirst().flatMap(Double.init) {
                values[String(argument.dropFirst(2))] = value
            } else {
                return nil
            }
        }
    }

    func number(_ name: String, _ usual: Double) -> Double { values[name] ?? usual }

    func count(_ name: String, _ usual: Int) -> Int { Int(number(name, Double(usual))) }

    func seed(_ usual: Int) -> UInt64 { UInt64(max(0, number("seed", Double(usual)))) }
}
