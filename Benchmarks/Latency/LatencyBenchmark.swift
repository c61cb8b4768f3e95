import Assistant
import Audio
import Foundation
import Planning
import Speech
import Storage
import Support
import VirtualSound

/// From the end of a spoken command to the first sample of the reply that reaches the sound device, in real time: through
/// ALSA both ways, with the recogniser and the voice of this machine.
@main
struct LatencyBenchmark {
    /// Whole commands, in which nothing is left to be said.
    /// Arguments choose how many of them.
    private static let commands = [
        "show my projects", "list tasks", "what's next", "status", "list plans", "read the plan", "start task one",
        "finish task two", "open project website", "show version history", "what can i say", "what changed",
    ]
    private static let voices: [LocalVoice.Name] = [.slt, .awb, .rms]
    /// Seconds between two commands, in which the answer is given.
    private static let pause = 7.0

    static func main() async throws {
        let sound = try VirtualSound.installed.get()
        let script = try await script()
        let input = try sound.file(of: script.samples)
        let device = VirtualDevice(input: input, output: sound.path("out"))
        let times = Times()
        let talk = try await Conversation.begun()
        let service = try service(device.name, talk, times)
        let running = Task { await service.run() }
        try await Task.sleep(for: .seconds(Double(script.samples.count) / 16_000 + 1))
        running.cancel()
        await running.value
        try talk.end()
        let isGood = report(times.latencies(of: script.ends), of: script.ends.count)
        print(times.stages)
        if !isGood { exit(1) }
    }

    /// Whether the limits hold.
    private static func report(_ latencies: [Double], of count: Int) -> Bool {
        func percentile(_ share: Double) -> Double {
            latencies.isEmpty ? 0 : latencies[min(latencies.count - 1, Int(Double(latencies.count) * share))]
        }
        print(
            "end of a spoken command to the first sample of the reply at the sound device, \(latencies.count) of \(count)"
        )
        print(
            "p50 \(Int(percentile(0.5))) ms (limit 500)   p95 \(Int(percentile(0.95))) ms (limit 800)   "
                + "least \(Int(percentile(0))) ms   most \(Int(percentile(1))) ms")
        return latencies.count * 10 >= count * 9 && percentile(0.5) <= 500 && percentile(0.95) <= 800
    }

    private struct Script {
        var samples: [Int16] = []
        /// The samples at which the commands end.
        var ends: [Int] = []
    }

    /// Every command in every voice, in a room that is nearly quiet.
    private static func script() async throws -> Script {
        var script = Script()
        var noise: UInt64 = 88_172_645_463_325_252
        func rest(_ seconds: Double) {
            for _ in 0..<Int(seconds * 16_000) {
                noise ^= noise << 13
                noise ^= noise >> 7
                noise ^= noise << 17
                script.samples.append(Int16(truncatingIfNeeded: Int(noise % 21) - 10))
            }
        }
        rest(1.5)
        for voice in voices {
            let voice = LocalVoice(voice)
            for command in commands.prefix(Int(CommandLine.arguments.dropFirst().first ?? "") ?? commands.count) {
                var said: [Int16] = []
                for try await piece in voice.speak(command) { said += piece.samples }
                // 40 dB below the loudest nobody hears a word any more.
                let loudest = said.map { abs(Int($0)) }.max() ?? 0
                let last = said.lastIndex { abs(Int($0)) * 100 > loudest } ?? said.count
                script.ends.append(script.samples.count + last)
                script.samples += said
                rest(pause)
            }
        }
        return script
    }

    private static func service(_ device: String, _ talk: Conversation, _ times: Times) throws -> VoiceService {
        var configuration = VoiceService.Configuration()
        configuration.loop.mode = .open
        configuration.loop.followUp = 0
        configuration.listener.wake = nil
        configuration.listener.endpointer.trailing = PauseHabit.bounds.upperBound / 10
        let tap = EchoTap()
        var ears = try Ears.microphone(device, tap: tap)
        ears.frames = times.timed(ears.frames)
        let speaker = try Speaker(device: device, onEvent: { _ in }) { samples, rate, _ in
            tap.hear(samples, rate: rate)
            times.played()
        }
        return VoiceService(
            configuration,
            VoiceService.Engines(
                transcribers: TranscriberList([.local(talk.recognizer)]),
                synthesizers: SynthesizerList([.local(LocalVoice(.rms))])),
            ears: ears, mouth: times.timed(.speaker(speaker)), respondent: talk.respondent
        ) { event in
            if case .timings(let stages) = event { times.add(stages) }
        }
    }
}
