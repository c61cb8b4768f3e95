import NIOCore
import NIOPosix
import Support

/// A recogniser or a voice behind a Wyoming server. One connection for each request, as most clients do.
package struct WyomingEndpoint: Sendable {
    package struct Configuration: Sendable {
        package var address: WyomingAddress
        /// The recogniser to ask for; nil for the server's own choice.
        package var model: String?
        package var connectDeadline = Duration.seconds(2)
        /// How long an answer, or the next part of one, may take.
        package var silence = Duration.seconds(6)

        package init(_ address: WyomingAddress, model: String? = nil) {
            self.address = address
            self.model = model
        }
    }

    package let configuration: Configuration
    private let time: EndpointTime
    package let watch: EndpointWatch

    package init(
        _ configuration: Configuration, watch: EndpointWatch = EndpointWatch(), time: EndpointTime = .live
    ) {
        self.configuration = configuration
        self.time = time
        self.watch = watch
        watch.probe {
            _ = try await WyomingEndpoint.once(
                configuration, within: configuration.connectDeadline + .seconds(4), WyomingEndpoint.describe)
        }
    }

    /// Whom it speaks to, as `aloud doctor` and the engine calls show it.
    package var host: String { configuration.address.host }

    package var health: EndpointHealth { watch.health }

    /// Asks for what the server can do, and how long that took, whether it rests or not.
    package func probe() async throws -> (info: WyomingInfo, took: Duration) {
        let began = time.now()
        let info = try await WyomingEndpoint.once(
            configuration, within: configuration.connectDeadline + configuration.silence, WyomingEndpoint.describe)
        return (info, time.now() - began)
    }

    /// What the server can do, asked for once.
    func info(until deadline: ContinuousClock.Instant) async throws -> WyomingInfo {
        if let known = watch.info { return known }
        let info = try await ask(until: deadline) { try await WyomingEndpoint.describe($0) }
        watch.learn(info)
        return info
    }

    /// Learns what the server can do, because a request is about to come. What fails here fails again, and is told, then.
    package func warm() async {
        guard watch.info == nil else { return }
        _ = try? await info(until: time.now() + configuration.connectDeadline + .seconds(2))
    }

    @Sendable private static func describe(_ link: WyomingLink) async throws -> WyomingInfo {
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
        let (isAdmitted, failure) = watch.admit(at: now)
        guard isAdmitted else {
            throw EndpointError(.skipped, "left alone for a while after: \(failure?.description ?? "failures")")
        }
        guard deadline > now else { throw EndpointError(.timeout, "no time is left", isWorthRetrying: false) }
        do {
            let value = try await WyomingEndpoint.once(configuration, within: deadline - now, body)
            watch.succeeded()
            return value
        } catch let error as EndpointError {
            watch.failed(error, at: time.now())
            throw error
        }
    }

    private static func once<Value: Sendable>(
        _ configuration: Configuration, within limit: Duration,
        _ body: @escaping @Sendable (WyomingLink) async throws -> Value
    ) async throws -> Value {
        do {
            return try await withDeadline(limit) {
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
