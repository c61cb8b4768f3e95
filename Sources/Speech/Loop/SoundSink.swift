import Audio
import Foundation
import Support

/// Where speech goes: a speaker, files, or nowhere.
package struct SoundSink: Sendable {
    /// Takes the next piece of sound; waits while enough is queued.
    package typealias Write = @Sendable (PCM) async throws -> Void
    package typealias Produce = @Sendable (@escaping Write) async throws -> Void

    /// Plays what the producer writes, to the end or until stopped. nil when it wrote nothing.
    package let play: @Sendable (@escaping Produce) async throws -> Played?
    package let stop: @Sendable () async -> Void
    /// Where the last sound was written, when it was.
    package let lastPath: @Sendable () -> String?

    package init(
        play: @escaping @Sendable (@escaping Produce) async throws -> Played?,
        stop: @escaping @Sendable () async -> Void = {}, lastPath: @escaping @Sendable () -> String? = { nil }
    ) {
        self.play = play
        self.stop = stop
        self.lastPath = lastPath
    }

    package func play(_ sound: PCM) async throws -> Played? { try await play { try await $0(sound) } }
}

extension SoundSink {
    package static func speaker(_ speaker: Speaker) -> SoundSink {
        SoundSink { produce in
            let current = Shared<Playback?>(nil)
            do {
                try await produce { sound in
                    let playback = try current.value ?? speaker.begin(rate: sound.rate)
                    current.value = playback
                    try await playback.write(sound)
                }
            } catch is AudioError {
                // Stopped, or the device failed: that is a result, and what was heard is known.
                return await current.value?.stop()
            } catch {
                await current.value?.stop()
                throw error
            }
            return await current.value?.finish()
        } stop: {
            await speaker.stop()
        }
    }

    /// Counts what would have been played.
    package static var nowhere: SoundSink {
        SoundSink { produce in try await gathered(produce).map(played) }
    }

    /// Writes each reply as a WAV file of its own.
    package static func folder(_ path: String) -> SoundSink {
        let last = Shared<String?>(nil)
        return SoundSink { produce in
            guard let sound = try await gathered(produce) else { return nil }
            last.value = try write(WAVFile.write(sound), in: path)
            return played(sound)
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

    private static func played(_ sound: PCM) -> Played {
        Played(samples: sound.samples.count, rate: sound.rate, outcome: .drained)
    }

    private static func gathered(_ produce: @escaping Produce) async throws -> PCM? {
        let whole = Shared<PCM?>(nil)
        try await produce { sound in
            let rate = whole.value?.rate ?? sound.rate
            let fitting = sound.rate == rate ? sound : try Resampler.convert(sound, to: rate)
            whole.update { whole in
                whole = PCM(samples: (whole?.samples ?? []) + fitting.samples, rate: rate)
            }
        }
        return whole.value
    }
}
