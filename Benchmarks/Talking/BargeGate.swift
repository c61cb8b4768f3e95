import Foundation
import SeededRandom
import Speech
import Support

/// Somebody speaks while Aloud does: how soon it is silent, and what does not silence it.
struct BargeGate {
    private let count: Int
    private let level: Double
    private let seed: UInt64
    private let isVerbose: Bool

    /// A sound, and what it is.
    fileprivate struct Said {
        let what: String
        let samples: [Int16]
    }

    /// What came of one sound made while Aloud spoke. Milliseconds.
    private struct Outcome {
        /// Onset of the sound to the last sample that was played.
        var silent: Int?
        /// The same from the first voice in it.
        var voiceToSilence: Int?
        var detected: Int?
        /// Whether the reply went on to its end.
        var isWhole = false
    }

    /// Words that are said to stop somebody.
    private static let stops = [
        "stop", "wait", "no", "hold on", "stop talking", "never mind", "wait a second", "no not that", "hang on",
        "be quiet", "okay stop", "actually no", "sorry what", "let me think", "not that one", "one moment",
    ]
    private static let signs = ["uh huh", "yeah", "okay", "right", "I see", "got it", "oh", "sure", "aha", "very good"]

    init(_ options: Options) {
        count = options.count("count", 160)
        level = options.number("level", -6)
        seed = options.seed(2)
        isVerbose = options.isVerbose
    }

    func measure() async throws -> Figures {
        let planner = try await Planner()
        defer { try? planner.end() }
        let words = try Self.stops + Texts().commands().filter { $0.count < 60 }
        var random = SeededRandom(seed)
        var figures = Figures("somebody speaks while it does")
        for echo in [nil, VirtualRoom.Echo(level: level, delay: 80)] {
            let name = echo == nil ? "no echo" : "echo \(Int(level)) dB"
            let said = try await outcomes(
                try await count.sounds(words, &random), echo, planner, &random)
            let silent = said.compactMap(\.silent)
            figures.tell("\(name): words", said.count)
            figures.tell("\(name): not heard", said.count { $0.silent == nil })
            figures.tell("\(name): heard and taken for nothing", said.count { $0.silent != nil && $0.isWhole })
            let voice = said.compactMap(\.voiceToSilence)
            figures.tell("\(name): onset of voice to silence, median", voice.percentile(0.5), "ms")
            figures.tell(
                "\(name): onset of voice to silence, 95 %", voice.percentile(0.95), "ms",
                atMost: echo == nil ? 200 : 600)
            figures.tell("\(name): first sound to silence, 95 %", silent.percentile(0.95), "ms")
            let after = said.compactMap { outcome in outcome.silent.flatMap { at in outcome.detected.map { at - $0 } } }
            figures.tell("\(name): detection to silence, 95 %", after.percentile(0.95), "ms", atMost: 60)
            let coughs = try await outcomes(
                (0..<count / 4).map { _ in Said(what: "cough", samples: Cough(&random).samples) }, echo, planner,
                &random)
            figures.tell("\(name): coughs", coughs.count)
            figures.tell("\(name): coughs after which it did not go on", coughs.count { !$0.isWhole }, atMost: 0)
            figures.tell("\(name): coughs that made it pause", coughs.count { $0.silent != nil })
            let signs = try await outcomes(
                try await (count / 4).sounds(Self.signs, &random), echo, planner, &random)
            figures.tell("\(name): signs to go on", signs.count)
            figures.tell("\(name): signs after which it did not", signs.count { !$0.isWhole })
        }
        return figures
    }

