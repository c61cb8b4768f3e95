import Support

/// What is known of one endpoint while the process lives, by all who ask it: how it is, and how quick.
package final class EndpointWatch: Sendable {
    package typealias Instant = ContinuousClock.Instant

    /// Whether it is there: any answer will do. Throws why not.
    typealias Probe = @Sendable () async throws -> Void

    /// What it is for, as `transcriber`; empty when nobody asks.
    package let kind: String
    /// Whom it speaks to, and for which model.
    package let name: String
    private let state: Shared<State>
    private let onFailure: @Sendable () -> Void

    private struct State: Sendable {
        var health: EndpointHealth
        var lastUsed: Instant?
        var times = AnswerTimes()
        var probe: Probe?
        /// What a Wyoming server said of itself, since it last failed.
        var info: WyomingInfo?
    }

    /// - Parameters:
    ///   - isProbed: Whether somebody asks on behalf of the user whether it is back.
    ///   - onFailure: Called each time it fails.
    package init(
        kind: String = "", name: String = "", isProbed: Bool = false, onFailure: @escaping @Sendable () -> Void = {}
    ) {
        self.kind = kind
        self.name = name
        self.onFailure = onFailure
        state = Shared(State(health: EndpointHealth(isProbed: isProbed)))
    }

    package var health: EndpointHealth { state.value.health }

    /// What it takes to answer, of the answers there were; nil while too few are known.
    package var usual: Duration? { state.value.times.usual }

    package func answered(in time: Duration) { state.update { $0.times.add(time) } }

    // MARK: The endpoint

    func probe(by probe: @escaping Probe) { state.update { $0.probe = $0.probe ?? probe } }

    /// Whether to ask now, and what was wrong when not.
    func admit(at now: Instant) -> (isAdmitted: Bool, failure: EndpointError?) {
        state.update { state in
            let isAdmitted = state.health.admit(at: now)
            return (isAdmitted, state.health.failure)
        }
    }

    var info: WyomingInfo? { state.value.info }

    func learn(_ info: WyomingInfo) { state.update { $0.info = info } }

    func used(at now: Instant) { state.update { $0.lastUsed = now } }

    /// Whether it was not used for `limit`; then it is from now on.
    func wakes(at now: Instant, after limit: Duration) -> Bool {
        state.update { state in
            if let last = state.lastUsed, now - last < limit { return false }
            state.lastUsed = now
            return true
        }
    }

    func succeeded() { state.update { $0.health.succeeded() } }

    func failed(_ error: EndpointError, at now: Instant) {
        state.update { state in
            state.health.failed(error, at: now)
            state.info = nil
        }
        onFailure()
    }

    // MARK: Probing

    /// When it is to be probed; nil when there is no need.
    var probeMoment: Instant? { state.value.health.probeMoment }

    func setProbed(_ isProbed: Bool) { state.update { $0.health.isProbed = isProbed } }

    func probe(_ time: EndpointTime) async {
        guard let probe = state.value.probe else { return }
        do {
            try await probe()
            state.update { $0.health.recovered() }
        } catch let error as EndpointError {
            let now = time.now()
            state.update { $0.health.failed(error, at: now) }
        } catch {
            // Cancelled: nothing was learnt.
        }
    }
}

/// How long the last answers took.
struct AnswerTimes: Equatable, Sendable {
    private var latest: [Duration] = []

    private static let most = 64
    /// Fewer say nothing of the slow ones.
    private static let fewest = 8

    mutating func add(_ time: Duration) {
        if latest.count == Self.most { latest.removeFirst() }
        latest.append(time)
    }

    /// Nineteen of twenty took no longer.
    var usual: Duration? {
        guard latest.count >= Self.fewest else { return nil }
        let sorted = latest.sorted()
        return sorted[min(sorted.count - 1, (sorted.count * 95 + 99) / 100 - 1)]
    }
}
