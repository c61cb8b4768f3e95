/// Whether an endpoint is worth asking. One that fails is left alone for a while, which grows; then somebody asks in the
/// background whether it is back, or the next request does.
package struct EndpointHealth: Equatable, Sendable {
    package typealias Instant = ContinuousClock.Instant

    /// 1 when all is well, towards 0 with every failure.
    package private(set) var score = 1.0
    package private(set) var failure: EndpointError?
    private var failures = 0
    package private(set) var restsUntil: Instant?
    /// It is back, and has not shown yet that it does what it is for.
    package private(set) var isOnTrial = false
    /// Whether somebody finds out that it is back. Then no request that a user waits for is spent on it.
    var isProbed: Bool
    /// Whether an answer to a cheap question says that it is back.
    private var needsProbe = false

    /// The first rest of an endpoint that does not answer; each further failure doubles it.
    static let firstRest = Duration.seconds(15)
    static let longestRest = Duration.seconds(300)
    /// Keys and bills are not mended in seconds.
    static let longRest = Duration.seconds(600)

    package init(isProbed: Bool = false) { self.isProbed = isProbed }

    /// Whether to ask now. After a rest one asks, and the others wait for what it learns.
    package mutating func admit(at now: Instant) -> Bool {
        guard let restsUntil else { return true }
        if isProbed, needsProbe { return false }
        guard now >= restsUntil else { return false }
        self.restsUntil = now + Self.firstRest
        return true
    }

    /// When to ask whether it is back; nil when that is not to be asked.
    var probeMoment: Instant? { isProbed && needsProbe ? restsUntil : nil }

    /// It answers again. How often it failed is not forgotten before it has done what it is for.
    mutating func recovered() {
        needsProbe = false
        restsUntil = nil
        isOnTrial = true
    }

    package mutating func succeeded() {
        isOnTrial = false
        needsProbe = false
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
            isOnTrial = false
            needsProbe = false
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
                needsProbe = true
            }
        }
        failure = error
        isOnTrial = false
        score *= 0.5
    }
}
