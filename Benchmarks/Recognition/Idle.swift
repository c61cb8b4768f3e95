import Assistant
import Audio
import Foundation
import Planning
import Speech
import SpeechFixtures

/// What listening costs: ten minutes of a quiet room, and the same of talk, through voice activity and wake phrase.
struct Idle {
    static func run() async throws {
        try listening()
        try await recognising()
        try await speaking()
    }

    private static func recognising() async throws {
        let fixtures = try Fixtures()
        guard let command = fixtures.files(.command).first else { return }
        let samples = try fixtures.samples(of: command)
        let expected = ExpectedSpeech(
            phrases: try CommandTable(CommandTable.english).phrases, names: fixtures.names)
        var configuration = LocalRecognizer.Configuration()
        configuration.idle = .seconds(1)
        let recognizer = LocalRecognizer(configuration)
        let before = residentMegabytes()
        for pass in ["first", "second"] {
            let start = ContinuousClock.now
            _ = try await recognizer.transcribe(
                Utterance(samples: samples), expecting: expected, until: .now + .seconds(60))
            print(pass, "command:", ContinuousClock.now - start)
        }
        let loaded = residentMegabytes()
        try await Task.sleep(for: .seconds(2))
        print(
            String(
                format: "models: %.0f MB, %.0f MB left after they were given back", loaded - before,
                residentMegabytes() - before))
    }

    private static func speaking() async throws {
        for voice in LocalVoice.Name.allCases {
            var first: [Duration] = []
            for text in ["Yes.", "Created project voice notes.", "You have three projects, and nine open tasks."] {
                let start = ContinuousClock.now
                for try await _ in LocalVoice(voice).speak(text) {
                    first.append(ContinuousClock.now - start)
                    break
                }
            }
            print("first sound of \(voice.rawValue):", first)
        }
    }

    private static func listening() throws {
        let fixtures = try Fixtures()
        let room = try fixtures["odd/room.wav"].map { try fixtures.samples(of: $0) } ?? []
        let talk = try fixtures.files(.free).flatMap { try fixtures.samples(of: $0) }
        let before = residentMegabytes()
        let cutter = try UtteranceCutter()
        let spotter = try WakeSpotter()
        for (name, sound) in [("quiet room", room), ("talk", talk)] {
            let start = cpuSeconds()
            let wakes = try listen(sound, seconds: 600, cutter, spotter)
            let share = (cpuSeconds() - start) / 6
            print(String(format: "%@: %.2f %% of a core, %d wakes", name, share, wakes))
        }
        print(
            String(
                format: "resident: %.0f MB, of it listening: %.0f MB", residentMegabytes(), residentMegabytes() - before
            ))
    }

    private static func listen(
        _ sound: [Int16], seconds: Int, _ cutter: UtteranceCutter, _ spotter: WakeSpotter
    ) throws -> Int {
        var wakes = 0
        let frames = sound.count / SpeechFormat.frame
        for index in 0..<seconds * 100 {
            let start = index % frames * SpeechFormat.frame
            try sound.withUnsafeBufferPointer { sound in
                let frame = UnsafeBufferPointer(rebasing: sound[start..<start + SpeechFormat.frame])
                _ = cutter.hear(frame)
                if try spotter.hear(frame, cutter.frame.voice) != nil { wakes += 1 }
            }
        }
        return wakes
    }
}
