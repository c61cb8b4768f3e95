import Assistant
import Audio
import Foundation
import Planning
import Speech
import SpeechFixtures
import Support

/// All utterances of the fixtures through recogniser and matcher.
struct Bench {
    private let fixtures: Fixtures
    private let part: Fixture.Part?
    private let isVerbose: Bool
    private let recognizer: LocalRecognizer
    private let matcher: Matcher
    private let expected: ExpectedSpeech
    private let babble: [Int16]

    init(part: Fixture.Part?, isVerbose: Bool) throws {
        self.part = part
        self.isVerbose = isVerbose
        fixtures = try Fixtures()
        let table = try CommandTable(CommandTable.english)
        let recognizer = LocalRecognizer(.fromEnvironment)
        self.recognizer = recognizer
        matcher = Matcher(table) { recognizer.pronunciation.phones(of: $0) }
        expected = ExpectedSpeech(phrases: table.phrases, names: fixtures.names)
        babble = try fixtures["odd/babble.opus"].map { [fixtures] in try fixtures.samples(of: $0) } ?? []
    }

    func run(_ condition: Condition) async throws -> String {
        var commands = Tally()
        var names = Tally()
        var free = Tally()
        var sound = 0.0
        let before = cpuSeconds()
        for kind in [Fixture.Kind.command, .new, .free] {
            for (index, fixture) in fixtures.files(kind, part).enumerated() {
                let samples = try spoken(fixture, condition, seed: UInt64(index))
                sound += Double(samples.count) / Double(SpeechFormat.rate)
                let verdict = try await judge(fixture, samples)
                switch kind {
                case .command: commands.count(verdict)
                case .new: names.count(verdict)
                default: free.count(verdict)
                }
            }
        }
        let cost = (cpuSeconds() - before) / sound
        return String(
            format: "%@ %7.1f %% %5.1f %% %5.1f %%    %5.1f %%  %5.1f %%       %5.1f %%   %7.2f   %6.0f",
            condition.name.padding(toLength: 12, withPad: " ", startingAt: 0), commands.share(.right),
            commands.share(.wrong), commands.share(.again), names.share(.right), names.share(.wrong),
            free.share(.wrong), cost, residentMegabytes())
    }

    private func spoken(_ fixture: Fixture, _ condition: Condition, seed: UInt64) throws -> [Int16] {
        let quiet = [Int16](repeating: 0, count: SpeechFormat.rate / 4)
        let samples = try quiet + fixtures.samples(of: fixture) + quiet + quiet
        switch condition.noise {
        case "white": return Noise.white.mixed(into: samples, ratio: condition.ratio, seed: seed)
        case "babble": return Noise.recording(babble).mixed(into: samples, ratio: condition.ratio, seed: seed)
        default: return samples
        }
    }

    private func judge(_ fixture: Fixture, _ samples: [Int16]) async throws -> Verdict {
        let transcript = try await recognizer.transcribe(
            Utterance(samples: samples), expecting: expected, until: .now + .seconds(60))
        let understood = matcher.understand(transcript.text, names: fixtures.names)
        let verdict = Verdict(fixture, understood)
        if isVerbose, verdict != .right {
            print(
                "  \(verdict)  \(fixture.file)  “\(transcript.text)”  \(transcript.source.rawValue)",
                transcript.disagreement.map { String(format: "%.2f", $0) } ?? "-", transcript.alternatives,
                understood.map { "\($0.intent.rawValue) \($0.slots)" } ?? "")
        }
        return verdict
    }
}

enum Verdict: Hashable {
    case right
    /// Something else would have been done.
    case wrong
    /// Nothing would have been done.
    case again

    init(_ fixture: Fixture, _ understood: Understanding?) {
        guard let understood, understood.unknown == nil else {
            self = fixture.intent == "none" ? .right : .again
            return
        }
        let slots = fixture.slots ?? [:]
        let isSame =
            understood.intent.rawValue == fixture.intent && understood.slots.count == slots.count
            && slots.allSatisfy { Self.plain(understood.slots[$0.key]) == Self.plain($0.value) }
        self = isSame ? .right : .wrong
    }

    private static func plain(_ value: JSONValue?) -> String {
        switch value {
        case .number(let number): String(Int(number))
        case .string(let text):
            SpokenForm(text).words.filter { !["a", "an", "the"].contains($0) }.joined(separator: " ")
        default: ""
        }
    }
}

struct Tally {
    private var counts: [Verdict: Int] = [:]

    mutating func count(_ verdict: Verdict) { counts[verdict, default: 0] += 1 }

    func share(_ verdict: Verdict) -> Double {
        let all = counts.values.reduce(0, +)
        return all > 0 ? 100 * Double(counts[verdict] ?? 0) / Double(all) : 0
    }
}
