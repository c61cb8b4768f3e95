import Audio
import Foundation
import Testing
import VirtualSound

extension DeviceTests {
    @Suite(.serialized) struct MicrophoneFaultTests {
        private let sound: VirtualSound

        init() throws { sound = try VirtualSound.installed.get() }

        private func device(_ faults: [(at: Double, VirtualDevice.Fault)], gone: String = "") throws -> VirtualDevice {
            VirtualDevice(input: try sound.file(of: Signal.ramp(320_000)), faults: faults, gone: gone)
        }

        @Test("An overrun and a suspension are got over, the sound goes on within a moment")
        func passing() async throws {
            let device = try device([(0.2, .xrun), (0.4, .suspend), (0.6, .xrun)])
            let listener = try Listener(device.name)
            listener.microphone.start()
            let begin = ContinuousClock.now
            #expect(await listener.hear(16_000).count == 16_000)
            #expect(.now - begin < .seconds(3))
            await listener.microphone.stop()
            #expect(
                listener.log.events == [.opened(device: device.name, rate: 16_000), .overrun(total: 1)])
        }

        @Test("Unplugged for a moment, it is opened again; it is told once each")
        func unplugged() async throws {
            let device = try device([(0.3, .unplug)])
            let listener = try Listener(device.name)
            listener.microphone.start()
            #expect(await listener.hear(16_000).count == 16_000)
            await listener.microphone.stop()
            #expect(
                listener.log.events == [
                    .opened(device: device.name, rate: 16_000),
                    .lost(device: device.name, reason: "No such device"),
                    .reopened(device: device.name, rate: 16_000),
                ])
        }

        @Test("Gone and given back, with nothing to fall back to: frames again within three seconds")
        func givenBack() async throws {
            let gone = sound.path("gone")
            let device = try device([], gone: gone)
            let listener = try Listener(device.name)
            listener.microphone.start()
            _ = await listener.hear(3200)
            try Data().write(to: URL(filePath: gone))
            #expect(await listener.log.wait { $0.count == 2 })
            // Long enough for the retries to have become rare.
            #expect(await listener.hear(32_000, within: 1.5).count < 16_000)
            try FileManager.default.removeItem(atPath: gone)
            let begin = ContinuousClock.now
            #expect(await listener.hear(160).count == 160)
            #expect(.now - begin < .seconds(3))
            await listener.microphone.stop()
            #expect(
                listener.log.events == [
                    .opened(device: device.name, rate: 16_000),
                    .lost(device: device.name, reason: "No such device"),
                    .reopened(device: device.name, rate: 16_000),
                ])
        }

        @Test("Refused at the start, it falls back at once, and returns when the device is there")
        func fallback() async throws {
            let gone = sound.path("gone")
            try Data().write(to: URL(filePath: gone))
            let wanted = VirtualDevice(input: try sound.file(of: [Int16](repeating: 1000, count: 160_000)), gone: gone)
            let other = VirtualDevice(
                input: try sound.file(of: [Int16](repeating: 500, count: 320_000)), rate: 48_000)
            var policy = CaptureRecovery.Policy()
            policy.probe = .milliseconds(200)
            let listener = try Listener(wanted.name, fallback: other.name, policy: policy)
            listener.microphone.start()
            #expect(await listener.hear(4800, within: 3).suffix(100).allSatisfy { abs($0 - 500) < 3 })
            try FileManager.default.removeItem(atPath: gone)
            #expect(await listener.log.wait { $0.count == 3 })
            let begin = ContinuousClock.now
            let heard = await listener.hear(within: 3) { $0.last == 1000 }
            #expect(heard.last == 1000)
            #expect(.now - begin < .seconds(1))
            await listener.microphone.stop()
            #expect(
                listener.log.events == [
                    .lost(device: wanted.name, reason: "\(wanted.name): No such device (open)"),
                    .fellBack(device: other.name, rate: 48_000),
                    .returned(device: wanted.name, rate: 16_000),
                ])
        }

        @Test("A device that falls silent without an error is noticed after a second and opened again")
        func watchdog() async throws {
            let device = try device([(0.2, .stall)])
            let listener = try Listener(device.name)
            listener.microphone.start()
            let begin = ContinuousClock.now
            #expect(await listener.hear(6400).count == 6400)
            #expect(1.0...3.0 ~= (ContinuousClock.now - begin) / .seconds(1))
            await listener.microphone.stop()
            #expect(
                listener.log.events == [
                    .opened(device: device.name, rate: 16_000),
                    .lost(device: device.name, reason: "no sound for 1 s"),
                    .reopened(device: device.name, rate: 16_000),
                ])
        }

        @Test("A device of an unknown name is told once, however often it is tried")
        func unknown() async throws {
            let listener = try Listener("no-such-device", fallback: "nor-this-one")
            listener.microphone.start()
            #expect(await listener.log.wait { !$0.isEmpty })
            #expect(await listener.hear(160, within: 1).isEmpty)
            await listener.microphone.stop()
            #expect(
                listener.log.events == [
                    .lost(device: "no-such-device", reason: "no-such-device: No such file or directory (open)")
                ])
        }
    }
}
