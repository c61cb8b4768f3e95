import Audio
import Foundation
import Testing
import VirtualSound

extension DeviceTests {
    @Suite(.serialized) struct SpeakerFaultTests {
        private let sound: VirtualSound
        private let log = EventLog<SpeakerEvent>()

        init() throws { sound = try VirtualSound.installed.get() }

        private func play(
            _ seconds: Double, on device: String, fallback: String = "vdev:GONE='/'"
        ) async throws -> Played {
            let log = log
            let speaker = try Speaker(device: device, fallback: fallback) { log.append($0) }
            let played = try await speaker.play(PCM(samples: Signal.ramp(Int(seconds * 16_000)), rate: 16_000))
            #expect(await log.wait { $0.last == .ended(played) })
            return played
        }

        @Test("An underrun and a suspension are got over")
        func passing() async throws {
            let device = VirtualDevice(output: sound.path("out"), faults: [(0.1, .xrun), (0.3, .suspend)])
            let played = try await play(0.5, on: device.name)
            #expect(played == Played(samples: 8000, rate: 16_000, outcome: .drained))
            #expect(log.events.dropFirst().dropLast() == [.underrun(total: 1)])
        }

        @Test("Unplugged amid the sound, it goes on at the same device when that is back at once")
        func unplugged() async throws {
            let device = VirtualDevice(output: sound.path("out"), faults: [(0.2, .unplug)])
            let played = try await play(0.5, on: device.name)
            #expect(played == Played(samples: 8000, rate: 16_000, outcome: .drained))
            // At most a buffer is lost.
            let heard = VirtualSound.samples(in: device.output).filter { $0 != 0 }
            #expect(heard.count >= 8000 - 1440)
            let opened = SpeakerEvent.opened(device: device.name, rate: 16_000)
            #expect(
                log.events == [
                    opened, .lost(device: device.name, reason: "\(device.name): No such device (write)"), opened,
                    .ended(played),
                ])
        }

        @Test("A device that is not there: the fallback plays")
        func fallback() async throws {
            let gone = VirtualDevice(gone: "/").name
            let other = VirtualDevice(output: sound.path("out"), rate: 48_000, channels: 2)
            let played = try await play(0.2, on: gone, fallback: other.name)
            #expect(played.outcome == .drained)
            #expect(
                log.events == [
                    .lost(device: gone, reason: "\(gone): No such device (open)"),
                    .fellBack(device: other.name, rate: 48_000), .ended(played),
                ])
        }

        @Test("No device at all is a result, and soon")
        func nothing() async throws {
            let begin = ContinuousClock.now
            let played = try await play(5, on: "no-such-device", fallback: "nor-this-one")
            #expect(.now - begin < .seconds(2))
            #expect(played.samples == 0)
            #expect(
                played.outcome == .failed(.device(name: "nor-this-one", step: "open", code: -2)))
        }

        @Test("A device whose clock stands still does not hold its caller")
        func stalled() async throws {
            let device = VirtualDevice(faults: [(0.2, .stall)])
            let begin = ContinuousClock.now
            let played = try await play(0.6, on: device.name, fallback: device.name)
            // Given up after two seconds, and played on by the same device opened again.
            #expect(1.5...4.0 ~= (ContinuousClock.now - begin) / .seconds(1))
            #expect(played.outcome == .drained)
            #expect(log.events.contains(.lost(device: device.name, reason: "\(device.name): does not move")))
        }
    }
}