    /// One reply for each sound.
    private func outcomes(
        _ sounds: [Said], _ echo: VirtualRoom.Echo?, _ planner: Planner, _ random: inout SeededRandom
    ) async throws -> [Outcome] {
        let documents = try Texts().documents()
        let room = VirtualRoom(echo: echo, noise: -62, remembered: 2)
        let scene = Scene(.open, in: room, with: planner)
        // The first second of its own speech teaches the echo guard.
        let first = await scene.begin(speaking: "I am here, and this is what I sound like in this room.", id: "first")
        while first.value == nil { await room.pass(0.5) }
        var outcomes: [Outcome] = []
        for (number, sound) in sounds.enumerated() {
            await room.pass(1)
            let text = Texts.reply(random.pick(documents), from: random.next(below: 400), characters: 700)
            let done = await scene.begin(speaking: text, id: "\(number)")
            await room.pass(random.number(0.4...8))
            guard done.value == nil, scene.service.state == .speaking else { continue }
            outcomes.append(await outcome(of: sound, scene, done, SpeakableText.spoken(text), number))
        }
        await scene.end()
        return outcomes
    }

    private func outcome(
        of said: Said, _ scene: Scene, _ done: Shared<Int?>, _ text: String, _ number: Int
    ) async -> Outcome {
        var outcome = Outcome()
        let room = scene.room
        let onset = room.now
        let sound = said.samples
        room.say(sound)
        let end = onset + sound.count / 16 + 400
        while room.now < end, outcome.silent == nil, done.value == nil {
            await room.pass(0.01)
            if room.now - room.lastSound >= 30 { outcome.silent = room.lastSound - onset }
        }
        outcome.voiceToSilence = outcome.silent.map { $0 - VoiceOnset.of(sound) / 16 }
        outcome.detected = scene.events.value.first { $0.at >= onset && $0.event == .speechStarted }.map {
            $0.at - onset
        }
        // To the end of what is said, of its turn, and of the reply when it goes on.
        await room.pass(Double(max(0, onset + sound.count / 16 - room.now)) / 1000 + 2.5)
        while done.value == nil { await room.pass(0.5) }
        let heard = scene.heard.value["\(number)"] ?? ""
        outcome.isWhole = heard.filter(\.isLetter) == text.filter(\.isLetter)
        if isVerbose {
            let told = scene.events.value.filter { $0.at >= onset }.compactMap { _, event -> String? in
                switch event {
                case .transcript(let text, _, _): "“\(text)”"
                case .nothingHeard(let reason): reason
                default: nil
                }
            }
            print(
                said.what, "\(sound.count / 16) ms", "detected", outcome.detected ?? "-", "silent",
                outcome.silent ?? "-", outcome.isWhole ? "went on" : "cut", told.joined(separator: ", "))
        }
        return outcome
    }
}

extension Int {
    /// So many of the texts, in four voices at several paces.
    fileprivate func sounds(_ texts: [String], _ random: inout SeededRandom) async throws -> [BargeGate.Said] {
        var sounds: [BargeGate.Said] = []
        for number in 0..<self {
            let person = Person(
                LocalVoice.Name.allCases[number % 4], rate: random.number(0.85...1.25), gain: random.number(-6...3))
            let text = texts[number / 4 % texts.count]
            sounds.append(
                BargeGate.Said(what: "\(person.voice) “\(text)”", samples: try await person.say(text)))
        }
        return sounds
    }
}

/// A burst of breath with a little voice in it, 60 to 220 ms long.
private struct Cough {
    let samples: [Int16]

    init(_ random: inout SeededRandom) {
        let length = Int(random.number(60...220)) * 16
        let pitch = random.number(110...260)
        let voice = random.number(0.2...1)
        let loudness = random.number(2500...9000)
        samples = (0..<length).map { index in
            let wave = (1...12).reduce(0.0) { sum, harmonic in
                sum + sin(Double(index * harmonic) * pitch * 2 * .pi / 16_000) / Double(harmonic)
            }
            let breath = random.number(-1...1)
            let shape = sin(Double(index) * .pi / Double(length))
            return Int16(clamping: Int(loudness * shape * (voice * wave + (1 - voice) * breath)))
        }
    }
}
