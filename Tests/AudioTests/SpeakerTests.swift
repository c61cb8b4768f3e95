import Audio
import Foundation
import Synchronization
import Testing
import VirtualSound

extension DeviceTests {
    @Suite(.serialized) struct SpeakerTests {
        private let sound: VirtualSound
        private let log = EventLog<SpeakerEvent>()

        init() throws { sound = try VirtualSound.installed.get() }

        private func speaker(_ device: String, fallback: String = "vdev:GONE='/'") throws -> Speaker {
            let log = log
            return try Speaker(device: device, fallback: fallback) { log.append($0) }
        }

        /// A place in a sound is nothing that tells of itself.
        private func reached(_ wish: () -> Bool) async -> Bool {
            let deadline = ContinuousClock.now + .seconds(5)
            while !wish(), .now < deadline { await Task.yield() }
            return wish()
        }

        @Test(
            "At the device's rate it is played sample for sample, and counted to the last",
            arguments: [1, 7, 160, 40_000])
        func exact(count: Int) async throws {
            let device = VirtualDevice(output: sound.path("out"), speed: count > 1000 ? 4 : 1)
            let samples = Signal.ramp(count)
            let played = try await speaker(device.name).play(PCM(samples: samples, rate: 16_000))
            #expect(played == Played(samples: count, rate: 16_000, outcome: .drained))
            let file = VirtualSound.samples(in: device.output)
            #expect(Array(file.prefix(count)) == samples)
            #expect(file.dropFirst(count).allSatisfy { $0 == 0 })
            #expect(await log.wait { $0.count == 2 })
            #expect(log.events == [.opened(device: device.name, rate: 16_000), .ended(played)])
        }

        @Test("Other rates and channels are converted", arguments: [(22_050, 48_000, 2), (48_000, 44_100, 1)])
        func converted(rate: Int, native: Int, channels: Int) async throws {
            let device = VirtualDevice(output: sound.path("out"), rate: native, channels: channels, speed: 4)
            let samples = Signal.chirp(seconds: 1, rate: rate)
            let played = try await speaker(device.name).play(PCM(samples: samples, rate: rate))
            #expect(played == Played(samples: rate, rate: rate, outcome: .drained))
            let file = VirtualSound.samples(in: device.output)
            let mono = stride(from: 0, to: min(file.count, native * channels), by: channels).map { file[$0] }
            #expect(mono.count == native)
            #expect(Signal.correlation(mono, Signal.chirp(seconds: 1, rate: native)) > 0.999)
        }

        @Test("It is drained when the device is, not when the writing is")
        func drained() async throws {
            let device = VirtualDevice(output: sound.path("out"))
            let begin = ContinuousClock.now
            let played = try await speaker(device.name).play(PCM(samples: Signal.ramp(8000), rate: 16_000))
            let seconds = (ContinuousClock.now - begin) / .seconds(1)
            #expect(played.samples == 8000)
            #expect(0.5...0.7 ~= seconds)
        }

        @Test("Stopped, it is silent at once and knows what was heard")
        func stop() async throws {
            let device = VirtualDevice(output: sound.path("out"), rate: 48_000, channels: 2)
            let playback = try speaker(device.name).begin(rate: 16_000)
            try await playback.write(PCM(samples: Signal.chirp(seconds: 1.5), rate: 16_000))
            // The writer is far ahead of the ear.
            #expect(await reached { playback.position >= 4800 })
            let begin = ContinuousClock.now
            let played = await playback.stop()
            #expect(.now - begin < .milliseconds(100))
            #expect(played.outcome == .stopped)
            #expect(4800...9600 ~= played.samples)
            // The file holds what the device's clock passed: the count is that, in the playback's rate.
            #expect(abs(VirtualSound.samples(in: device.output).count / 2 / 3 - played.samples) <= 1)
            await #expect(throws: AudioError.stopped) { try await playback.write(PCM(samples: [1], rate: 16_000)) }
            #expect(await playback.finish() == played)
        }

