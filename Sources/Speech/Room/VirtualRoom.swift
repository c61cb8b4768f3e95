import Audio
import Foundation
import Glibc
import Support
import Synchronization

/// A room with a microphone and a speaker whose clock is the sound itself: it runs as fast as it can be computed, stands
/// still while Aloud works, and so gives the same every time.
///
/// What is said in it is handed over; what the speaker plays comes back through the air when there is an echo.
package final class VirtualRoom: Sendable {
    /// How the speaker reaches the microphone.
    package struct Echo: Sendable {
        /// In dB of what is played.
        package var level: Double
        /// In milliseconds.
        package var delay: Int

        package init(level: Double, delay: Int = 80) {
            self.level = level
            self.delay = delay
        }
    }

    private struct State {
        /// What is said from now on.
        var voice: [Int16] = []
        var spoken = 0
        /// Frames that may go by.
        var budget = 0
        var passer: CheckedContinuation<Void, Never>?
        var isInterrupted = false
        var isOver = false
        /// Frames that went by.
        var frames = 0
        var noise: UInt64 = 88_172_645_463_325_252
        var played: [Int16] = []
        /// The position of the first sample that is still in `played`.
        var playedStart = 0
        /// When the last sample was played, in milliseconds.
        var lastSound = 0
        var isDeaf = false
        var playing: VirtualPlaying?

        /// −1 … 1, the same each time (xorshift).
        var nextNoise: Double {
            mutating get {
                noise ^= noise << 13
                noise ^= noise >> 7
                noise ^= noise << 17
                return Double(Int64(bitPattern: noise)) / Double(Int64.max)
            }
        }
    }

    /// `@unchecked Sendable`: every access to `state` is made while `condition` is locked.
    private final class Guarded: @unchecked Sendable {
        let condition = NSCondition()
        var state = State()

        func with<Result>(_ body: (inout State) -> Result) -> Result {
            condition.lock()
            defer { condition.unlock() }
            return body(&state)
        }
    }

    package let work: Work
    /// Milliseconds, for those who wait.
    private let clock: Watched<Int>
    private let guarded = Guarded()
    private let tap = EchoTap()
    /// What reaches the microphone of a sample that is played, and how many samples later.
    private let reflections: [(later: Int, share: Double)]
    /// How much of what was played is kept, in samples; nil for all.
    private let kept: Int?
    /// Whether the device tells what it plays, as a guard needs.
    private let hasTap: Bool
    /// The largest sample of the room's own noise.
    private let loudness: Double

    /// - Parameters:
    ///   - noise: In dB of full scale.
    ///   - hasTap: Whether the device tells what it plays.
    ///   - remembered: Seconds of what was played that are kept; nil for all of it.
    package init(echo: Echo? = nil, noise: Double = -66, hasTap: Bool = true, remembered: Int? = nil) {
        self.hasTap = hasTap
        loudness = 32768 * pow(10, noise / 20) * 1.7
        kept = remembered.map { max($0, 1) * SpeechFormat.rate }
        // The direct sound and three reflections.
        reflections =
            echo.map { echo in
                let gain = pow(10, echo.level / 20)
                return [(0, 1.0), (7, 0.5), (19, -0.3), (43, 0.15)].map { later, share in
                    ((echo.delay + later) * SpeechFormat.rate / 1000, gain * share)
                }
            } ?? []
        let guarded = guarded
        let work = Work {
            guarded.condition.lock()
            guarded.condition.broadcast()
            guarded.condition.unlock()
        }
        self.work = work
        clock = Watched(0, work: work)
    }

    // MARK: What happens in it

    /// Somebody speaks, from now on or after what is being said.
    package func say(_ samples: [Int16]) { guarded.with { $0.voice += samples } }

    /// Lets time go by; returns when all that it brings about is done.
    package func pass(_ seconds: Double) async {
        await withCheckedContinuation { continuation in
            guarded.with { state in
                state.budget += Int((seconds * 100).rounded())
                state.passer = continuation
            }
            guarded.condition.lock()
            guarded.condition.broadcast()
            guarded.condition.unlock()
        }
    }

    /// Says it and waits until it is said.
    package func pass(saying samples: [Int16]) async {
        say(samples)
        await pass(Double(samples.count) / Double(SpeechFormat.rate))
    }

    /// Waits for so many milliseconds, as somebody who works in the room; false when `stop` came first.
    package func wait(_ milliseconds: Int, unless stop: Watched<Bool>) async -> Bool {
        let end = now + milliseconds
        guard milliseconds > 0 else { return !stop.value }
        return await withTaskGroup(of: Bool.self) { group in
            work.begin()
            group.addTask { [clock, work] in
                defer { work.end() }
                return (try? await clock.next { $0 >= end ? true : nil }) ?? false
            }
            work.begin()
            group.addTask { [work] in
                defer { work.end() }
                return (try? await stop.next { $0 ? false : nil }) ?? false
            }
            work.end()
            let first = await group.next() ?? false
            work.begin()
            group.cancelAll()
            return first
        }
    }

    package func end() {
        guarded.with { $0.isOver = true }
        guarded.condition.broadcast()
    }

    private func interrupt() {
        guarded.with { $0.isInterrupted = true }
        guarded.condition.broadcast()
    }

    /// Milliseconds since the beginning.
    package var now: Int { guarded.with { $0.frames * 10 } }

    /// What came out of the speaker, as far as it is kept, silence included: 16 kHz.
    package var played: [Int16] { guarded.with { $0.played } }

    /// When the speaker last had something to play, in milliseconds.
    package var lastSound: Int { guarded.with { $0.lastSound } }

    /// Whether the microphone gives nothing but zeros, as one that is switched off does.
    package func setDeaf(_ isDeaf: Bool) { guarded.with { $0.isDeaf = isDeaf } }

    // MARK: Its microphone and speaker

    package var ears: Ears {
        Ears(
            frames: FrameSource { [self] in
                read(into: $0)
            } interrupt: { [self] in
                interrupt()
            },
            tap: hasTap ? tap : nil)
    }

    package var mouth: Mouth {
        Mouth(
            begin: { [self] _ in
                let playing = VirtualPlaying(work: work)
                guarded.with { $0.playing = playing }
                return playing.asPlaying
            }, work: work)
    }

    private func read(into frame: UnsafeMutableBufferPointer<Int16>) -> FrameSource.Reading {
        guarded.condition.lock()
        defer { guarded.condition.unlock() }
        while true {
            if guarded.state.isOver { return .end }
            if guarded.state.isInterrupted {
                guarded.state.isInterrupted = false
                return .nothing
            }
            if work.isIdle {
                if guarded.state.budget > 0 { break }
                // All that time brought about is done.
                guarded.state.passer?.resume()
                guarded.state.passer = nil
            }
            guarded.condition.wait()
        }
        guarded.state.budget -= 1
        advance(frame)
        return .frame
    }

    /// One frame of time: what is played, what of it comes back, and what is said.
    private func advance(_ frame: UnsafeMutableBufferPointer<Int16>) {
        let speech = guarded.state.playing?.advance(frame.count)
        keep(speech ?? [Int16](repeating: 0, count: frame.count))
        if let speech {
            speech.withUnsafeBufferPointer { tap.hear($0, rate: SpeechFormat.rate) }
            guarded.state.lastSound = (guarded.state.frames + 1) * 10
        }
        let start = guarded.state.frames * frame.count
        let isDeaf = guarded.state.isDeaf
        for index in frame.indices {
            var value = loudness * guarded.state.nextNoise
            if guarded.state.spoken < guarded.state.voice.count {
                value += Double(guarded.state.voice[guarded.state.spoken])
                guarded.state.spoken += 1
            }
            if !reflections.isEmpty { value += returned(at: start + index) }
            frame[index] = isDeaf ? 0 : Int16(clamping: Int(value.rounded()))
        }
        if guarded.state.spoken == guarded.state.voice.count, guarded.state.spoken > 0 {
            guarded.state.voice = []
            guarded.state.spoken = 0
        }
        guarded.state.frames += 1
        let now = guarded.state.frames * 10
        clock.update { $0 = now }
    }

    private func keep(_ samples: [Int16]) {
        guarded.state.played += samples
        // The echo of what is played now is still to come.
        guard let kept, guarded.state.played.count > 2 * kept else { return }
        guarded.state.playedStart += guarded.state.played.count - kept
        guarded.state.played.removeFirst(guarded.state.played.count - kept)
    }

    private func returned(at position: Int) -> Double {
        var sum = 0.0
        for (later, share) in reflections {
            let source = position - later - guarded.state.playedStart
            guard source >= 0, source < guarded.state.played.count else { continue }
            sum += share * Double(guarded.state.played[source])
        }
        return sum
    }
}

