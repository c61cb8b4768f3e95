import Synchronization

/// The one playback that may be going on, handed from its maker to the playback thread.
final class PlaybackSlot: Sendable {
    let wakeup: Wakeup
    private let state = Mutex(State())

    private struct State {
        var playback: Playback?
        var isOver = false
    }

    init() throws(AudioError) { wakeup = try Wakeup() }

    var current: Playback? { state.withLock { $0.playback } }

    func begin(_ playback: Playback) throws(AudioError) {
        let isFree = state.withLock { state in
            guard state.playback == nil else { return false }
            state.playback = playback
            return true
        }
        guard isFree else { throw .busy }
        wakeup.signal()
    }

    /// The thread shall end; a playback still going on is stopped.
    func end() {
        state.withLock { $0.isOver = true }
        wakeup.signal()
    }

    var isOver: Bool { state.withLock { $0.isOver } }

    /// Thread: the next playback; nil when the thread shall end.
    func take() -> Playback? {
        while true {
            let (playback, isOver) = state.withLock { ($0.playback, $0.isOver) }
            if let playback { return playback }
            if isOver { return nil }
            wakeup.wait(for: .seconds(60))
        }
    }

    /// Thread: the playback is over.
    func free() { state.withLock { $0.playback = nil } }
}
