import Audio
import Foundation
import Testing
import VirtualSound

extension DeviceTests {
    /// The second witness: a real sound server, whose clock, buffers and resampling are not ours.
    @Suite(.serialized, .enabled(if: FileManager.default.isExecutableFile(atPath: SoundServer.program)))
    struct SoundServerTests {
        init() throws { _ = try VirtualSound.installed.get() }

        @Test("What is played through a sound server is heard through it", .timeLimit(.minutes(1)))
        func roundTrip() async throws {
            let server = try SoundServer()
            defer { server.stop() }
            let listener = try Listener(server.device("spk.monitor"))
            let speaker = try Speaker(device: server.device("spk"))
            // The microphone tries until the server is there.
            listener.microphone.start()
            #expect(await listener.hear(1600, within: 20).count == 1600)
            // A monitor has already told some silence as what is to come when a stream begins to play there.
            let chirp = [Int16](repeating: 0, count: 3200) + Signal.chirp(seconds: 2)
            async let playing = speaker.play(PCM(samples: chirp, rate: 16_000))
            let heard = await listener.hear(56_000, within: 20)
            let begin = ContinuousClock.now
            let played = try await playing
            #expect(.now - begin < .seconds(1))
            await listener.microphone.stop()
            #expect(played == Played(samples: 35_200, rate: 16_000, outcome: .drained))
            let start = try #require(heard.firstIndex { abs(Int($0)) > 300 })
            // Looked for by thirds of a sample, from a little before the chirp is loud enough to be seen.
            let fine = try Resampler.convert(
                PCM(samples: Array(heard[max(0, start - 250)...]), rate: 16_000), to: 48_000)
            let wished = Signal.chirp(seconds: 2, rate: 48_000)
            let head = wished[..<9600]
            let likeness = (0..<800).map { Signal.correlation(head, fine.samples[$0...]) }
            let shift = try #require(likeness.indices.max { likeness[$0] < likeness[$1] })
            #expect(Signal.correlation(wished, fine.samples[shift...]) > 0.99)
            #expect(listener.log.events.filter { $0 == .silent }.count <= 1)
        }

        @Test("A stop amid the sound is silence soon after", .timeLimit(.minutes(1)))
        func stop() async throws {
            let server = try SoundServer()
            defer { server.stop() }
            let listener = try Listener(server.device("spk.monitor"))
            listener.microphone.start()
            #expect(await listener.hear(1600, within: 20).count == 1600)
            let speaker = try Speaker(device: server.device("spk"))
            let playback = try speaker.begin(rate: 16_000)
            try await playback.write(PCM(samples: Signal.sine(500, seconds: 2), rate: 16_000))
            _ = await listener.hear(within: 5) { $0.contains { abs(Int($0)) > 3000 } }
            let began = await listener.hear(8000)
            #expect(began.count == 8000)
            let played = await playback.stop()
            let rest = await listener.hear(16_000)
            await listener.microphone.stop()
            #expect(played.outcome == .stopped)
            let last = (rest.lastIndex { abs(Int($0)) > 300 } ?? 0)
            // 300 ms: what the server and the recording still held.
            #expect(last < 4800)
            #expect(6000...16_000 ~= played.samples)
        }

        @Test("A server that hangs holds neither the speaker's caller nor the microphone's", .timeLimit(.minutes(1)))
        func hanging() async throws {
            let server = try SoundServer()
            defer { server.stop() }
            let listener = try Listener(server.device("spk.monitor"))
            listener.microphone.start()
            #expect(await listener.hear(1600, within: 20).count == 1600)
            server.freeze()
            let speaker = try Speaker(device: server.device("spk"), patience: .milliseconds(500))
            let begin = ContinuousClock.now
            let played = try await speaker.play(PCM(samples: Signal.sine(500, seconds: 5), rate: 16_000))
            #expect(played.outcome == .failed(.stalled(device: speaker.device)))
            await listener.microphone.stop(patience: .milliseconds(500))
            #expect(.now - begin < .seconds(5))
            server.thaw()
            // Both are as before.
            listener.microphone.start()
            #expect(await listener.hear(1600, within: 20).count == 1600)
            await listener.microphone.stop()
        }
    }
}
