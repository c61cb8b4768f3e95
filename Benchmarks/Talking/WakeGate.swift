import Assistant
import Audio
import Foundation
import Planning
import SeededRandom
import Speech
import Support

/// Speech that does not hold the wake phrase, and calls that do.
struct WakeGate {
    private let hours: Double
    private let calls: Int
    private let threshold: Double
    private let seed: UInt64
    private let isVerbose: Bool

    init(_ options: Options) {
        hours = options.number("hours", 6)
        calls = options.count("calls", 160)
        threshold = options.number("threshold", log10(WakeSpotter.Configuration().threshold))
        seed = options.seed(4)
        isVerbose = options.isVerbose
    }

    /// How often it woke, and how often the recogniser agreed that it was called.
    private struct Count {
        var woken = 0
        var taken = 0
        var agreed = 0
    }

    func measure() async throws -> Figures {
        let planner = try await Planner()
        defer { try? planner.end() }
        var figures = Figures("the wake phrase")
        if hours > 0 {
            let tape = try Tape(Texts().sentences(), seconds: hours * 3600, seed: seed)
            let count = try await listen(to: tape.source, planner)
            figures.tell("speech without it", hours, "h")
            figures.tell("false wakes", count.woken)
            figures.tell("false wakes with a request", count.taken)
            figures.tell("false wakes that the recogniser believed", count.agreed, atMost: 0)
        }
        try await call(planner, &figures)
        return figures
    }

    private func call(_ planner: Planner, _ figures: inout Figures) async throws {
        var random = SeededRandom(seed + 1)
        let commands = try Texts().commands().filter { $0.count < 60 }
        var missed = 0
        var doubted = 0
        var requests = 0
        for number in 0..<calls {
            let person = Person(
                LocalVoice.Name.allCases[number % 4], rate: random.number(0.85...1.2), gain: random.number(-12...3))
            let command = random.pick(commands)
            let text = ["Okay planner.", "Okay planner, \(command)", "Okay planner \(command)"][number / 4 % 3]
            var samples = [Int16](repeating: 0, count: SpeechFormat.rate) + (try await person.say(text))
            for index in samples.indices { samples[index] &+= Int16(random.next(below: 21) - 10) }
            let sound = PCM(samples: samples, rate: SpeechFormat.rate)
            let count = try await listen(to: .recording(sound, silence: 2500), planner)
            if count.woken == 0 { missed += 1 }
            requests += count.taken
            doubted += count.taken - count.agreed
            if isVerbose { print(person.voice, text, "woken", count.woken, "agreed", count.agreed, "of", count.taken) }
        }
        figures.tell("calls", calls)
        figures.tell("calls that were missed", 100 * Double(missed) / Double(max(1, calls)), "%", atMost: 5)
        figures.tell(
            "calls with a request that the recogniser doubted", 100 * Double(doubted) / Double(max(1, requests)), "%")
    }

    private func listen(to source: FrameSource, _ planner: Planner) async throws -> Count {
        var configuration = Listener.Configuration()
        var wake = WakeSpotter.Configuration()
        wake.threshold = pow(10, threshold)
        configuration.wake = wake
        configuration.endpointer.trailing = 60
        let expected = try await planner.dialogue.expected()
        var count = Count()
        for await event in Listener.events(configuration, of: source) {
            switch event {
            case .woke: count.woken += 1
            case .ended(let heard) where heard.hasWake && heard.voicedAfterWake >= VoiceLoop.shortestRequest:
                count.taken += 1
                let transcript = try await planner.recognizer.transcribe(
                    heard.utterance, expecting: expected, until: .now + .seconds(60))
                if transcript.heardWake != false { count.agreed += 1 }
                if isVerbose { print("  “\(transcript.text)” \(transcript.heardWake.map(String.init) ?? "-")") }
            case .failed(let reason): throw SpeechError.engine(reason)
            default: break
            }
        }
        return count
    }
}

/// Hours of speech, made while it is heard: other sentences, voices, paces, loudnesses and noises all the time.
///
/// `@unchecked Sendable`: only the listener's thread reads it.
private final class Tape: @unchecked Sendable {
    private let sentences: [String]
    private var random: SeededRandom
    private var left: Int
    private var samples: [Int16] = []
    private var next = 0
    private var person: Person
    private var noise = 4
    private var order: [Int] = []

    init(_ sentences: [String], seconds: Double, seed: UInt64) throws {
        guard !sentences.isEmpty else { throw SpeechError.engine("there is nothing to say") }
        self.sentences = sentences
        random = SeededRandom(seed)
        left = Int(seconds * Double(SpeechFormat.rate))
        person = Person(.rms)
    }

    var source: FrameSource { FrameSource { [self] in read(into: $0) } }

    private func read(into frame: UnsafeMutableBufferPointer<Int16>) -> FrameSource.Reading {
        guard left > 0 else { return .end }
        while samples.count - next < frame.count { refill() }
        for index in frame.indices {
            frame[index] = samples[next + index] &+ Int16(random.next(below: 2 * noise + 1) - noise)
        }
        next += frame.count
        left -= frame.count
        return .frame
    }

    private func refill() {
        if order.isEmpty { order = Array(sentences.indices).shuffled(using: &random) }
        if random.next(below: 6) == 0 {
            person = Person(
                random.pick(LocalVoice.Name.allCases), rate: random.number(0.8...1.35), gain: random.number(-14...3))
            noise = 1 << random.next(below: 7)
        }
        let text = sentences[order.removeLast()]
        let said = Shared<[Int16]>([])
        let done = DispatchSemaphore(value: 0)
        Task { [person] in
            said.value = (try? await person.say(text)) ?? []
            done.signal()
        }
        done.wait()
        // Loud voices must leave room for the noise.
        samples = Array(samples[next...]) + said.value.map { min(max($0, -32_000), 32_000) }
        samples += [Int16](repeating: 0, count: Int(random.number(0.1...0.9) * Double(SpeechFormat.rate)))
        next = 0
    }
}