/// One thing that is played in a virtual room.
private final class VirtualPlaying: Sendable {
    private struct State: Sendable {
        var queue: [Int16] = []
        var next = 0
        var isFinishing = false
        var isOver = false
        var isDucked = false
        var heard = 0

        var waiting: Int { queue.count - next }
    }

    /// As much as a speaker's ring holds: two seconds.
    private static let room = 2 * SpeechFormat.rate

    private let state: Watched<State>

    init(work: Work) { state = Watched(State(), work: work) }

    var asPlaying: Mouth.Playing {
        Mouth.Playing(
            write: { try await self.write($0) }, finish: { try await self.finish() }, stop: { self.stop() },
            duck: { isDucked in self.state.update { $0.isDucked = isDucked } })
    }

    private func write(_ sound: PCM) async throws {
        let samples = sound.rate == SpeechFormat.rate ? sound.samples : try Resampler.convert(sound, to: 16_000).samples
        let isTaken = try await state.next { state -> Bool? in
            if state.isOver { return false }
            guard state.waiting < Self.room else { return nil }
            state.queue += samples
            return true
        }
        guard isTaken else { throw AudioError.stopped }
    }

    private func finish() async throws -> Played {
        try await state.next { state -> Played? in
            state.isFinishing = true
            guard state.isOver || state.waiting == 0 else { return nil }
            return Played(
                samples: state.heard, rate: SpeechFormat.rate, outcome: state.waiting == 0 ? .drained : .stopped)
        }
    }

    private func stop() -> Played {
        state.update { state in
            state.isOver = true
            return Played(samples: state.heard, rate: SpeechFormat.rate, outcome: .stopped)
        }
    }

    /// The next samples that are heard; nil when there are none.
    func advance(_ count: Int) -> [Int16]? {
        state.update { state in
            guard !state.isOver, state.waiting > 0 else { return nil }
            let taken = min(count, state.waiting)
            let gain = state.isDucked ? 0.25 : 1
            var samples = state.queue[state.next..<state.next + taken].map { Int16((Double($0) * gain).rounded()) }
            state.next += taken
            state.heard += taken
            samples += [Int16](repeating: 0, count: count - taken)
            return samples
        }
    }
}
