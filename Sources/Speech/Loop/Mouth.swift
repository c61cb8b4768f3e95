import Audio
import Foundation
import Support

/// Where speech goes: a speaker, files, or nowhere. One thing is played at a time.
package struct Mouth: Sendable {
    /// Something that is being played.
    package struct Playing: Sendable {
        /// Takes the next piece of sound; waits while enough is queued. Throws `AudioError.stopped` once it was stopped.
        package var write: @Sendable (PCM) async throws -> Void
        /// Nothing more will be written; returns when all of it was heard, or it was stopped. Throws what kept it from
        /// being written.
        package var finish: @Sendable () async throws -> Played
        /// Silence at once; returns what was heard until then.
        package var stop: @Sendable () async -> Played
        /// Quieter, while somebody may be about to interrupt.
        package var duck: @Sendable (Bool) -> Void

        package init(
            write: @escaping @Sendable (PCM) async throws -> Void,
            finish: @escaping @Sendable () async throws -> Played,
            stop: @escaping @Sendable () async -> Played, duck: @escaping @Sendable (Bool) -> Void = { _ in }
        ) {
            self.write = write
            self.finish = finish
            self.stop = stop
            self.duck = duck
        }
    }

    /// Begins something at so many samples a second.
    package var begin: @Sendable (Int) throws -> Playing
    /// Where the last sound was written, when it was.
    package var lastPath: @Sendable () -> String? = { nil }
    /// Whoever speaks has the turn; the next waits.
    private let turn: Watched<Bool>

    package init(
        begin: @escaping @Sendable (Int) throws -> Playing, lastPath: @escaping @Sendable () -> String? = { nil },
        work: Work? = nil
    ) {
        self.begin = begin
        self.lastPath = lastPath
        turn = Watched(false, work: work)
    }

    /// Waits until nobody else speaks, and then is the one who does until `leave`. Throws `CancellationError`.
    func enter() async throws {
        _ = try await turn.next { isTaken -> Bool? in
            guard !isTaken else { return nil }
            isTaken = true
            return true
        }
    }

    /// The same when nobody speaks now.
    func enterNow() -> Bool {
        turn.update { isTaken in
            defer { isTaken = true }
            return !isTaken
        }
    }

    func leave() { turn.update { $0 = false } }

    /// Plays a sound when nothing else is played.
    package func play(_ sound: PCM) async {
        guard enterNow() else { return }
        defer { leave() }
        // A tone that cannot be played is not worth a word.
        guard let playing = try? begin(sound.rate) else { return }
        try? await playing.write(sound)
        _ = try? await playing.finish()
    }
}

extension Mouth {
    package static func speaker(_ speaker: Speaker) -> Mouth {
        Mouth { rate in
            let playback = try speaker.begin(rate: rate)
            return Playing(
                write: { try await playback.write($0) }, finish: { await playback.finish() },
                stop: { await playback.stop() }, duck: { playback.duck($0) })
        }
    }

    /// Counts what would have been played.
    package static var nowhere: Mouth { Mouth { rate in .gathering(rate) { _ in } } }

    /// Writes each reply as a WAV file of its own.
    package static func folder(_ path: String) -> Mouth {
        let last = Shared<String?>(nil)
        return Mouth { rate in
            .gathering(rate) { sound in last.value = try write(WAVFile.write(sound), in: path) }
        } lastPath: {
            last.value
        }
    }

    /// As `reply-001.wav`, or the next number that is free: nothing is written over. The path.
    private static func write(_ file: [UInt8], in folder: String) throws(NewFileError) -> String {
        var number = 1
        while true {
            let digits = String(number)
            let path = folder + "/reply-" + String(repeating: "0", count: max(0, 3 - digits.count)) + digits + ".wav"
            do {
                try NewFile.write(file, to: path)
                return path
            } catch  where error.code == EEXIST {
                number += 1
            }
        }
    }
}

extension Mouth.Playing {
    /// Takes everything at once, and gives the whole of it to `done`.
    fileprivate static func gathering(
        _ rate: Int, _ done: @escaping @Sendable (PCM) throws -> Void
    ) -> Mouth.Playing {
        let samples = Shared<[Int16]>([])
        return Mouth.Playing { sound in
            let fitting = sound.rate == rate ? sound : try Resampler.convert(sound, to: rate)
            samples.update { $0 += fitting.samples }
        } finish: {
            let whole = samples.value
            try done(PCM(samples: whole, rate: rate))
            return Played(samples: whole.count, rate: rate, outcome: .drained)
        } stop: {
            Played(samples: samples.value.count, rate: rate, outcome: .stopped)
        }
    }
}
