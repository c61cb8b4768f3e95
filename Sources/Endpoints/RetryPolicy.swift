/// Whether to ask again, and after how long. Somebody waits for the answer: one more try, and only when it fits.
package struct RetryPolicy: Equatable, Sendable {
    package var retries = 1
    package var firstPause = Duration.milliseconds(500)
    package var longestPause = Duration.seconds(8)
    /// A try with less time left than this is not worth it.
    package var shortestTry = Duration.seconds(1)

    package init() {}

    /// - Parameters:
    ///   - attempt: How many tries have failed, from 1.
    ///   - remaining: The time left until the deadline; nil without one.
    ///   - jitter: 0 … 1; takes up to a quarter off the pause, so that clients do not come back together.
    package func pause(
        after error: EndpointError, attempt: Int, remaining: Duration?, jitter: Double = .random(in: 0...1)
    ) -> Duration? {
        guard attempt <= retries, error.isRetryable else { return nil }
        let grown = min(longestPause, firstPause * (1 << min(attempt - 1, 10)))
        let pause = error.retryAfter ?? grown * (1 - 0.25 * jitter)
        if let remaining, pause + shortestTry > remaining { return nil }
        // Nobody waits longer than this for a server that asks for patience.
        return pause <= longestPause ? pause : nil
    }
}

extension EndpointError {
    /// Whether the same request may succeed a moment later.
    var isRetryable: Bool {
        switch kind {
        case .auth, .quota, .badRequest, .notFound, .decode, .skipped: false
        case .rate, .overload, .network, .timeout, .server: isWorthRetrying ?? true
        }
    }
}
