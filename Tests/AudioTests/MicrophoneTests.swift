import Audio
import Foundation
import Testing
import VirtualSound

extension DeviceTests {
    @Suite(.serialized) struct MicrophoneTests {
        private let sound: VirtualSound

        init() throws { sound = try VirtualSound.installed.get() }

        @Test("At its own rate the sound arrives sample for sample")
        func exact() async throws {
            let samples = Signal.ramp(40_000)
            let device = VirtualDevice(input: try sound.file(of: samples), speed: 4)
            let listener = try Listener(device.name)
            listener.microphone.start()
            let heard = await listener.hear(32_000)
            #expect(heard == Array(samples[..<heard.count]))
            await listener.microphone.stop()
            #expect(listener.log.events == [.opened(device: device.name, rate: 16_000)])
            #expect(listener.microphone.dropped == 0)
        }

        @Test("Other rates and channels become 16 kHz mono", arguments: [(48_000, 2), (44_100, 1), (8000, 4)])
        func converted(rate: Int, channels: Int) async throws {
            let chirp = Signal.chirp(seconds: 2, rate: rate)
            let interleaved = chirp.flatMap { [Int16](repeating: $0, count: channels) }
            let device = VirtualDevice(
                input: try sound.file(of: interleaved), rate: rate, channels: channels, speed: 4)
            let listener = try Listener(device.name)
            listener.microphone.start()
            let heard = await listener.hear(24_000)
            await listener.microphone.stop()
            #expect(Signal.correlation(Signal.chirp(seconds: 2), heard) > (rate < 16_000 ? 0.98 : 0.999))
        }

        @Test("A pipe is a microphone too: silence until somebody speaks into it")
        func pipe() async throws {
            let path = sound.path("pipe")
            #expect(mkfifo(path, 0o600) == 0)
            let listener = try Listener(VirtualDevice(input: path).name)
            listener.microphone.start()
            #expect(await listener.hear(1600).allSatisfy { $0 == 0 })
            let pipe = try #require(FileHandle(forWritingAtPath: path))
            try Signal.ramp(4000).withUnsafeBytes { try pipe.write(contentsOf: Data($0)) }
            let heard = await listener.hear { $0.contains(4000) || $0.count > 48_000 }
            await listener.microphone.stop()
            #expect(heard.filter { $0 != 0 } == Signal.ramp(4000))
        }

        @Test("Frames come at the pace of the clock")
        func pace() async throws {
            let listener = try Listener(VirtualDevice(input: try sound.file(of: Signal.ramp(32_000))).name)
            listener.microphone.start()
            _ = await listener.hear(1600)
            let begin = ContinuousClock.now
            _ = await listener.hear(16_000)
            let seconds = (ContinuousClock.now - begin) / .seconds(1)
            await listener.microphone.stop()
            #expect(0.8...1.3 ~= seconds)
        }

        @Test("Stopped, it gives nothing and has no device; started again, it goes on")
        func mute() async throws {
            let gone = sound.path("gone")
            let device = VirtualDevice(input: try sound.file(of: Signal.ramp(160_000)), speed: 4, gone: gone)
            let listener = try Listener(device.name)
            listener.microphone.start()
            _ = await listener.hear(1600)
            await listener.microphone.stop()
            #expect(!listener.microphone.isOn)
            // Were the device open still, this would be noticed and told.
            try Data().write(to: URL(filePath: gone))
            #expect(await listener.hear(160, within: 0.2).isEmpty)
            try FileManager.default.removeItem(atPath: gone)
            listener.microphone.start()
            #expect(await listener.hear(16_000).count == 16_000)
            await listener.microphone.stop()
            let opened = MicrophoneEvent.opened(device: device.name, rate: 16_000)
            #expect(listener.log.events == [opened, opened])
        }

        @Test("An interrupt ends the wait for a frame")
        func interrupt() async throws {
            let listener = try Listener(VirtualDevice().name)
            listener.microphone.interrupt()
            let begin = ContinuousClock.now
            #expect(await listener.hear(160, within: 30).isEmpty)
            #expect(.now - begin < .seconds(10))
        }

        @Test("Zeros are told as silence, and sound as sound again")
        func zeros() async throws {
            let samples = Signal.ramp(8000) + [Int16](repeating: 0, count: 64_000) + Signal.ramp(32_000)
            let device = VirtualDevice(input: try sound.file(of: samples), speed: 8)
            let listener = try Listener(device.name)
            listener.microphone.start()
            _ = await listener.hear(96_000)
            await listener.microphone.stop()
            #expect(listener.log.events.dropFirst() == [.silent, .sound])
        }

        @Test("A reader that does not come costs the newest samples, counted and told once")
        func dropped() async throws {
            let device = VirtualDevice(input: try sound.file(of: Signal.ramp(160_000)), speed: 20)
            let listener = try Listener(device.name)
            listener.microphone.start()
            #expect(await listener.log.wait { $0.count >= 2 })
            let first = await listener.hear(16_000)
            await listener.microphone.stop()
            #expect(first == Array(Signal.ramp(16_000)))
            #expect(listener.microphone.dropped > 0)
            #expect(
                listener.log.events.dropFirst().allSatisfy { event in
                    if case .dropped = event { true } else { false }
                })
            #expect(listener.log.events.count == 2)
        }
    }
}
