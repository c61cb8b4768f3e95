import CALSA

/// Decides how a microphone is kept alive: what to open, when to try again, when to give up on a device and when to go
/// back to it. It does nothing itself; each call says what happened and returns what to do.
package struct CaptureRecovery {
    package typealias Instant = ContinuousClock.Instant

    package struct Policy: Sendable {
        /// Recoveries in a row without a frame between them; some servers recover for ever and never give one.
        package var recoveries = 3
        /// Without a frame for so long, a device that reports no error is lost all the same.
        package var watchdog: Duration = .seconds(1)
        /// The first frame may take longer.
        package var firstFrame: Duration = .seconds(3)
        package var shortestDelay: Duration = .milliseconds(100)
        package var longestDelay: Duration = .seconds(2)
        /// How often the named device is tried while the fallback gives sound; doubled while it disappoints.
        package var probe: Duration = .seconds(3)
        package var longestProbe: Duration = .seconds(60)
        /// Overruns are told at most so often.
        package var quiet: Duration = .seconds(10)

        package init() {}
    }

    package enum Action: Equatable, Sendable {
        /// Answer with `opened` or `refused`.
        case open(String)
        /// Try this device beside the open one, and change over if it opens: `probed` or `probeRefused`.
        case probe(String)
        case close
        /// Answer with `failed` if it cannot be.
        case recover(Int32)
        case report(MicrophoneEvent)
    }

    private enum State {
        case off
        /// The shell is opening this device.
        case opening(String)
        /// Nothing is open; the named device is tried at this time.
        case waiting(until: Instant)
        case open(Session)
    }

    /// An open device.
    private struct Session {
        let device: String
        let rate: Int
        /// When it opened or last gave a frame.
        var alive: Instant
        var hasSounded = false
        var recoveries = 0
    }

    private let named: String
    private let fallback: String
    private let policy: Policy
    private var state = State.off
    private var delay: Duration
    private var probeInterval: Duration
    private var nextProbe: Instant?
    /// The device that sounded last since the start.
    private var lastHeard: String?
    /// The present outage was told.
    private var isLost = false
    private var overruns: Tally

    package init(device: String, fallback: String = "default", policy: Policy = Policy()) {
        named = device
        self.fallback = fallback
        self.policy = policy
        delay = policy.shortestDelay
        probeInterval = policy.probe
        overruns = Tally(quiet: policy.quiet)
    }

    package mutating func start() -> [Action] {
        self = CaptureRecovery(device: named, fallback: fallback, policy: policy)
        state = .opening(named)
        return [.open(named)]
    }

    package mutating func opened(rate: Int, at now: Instant) -> [Action] {
        guard case .opening(let device) = state else { return [] }
        state = .open(Session(device: device, rate: rate, alive: now))
        return []
    }

    package mutating func refused(_ reason: String, at now: Instant) -> [Action] {
        guard case .opening(let device) = state else { return [] }
        let told = tellLost(device, reason)
        if device == named, named != fallback {
            state = .opening(fallback)
            return told + [.open(fallback)]
        }
        wait(at: now)
        return told
    }

    /// A frame came. In the ordinary run this returns the empty list, which costs nothing.
    package mutating func frames(at now: Instant) -> [Action] {
        guard case .open(var session) = state else { return [] }
        var actions: [Action] = []
        if !session.hasSounded {
            actions.append(.report(arrival(of: session)))
            lastHeard = session.device
            isLost = false
            delay = policy.shortestDelay
            if session.device == named {
                probeInterval = policy.probe
                nextProbe = nil
            } else {
                nextProbe = now + probeInterval
            }
        }
        session.alive = now
        session.hasSounded = true
        session.recoveries = 0
        state = .open(session)
        if let nextProbe, now >= nextProbe {
            self.nextProbe = now + probeInterval
            actions.append(.probe(named))
        }
        if let total = overruns.due(at: now) { actions.append(.report(.overrun(total: total))) }
        return actions
    }

    /// No frame came, and no error.
    package mutating func idle(at now: Instant) -> [Action] {
        switch state {
        case .off, .opening:
            return []
        case .waiting(let until):
            guard now >= until else { return [] }
            state = .opening(named)
            return [.open(named)]
        case .open(let session):
            let patience = session.hasSounded ? policy.watchdog : policy.firstFrame
            guard now - session.alive >= patience else { return [] }
            return lose(session, "no sound for \(patience.components.seconds) s", at: now)
        }
    }

    /// Reading failed with one of libasound's negative codes.
    package mutating func failed(_ code: Int32, at now: Instant) -> [Action] {
        guard case .open(var session) = state else { return [] }
        let isPassing = code == -EPIPE || code == -ESTRPIPE
        guard isPassing, session.recoveries < policy.recoveries else {
            return lose(session, AudioError.reason(code), at: now)
        }
        session.recoveries += 1
        state = .open(session)
        if code == -EPIPE { overruns.add() }
        return [.recover(code)]
    }

    /// The named device opened beside the fallback, which the shell has closed.
    package mutating func probed(rate: Int, at now: Instant) -> [Action] {
        guard case .open = state else { return [] }
        // Should it open and yet give nothing, the next try comes later.
        probeInterval = min(probeInterval * 2, policy.longestProbe)
        nextProbe = nil
        state = .open(Session(device: named, rate: rate, alive: now))
        return []
    }

    private mutating func lose(_ session: Session, _ reason: String, at now: Instant) -> [Action] {
        let told = tellLost(session.device, reason)
        // A device that opened and never sounded is as good as refused.
        if session.device == named, named != fallback, !session.hasSounded {
            state = .opening(fallback)
            return [.close] + told + [.open(fallback)]
        }
        wait(at: now)
        return [.close] + told
    }

    private mutating func wait(at now: Instant) {
        state = .waiting(until: now + delay)
        delay = min(delay * 2, policy.longestDelay)
    }

    private mutating func tellLost(_ device: String, _ reason: String) -> [Action] {
        guard !isLost else { return [] }
        isLost = true
        return [.report(.lost(device: device, reason: reason))]
    }

    private func arrival(of session: Session) -> MicrophoneEvent {
        let (device, rate) = (session.device, session.rate)
        if device == lastHeard { return .reopened(device: device, rate: rate) }
        if device != named { return .fellBack(device: device, rate: rate) }
        return lastHeard == nil ? .opened(device: device, rate: rate) : .returned(device: device, rate: rate)
    }
}
