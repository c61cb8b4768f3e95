import Dispatch
import Synchronization

/// One thing to be played, from its first sample until it is drained, stopped or failed. Writing waits while two seconds
/// are queued; whatever happens to the device, every wait ends.
package final class Playback: Sendable {
    /// Samples a second, of what is written and of what is counted as played.
    package let rate: Int
    let ring: SampleRing
    private let wakeup: Wakeup
    /// Its end would be the playback's.
    private let speaker: Speaker
    private let patience: Duration
    private let played = Atomic<Int>(0)
    private let isDucked = Atomic<Bool>(false)
    private let state = Mutex(State())

    private struct State {
        var written = 0
        var isFinishing = false
        var isStopping = false
        var result: Played?
        var isWatched = false
        var writers: [CheckedContinuation<Void, Never>] = []
        var listeners: [CheckedContinuation<Played, Never>] = []
    }

    init(rate: Int, wakeup: Wakeup, speaker: Speaker, patience: Duration) {
        self.rate = rate
        self.patience = patience
        self.speaker = speaker
        self.wakeup = wakeup
        ring = SampleRing(capacity: 2 * rate)
    }

    /// Samples heard so far, by the device's clock.
    package var position: Int { played.load(ordering: .acquiring) }

    /// Quieter by 12 dB, while somebody may be about to interrupt. What the device already has stays as it is.
    package func duck(_ isDucked: Bool) { self.isDucked.store(isDucked, ordering: .relaxed) }

    /// Throws `AudioError.stopped`, the device's failure, or `CancellationError`.
    package func write(_ pcm: PCM) async throws {
        let samples = pcm.rate == rate ? pcm.samples : try Resampler.convert(pcm, to: rate).samples
        var offset = 0
        while offset < samples.count {
            try Task.checkCancellation()
            offset += try push(samples[offset...])
            if offset < samples.count { await room() }
        }
    }

    /// Nothing more will be written; returns when all of it was heard. A cancelled caller stops the playback.
    package func finish() async -> Played {
        await withTaskCancellationHandler {
            state.withLock { $0.isFinishing = true }
            wakeup.signal()
            return await end()
        } onCancel: {
            requestStop()
        }
    }

    /// Silence at once; returns what was heard until then.
    @discardableResult
    package func stop() async -> Played {
        requestStop()
        return await end()
    }

    private func requestStop() {
        state.withLock { $0.isStopping = true }
        wakeup.signal()
    }

    private func push(_ samples: ArraySlice<Int16>) throws -> Int {
        let count = try state.withLock { state in
            if let result = state.result, case .failed(let error) = result.outcome { throw error }
            guard state.result == nil, !state.isStopping, !state.isFinishing else { throw AudioError.stopped }
            // Under the lock, so that two writers by mistake are still one writer to the ring.
            let count = samples.withUnsafeBufferPointer { ring.write($0) }
            state.written += count
            return count
        }
        wakeup.signal()
        return count
    }

    private func room() async {
        await withCheckedContinuation { continuation in
            let isNow = state.withLock { state in
                let isNow = state.result != nil || state.isStopping || ring.count < ring.capacity * 3 / 4
                if !isNow { state.writers.append(continuation) }
                return isNow
            }
            if isNow { continuation.resume() } else { watch() }
        }
    }

    private func end() async -> Played {
        await withCheckedContinuation { continuation in
            let result = state.withLock { state in
                if state.result == nil { state.listeners.append(continuation) }
                return state.result
            }
            if let result { continuation.resume(returning: result) } else { watch() }
        }
    }

    /// A sound server that hangs can hold the playback thread within libasound for ever. Whoever waits is told that it
    /// failed when nothing moved for so long; the thread finds out when it is let go.
    private func watch() {
        let isNew = state.withLock { state in
            defer { state.isWatched = true }
            return !state.isWatched
        }
        if isNew { look(again: position) }
    }

    private func look(again seen: Int) {
        DispatchQueue.global().asyncAfter(deadline: .now() + patience / .seconds(1)) { [weak self] in
            guard let self else { return }
            let isWaitedFor = state.withLock { state in
                state.isWatched = state.result == nil && !(state.writers.isEmpty && state.listeners.isEmpty)
                return state.isWatched
            }
            guard isWaitedFor else { return }
            if position == seen { _ = end(.failed(.stalled(device: speaker.device))) } else { look(again: position) }
        }
    }
}

/// The playback thread's side.
extension Playback {
    var isStopping: Bool { state.withLock { $0.isStopping } }

    /// Nothing will be written after what the ring holds now.
    var isComplete: Bool { state.withLock { $0.isFinishing } }

    /// What its sound is to be multiplied with, in 256ths.
    var gain: Int { isDucked.load(ordering: .relaxed) ? 64 : 256 }

    var written: Int { state.withLock { $0.written } }

    func advance(to position: Int) {
        played.store(position, ordering: .releasing)
        guard ring.count < ring.capacity * 3 / 4 else { return }
        let writers = state.withLock { state in
            defer { state.writers = [] }
            return state.writers
        }
        for writer in writers { writer.resume() }
    }

    /// The first end counts.
    func end(_ outcome: Played.Outcome) -> Played {
        let (result, writers, listeners) = state.withLock { state in
            let result = state.result ?? Played(samples: position, rate: rate, outcome: outcome)
            state.result = result
            defer {
                state.writers = []
                state.listeners = []
            }
            return (result, state.writers, state.listeners)
        }
        for writer in writers { writer.resume() }
        for listener in listeners { listener.resume(returning: result) }
        return result
    }
}
