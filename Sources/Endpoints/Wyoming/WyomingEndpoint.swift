import NIOCore
import NIOPosix
import Support

/// A recogniser or a voice behind a Wyoming server. One connection for each request, as most clients do.
package struct WyomingEndpoint: Sendable {
    package struct Configuration: Sendable {
        package var address: WyomingAddress
        /// The recogniser to ask for; nil for the server's own choice.
        package var model: String?
        /// The voice to ask for; nil for the server's own choice.
        package var voice: String?
        package var connectDeadline = Duration.seconds(2)
        /// How long an answer, or the next part of one, may take.
        package var silence = Duration.seconds(6)

        package init(_ address: WyomingAddress, model: String? = nil, voice: String? = nil) {
            self.address = address
            self.model = model
            self.voice = voice
        }
    }

    package let configuration: Configuration
    private let time: EndpointTime
    private let state = Shared(State())

    private struct State {
        var health = EndpointHealth()
        /// What the server said of itself, since it last failed.
        var info: WyomingInfo?
    }

    package init(_ configuration: Configuration, time: EndpointTime = .live) {
        self.configuration = configuration
        self.time = time
    }

    /// Whom it speaks to, as `aloud doctor` and the engine calls show it.
    package var host: String { configuration.address.host }

    package var health: EndpointHealth { state.value.health }

    /// Asks for what the server can do, and how long that took, whether it rests or not.
    package func probe() async throws -> (info: WyomingInfo, took: Duration) {
        let began = time.now()
        let info = try await once(within: configuration.connectDeadline + configuration.silence) {
            try await WyomingEndpoint.describe($0)
        }
        return (info, time.now() - began)
    }

    /// What the server can do, asked for once.
    func info(until deadline: ContinuousClock.Instant) async throws -> WyomingInfo {
        if let known = state.value.info { return known }
        let info = try await ask(until: deadline) { try await WyomingEndpoint.describe($0) }
        state.update { $0.info = info }
        return info
    }

    private static func describe(_ link: WyomingLink) async throws -> WyomingInfo {
        try await link.send(.describe)
        for try await event in link.events where event.type == "info" { return WyomingInfo(event) }
        throw EndpointError(.network, "the server closed the connection before it answered")
    }

    /// Does `body` on a connection of its own. Every failure is an `EndpointError` or a cancellation; a server that rests
    /// is not asked at all.
    func ask<Value: Sendable>(
        until deadline: ContinuousClock.Instant, _ body: @escaping @Sendable (WyomingLink) async throws -> Value
    ) async throws -> Value {
        let now = time.now()
        let (isAdmitted, failure) = state.update { state in (state.health.admit(at: now), state.health.failure) }
        guard isAdmitted else {
            throw EndpointError(.skipped, "left alone for a while after: \(failure?.description ?? "failures")")
        }
        guard deadline > now else { throw EndpointError(.timeout, "no time is left", isWorthRetrying: false) }
        do {
            let value = try await once(within: deadline - now, body)
            state.update { $0.health.succeeded() }
            return value
        } catch let error as EndpointError {
            let now = time.now()
            state.update { state in
                state.health.failed(error, at: now)
                state.info = nil
            }
            throw error
        }
    }

    private func once<Value: Sendable>(
        within limit: Duration, _ body: @escaping @Sendable (WyomingLink) async throws -> Value
    ) async throws -> Value {
        do {
            return try await withDeadline(limit) { [configuration] in
                try await WyomingLink.open(
                    configuration.address, connectDeadline: configuration.connectDeadline,
                    silence: configuration.silence, body)
            }
        } catch {
            throw EndpointError.ofWyoming(error)
        }
    }
}

extension EndpointError {
    /// From whatever ended a connection; a cancellation stays one.
    static func ofWyoming(_ error: any Error) -> any Error {
        switch error {
        case is EndpointError, is CancellationError: error
        case is DeadlineError: EndpointError(.timeout, "no answer in time", isWorthRetrying: false)
        case WyomingError.silent: EndpointError(.timeout, "no answer in time", isWorthRetrying: false)
        case WyomingError.cutOff: EndpointError(.network, "the connection was closed before the answer was whole")
        case let error as WyomingError: EndpointError(.decode, error.description)
        case ChannelError.connectTimeout: EndpointError(.timeout, "no connection in time", isWorthRetrying: false)
        case let error as NIOConnectionError where error.isTimeout:
            EndpointError(.timeout, "no connection in time", isWorthRetrying: false)
        case is NIOConnectionError: EndpointError(.network, "the server cannot be reached", isWorthRetrying: false)
        case is ChannelError: EndpointError(.network, "the connection was closed before the answer was whole")
        default: EndpointError(.network, shortened("the connection failed: \(error)"), isWorthRetrying: false)
        }
    }

    /// From the `error` event of a server.
    static func said(_ event: WyomingEvent) -> EndpointError {
        let code = event["code"]?.string.map { " (\($0))" } ?? ""
        return EndpointError(.server, shortened((event["text"]?.string ?? "the server gave no reason") + code))
    }
}

extension NIOConnectionError {
    /// Whether nobody answered, rather than refused.
    fileprivate var isTimeout: Bool {
        connectionErrors.contains { failure in
            if case ChannelError.connectTimeout = failure.error { true } else { false }
        }
    }
}
