import Audio
import SpeechFixtures
import Testing
@testable import Speech

struct ScratchTests {
    @Test func wakes() throws {
        let fixtures = try Fixtures()
        let room = try fixtures.samples(of: fixtures["odd/room.wav"]!)
        for t in [1e-10, 1e-15, 1e-20, 1e-25, 1e-30] {
            var c = WakeSpotter.Configuration(); c.threshold = t
            var hits: [String] = []
            var falses: [String] = []
            for f in fixtures.files(.wake) + fixtures.files(.free) + fixtures.files(.command) + fixtures.files(.new) {
                if f.kind == .command && !f.file.contains("a") { continue }
                let spotter = try WakeSpotter(c)
                let activity = try VoiceActivity()
                let p = Sound.silence(1) + (try fixtures.samples(of: f)) + Sound.silence(1)
                let s = zip(p, p.indices).map { Int16(clamping: Int($0) + Int(room[$1 % room.count])) }
                var n = 0
                for start in stride(from: 0, to: s.count - 159, by: 160) {
                    var fr = Array(s[start..<start+160])
                    let v = fr.withUnsafeMutableBufferPointer { activity.process($0) }
                    if let w = try s[start..<start+160].withUnsafeBufferPointer({ try spotter.hear($0, v.voice) }) {
                        n += 1
                        if f.kind == .wake { hits.append("\(f.file) \(Double(w.start)/16000) \(Double(w.end)/16000) at \(Double(start)/16000)") } else { falses.append(f.file) }
                    }
                }
            }
            print(t, hits.count, falses.count, falses)
            if t == 1e-20 { print(hits.joined(separator: "\n")) }
        }
        let cutter = try UtteranceCutter()
        for name in ["short", "clicks", "white"] {
            let p = Sound.silence(0.5) + (try fixtures.samples(of: fixtures["odd/\(name).wav"]!)) + Sound.silence(1)
            for start in stride(from: 0, to: p.count - 159, by: 160) {
                p[start..<start+160].withUnsafeBufferPointer { if let e = cutter.hear($0), case .ended(let u, let r) = e { print(name, u.voiced, r, u.samples.count) } }
            }
        }
    }
}
