import AloudProcess
import Assistant
import Audio
import Foundation
import Planning
import Speech
import SpeechFixtures
import Storage
import Support

/// How an utterance is understood: what it was taken for, and what there is to see of it.
struct Understander {
    struct Understood {
        var command: String?
        var slots: [String: JSONValue] = [:]
        var asks = false
        var shown = ""
    }

    let understand: (Fixture, [Int16]) async throws -> Understood

    /// Recogniser and matcher alone, in this process.
    static func recogniser(_ fixtures: Fixtures) throws -> Understander {
        let table = try CommandTable(CommandTable.english)
        let recognizer = LocalRecognizer(.fromEnvironment)
        let matcher = Matcher(table) { recognizer.pronunciation.phones(of: $0) }
        let expected = ExpectedSpeech(phrases: table.phrases, names: fixtures.names)
        return Understander { _, samples in
            let transcript = try await recognizer.transcribe(
                Utterance(samples: samples), expecting: expected, until: .now + .seconds(60))
            let understood = matcher.understand(transcript.text, names: fixtures.names)
            let distance = transcript.disagreement.map { String(format: "%.2f", $0) } ?? "-"
            return Understood(
                command: understood?.intent.rawValue, slots: understood?.slots ?? [:], asks: understood?.unknown != nil,
                shown: "“\(transcript.text)”  \(transcript.source.rawValue) \(distance) \(transcript.alternatives)")
        }
    }

    /// The binary: each utterance as a file through `aloud hear`, on a copy of the same store.
    static func hear(_ fixtures: Fixtures) async throws -> Understander {
        let template = AloudHome()
        let store = try await Store.open(path: template.database)
        try await fixtures.keep(in: store)
        try store.close()
        return Understander { _, samples in
            let home = AloudHome()
            try FileManager.default.copyItem(atPath: template.folder + "/data", toPath: home.folder + "/data")
            let file = home.folder + "/said.wav"
            try Data(WAVFile.write(PCM(samples: samples, rate: SpeechFormat.rate)))
                .write(to: URL(fileURLWithPath: file))
            let ended = try await home.run("hear", file, "--json")
            let events = ended.output.split(separator: "\n").compactMap { try? JSONValue(parsing: String($0)) }
            let routed = events.last { $0["event"] == "routed" }
            let reply = events.last { $0["event"] == "reply" }
            let transcript = events.last { $0["event"] == "transcript" }
            return Understood(
                command: routed?["command"]?.string, slots: routed?["slots"]?.object ?? [:],
                asks: reply?["expects_answer"] == true,
                shown: "“\(transcript?["text"]?.string ?? "")”  \(reply?["text"]?.string ?? ended.errors)")
        }
    }
}
