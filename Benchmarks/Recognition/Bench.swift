import Audio
import Foundation
import Speech
import SpeechFixtures

/// All utterances of the fixtures, understood one after the other.
struct Bench {
    private let fixtures: Fixtures
    private let part: Fixture.Part?
    private let isVerbose: Bool
    private let understander: Understander
    private let babble: [Int16]

    init(_ fixtures: Fixtures, part: Fixture.Part?, isVerbose: Bool, _ understander: Understander) throws {
        self.fixtures = fixtures
        self.part = part
        self.isVerbose = isVerbose
        self.understander = understander
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
        let understood = try await understander.understand(fixture, samples)
        let verdict = Verdict(
            fixture, command: understood.command, slots: understood.slots, asks: understood.asks)
        if isVerbose, verdict != .right {
            print(
                "  \(verdict)  \(fixture.file)  \(understood.shown)  \(understood.command ?? "-") \(understood.slots)")
        }
        return verdict
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