        @Test("The writer waits while two seconds are queued, and goes on as they are heard")
        func backPressure() async throws {
            let device = VirtualDevice(output: sound.path("out"), speed: 4)
            let playback = try speaker(device.name).begin(rate: 16_000)
            try await playback.write(PCM(samples: Signal.ramp(80_000), rate: 16_000))
            #expect(playback.position > 80_000 - 32_000 - 3200)
            #expect(await playback.finish().samples == 80_000)
            #expect(Array(VirtualSound.samples(in: device.output).prefix(80_000)) == Signal.ramp(80_000))
        }

        @Test("A stream of sounds is one playback; a pause in it is no fault and no loss")
        func stream() async throws {
            let device = VirtualDevice(output: sound.path("out"))
            let (sounds, more) = AsyncStream.makeStream(of: PCM.self)
            let speaker = try speaker(device.name)
            let playing = Task { try await speaker.play(sounds) }
            more.yield(PCM(samples: Signal.ramp(1600), rate: 16_000))
            #expect(await log.wait { !$0.isEmpty })
            #expect(await reached { speaker.current?.position == 1600 })
            // Dry by now, or about to be: the device's clock went past what there was.
            more.yield(PCM(samples: Signal.ramp(1600), rate: 16_000))
            more.finish()
            let played = try #require(try await playing.value)
            #expect(played == Played(samples: 3200, rate: 16_000, outcome: .drained))
            let heard = VirtualSound.samples(in: device.output).filter { $0 != 0 }
            #expect(heard == Signal.ramp(1600) + Signal.ramp(1600))
            #expect(await log.wait { $0.count == 2 })
            #expect(log.events == [.opened(device: device.name, rate: 16_000), .ended(played)])
        }

        @Test("One playback at a time, and the next right after it")
        func busy() async throws {
            let speaker = try speaker(VirtualDevice(speed: 4).name)
            let playback = try speaker.begin(rate: 16_000)
            #expect(throws: AudioError.busy) { try speaker.begin(rate: 16_000) }
            await playback.stop()
            let played = try await speaker.play(PCM(samples: Signal.ramp(160), rate: 16_000))
            #expect(played.outcome == .drained)
            #expect(await speaker.stop() == nil)
            #expect(try await speaker.play(AsyncStream<PCM> { $0.finish() }) == nil)
        }

        @Test("A cancelled caller stops the sound")
        func cancelled() async throws {
            let speaker = try speaker(VirtualDevice(output: sound.path("out")).name)
            let playing = Task { try await speaker.play(PCM(samples: Signal.ramp(32_000), rate: 16_000)) }
            #expect(await log.wait { !$0.isEmpty })
            playing.cancel()
            let played = try? await playing.value
            #expect(played.map { $0.outcome == .stopped && $0.samples < 32_000 } ?? true)
            #expect(await log.wait { $0.count == 2 })
        }

        @Test("What goes to the device is handed to the echo canceller, with its time")
        func echo() async throws {
            let device = VirtualDevice(output: sound.path("out"), rate: 48_000)
            let given = Mutex<[Int16]>([])
            let times = Mutex<[ContinuousClock.Instant]>([])
            let speaker = try Speaker(
                device: device.name, fallback: device.name,
                echo: { samples, rate, heardAt in
                    let before = given.withLock { given in
                        given += samples
                        return given.count - samples.count
                    }
                    times.withLock { $0.append(heardAt - .seconds(1) * before / rate) }
                })
            _ = try await speaker.play(PCM(samples: Signal.chirp(seconds: 0.5), rate: 16_000))
            let played = given.withLock { $0 }
            #expect(played.count == 24_000)
            #expect(Array(VirtualSound.samples(in: device.output).prefix(24_000)) == played)
            // Every piece says the same of when the first sample was heard, give or take the thread's lateness.
            let begins = times.withLock { $0 }.dropFirst(8)
            let spread = try #require(begins.max()) - #require(begins.min())
            #expect(spread < .milliseconds(60))
        }
    }
}
