import Dispatch
import Synchronization

/// Whether a microphone shall be open, told to its thread; and whether it is, told back.
final class CaptureSwitch: Sendable {
    /// Signalled at every change of the wish.
    let wakeup: Wakeup
    private let state = Mutex(State())

    private struct State {
        var isWanted = false
        var isOver = false
        /// The thread has, or may have, the device.
        var isTaken = false
        var waiting: [Int: CheckedContinuation<Bool, Never>] = [:]
        var lastWaiting = 0
    }

    init() throws(AudioError) { wakeup = try Wakeup() }

    var isWanted: Bool { state.withLock { $0.isWanted && !$0.isOver } }

    func turnOn() {
        state.withLock { $0.isWanted = true }
        wakeup.signal()
    }

    /// True when the device is closed; false when it has not been for so long, as when a sound server hangs.
    func turnOff(patience: Duration) async -> Bool {
        await withCheckedContinuation { continuation in
            let place: Int? = state.withLock { state in
                state.isWanted = false
                guard state.isTaken else { return nil }
                state.lastWaiting += 1
                state.waiting[state.lastWaiting] = continuation
                return state.lastWaiting
            }
            wakeup.signal()
            guard let place else { return continuation.resume(returning: true) }
            DispatchQueue.global().asyncAfter(deadline: .now() + patience / .seconds(1)) { [weak self] in
                self?.state.withLock { $0.waiting.removeValue(forKey: place) }?.resume(returning: false)
            }
        }
    }

    /// The thread shall end.
    func end() {
        state.withLock { $0.isOver = true }
        wakeup.signal()
    }

    /// Thread: waits until the device is wanted, and takes it. False when the thread shall end.
    func take() -> Bool {
        while true {
            let taken: Bool? = state.withLock { state in
                guard !state.isOver else { return false }
                guard state.isWanted else { return nil }
                state.isTaken = true
                return true
            }
            if let taken { return taken }
            wakeup.wait(for: .seconds(60))
        }
    }

    /// Thread: the device is closed.
    func giveBack() {
        let waiting = state.withLock { state in
            state.isTaken = false
            defer { state.waiting = [:] }
            return state.waiting.values
        }
        for continuation in waiting { continuation.resume(returning: true) }
    }
}
