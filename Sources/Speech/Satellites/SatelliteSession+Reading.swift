import Endpoints
import Logging
import Support

/// What the satellite sends.
extension SatelliteSession {
    func read(_ link: WyomingLink) async throws {
        var sound = SatelliteSound()
        for try await event in link.events {
            switch event.type {
            case "info":
                guard WyomingInfo(event).satellite != nil else { throw SatelliteError.noSatellite }
                guard !wasReached else { continue }
                senses.update { $0.wasReached = true }
                satellites.log.notice("a satellite is there", metadata: ["number": "\(number + 1)"])
                say(WyomingEvent("run-satellite"))
            case "ping": say(.pong(to: event))
            case "pong": senses.update { $0.lastPong = .now }
            case "run-pipeline": order(event)
            case "audio-chunk": hear(sound.samples(event))
            case "audio-stop": senses.value.ears?.add([Int16](repeating: 0, count: Self.tail))
            case "played": speaker.played()
            default: continue
            }
        }
    }

    private func order(_ event: WyomingEvent) {
        let ears = SoundQueue()
        let end = event["end_stage"]?.string
        let start = event["start_stage"]?.string
        guard start == "asr" || start == "wake", end == "tts" || end == "handle" else {
            inbox.yield(.ordered(.orderedOther, ears))
            return
        }
        if start == "asr" { woke() }
        senses.update { senses in
            senses.ears = ears
            senses.lastSound = .now
        }
        inbox.yield(
            .ordered(
                .ordered(
                    SatelliteRun.Order(
                        needsWake: start == "wake", restarts: event["restart_on_end"]?.bool ?? false,
                        speaks: end == "tts")), ears))
    }

    func woke() {
        let number = number
        satellites.arbiter.update { $0.woke(number, at: .now) }
        senses.update { $0.isContending = true }
    }

    private func hear(_ samples: [Int16]) {
        let senses = senses.value
        guard let ears = senses.ears, !samples.isEmpty else { return }
        self.senses.update { $0.lastSound = .now }
        ears.add(samples)
        guard senses.isContending else { return }
        let (number, level) = (number, SatelliteSound.level(samples))
        switch satellites.arbiter.update({ $0.heard(number, level: level, at: .now) }) {
        case .open: return
        case .won: self.senses.update { $0.isContending = false }
        case .lost:
            self.senses.update { senses in
                senses.isContending = false
                senses.ears = nil
            }
            inbox.yield(.lost)
        }
    }
}
