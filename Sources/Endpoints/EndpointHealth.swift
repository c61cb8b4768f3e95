/// Whether an endpoint is worth asking. One that fails is left alone for a while and then asked once, as a probe.
package struct EndpointHealth: Equatable, Sendable {
    package typealias Instant = ContinuousClock.Instant

    /// 1 when all is well, towards 0 with every failure.
    package private(set) var score = 1.0
    package private(set) var failure: EndpointError?
    private var failures = 0
    private var restsUntil: Instant?

    /// The first rest of an endpoint that does not answer; each further failure doubles it.
    static let firstRest = Duration.seconds(15)
    static let longestRest = Duration.seconds(300)
    /// Keys and bills are not mended in seconds.
    static let longRest = Duration.seconds(600)

    package init() {}

    /// Whether to ask now. After a rest one asks, and the others wait for what it learns.
    package mutating func admit(at now: Instant) -> Bool {
        guard let restsUntil else { return true }
        guard now >= restsUntil else { return false }
        self.restsUntil = now + Self.firstRest
        return true
    }

    package mutating func succeeded() {
        score += (1 - score) * 0.3
        failures = 0
        failure = nil
        restsUntil = nil
    }

    package mutating func failed(_ error: EndpointError, at now: Instant) {
        switch error.kind {
        case .skipped: return
        case .badRequest, .decode:
            // It answered; the fault is in what was asked.
            failures = 0
            restsUntil = nil
            return
        case .auth, .quota: restsUntil = now + Self.longRest
        case .notFound: restsUntil = now + Self.firstRest * 4
        case .rate, .overload:
            restsUntil = now + min(max(error.retryAfter ?? Self.firstRest, .seconds(1)), Self.longestRest)
        case .network, .timeout, .server:
            failures += 1
            // One closed connection happens to the best; a timeout has cost the user seconds already.
            if failures > 1 || error.kind == .timeout {
                restsUntil = now + min(Self.longestRest, Self.firstRest * (1 << min(failures - 1, 8)))
            }
        }
        failure = error
        score *= 0.5
    }
}
