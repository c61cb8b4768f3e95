import NIOCore
import NIOPosix
import Support

/// A connection to a Wyoming peer, as long as it is open. Events go out from any task and come in to one.
package struct WyomingLink: Sendable {
    package typealias Inbound = NIOAsyncChannelInboundStream<ByteBuffer>
    package typealias Outbound = NIOAsyncChannelOutboundWriter<ByteBuffer>

    /// How long a peer may leave what it is sent unread.
    private static let writeDeadline = Duration.seconds(10)

    private let inbound: Inbound
    private let outbound: Outbound

    package init(_ inbound: Inbound, _ outbound: Outbound) {
        self.inbound = inbound
        self.outbound = outbound
    }

    /// What the peer sends, until it closes. To be iterated once.
    package var events: WyomingEvents { WyomingEvents(inbound: inbound) }

    package func send(_ event: WyomingEvent) async throws {
        let buffer = ByteBuffer(bytes: try event.encoded())
        try await withDeadline(Self.writeDeadline) { try await outbound.write(buffer) }
    }

    /// Says that nothing more will be sent.
    package func finish() { outbound.finish() }
}

/// The events of a connection.
package struct WyomingEvents: AsyncSequence, Sendable {
    fileprivate let inbound: WyomingLink.Inbound

    package func makeAsyncIterator() -> Iterator { Iterator(buffers: inbound.makeAsyncIterator()) }

    package struct Iterator: AsyncIteratorProtocol {
        fileprivate var buffers: WyomingLink.Inbound.AsyncIterator
        private var decoder = WyomingDecoder()

        fileprivate init(buffers: WyomingLink.Inbound.AsyncIterator) { self.buffers = buffers }

        package mutating func next() async throws -> WyomingEvent? {
            while true {
                if let event = try decoder.next() { return event }
                guard let buffer = try await buffers.next() else {
                    if decoder.isWithinEvent { throw WyomingError.cutOff }
                    return nil
                }
                decoder.add(buffer.readableBytesView)
            }
        }
    }
}

extension WyomingLink {
    /// Connects, does `body`, and closes.
    ///
    /// - Parameter silence: How long the peer may send nothing before the connection is given up.
    package static func open<Value: Sendable>(
        _ address: WyomingAddress, connectDeadline: Duration = .seconds(2), silence: Duration,
        _ body: @escaping @Sendable (WyomingLink) async throws -> Value
    ) async throws -> Value {
        let bootstrap = ClientBootstrap(group: .singletonMultiThreadedEventLoopGroup)
            .connectTimeout(TimeAmount(connectDeadline))
            // What a peer said before it closed its end is still read.
            .channelOption(.allowRemoteHalfClosure, value: true)
        let initializer: @Sendable (any Channel) -> EventLoopFuture<NIOAsyncChannel<ByteBuffer, ByteBuffer>> = {
            channel in
            channel.eventLoop.makeCompletedFuture {
                try channel.pipeline.syncOperations.addWyomingSilence(silence)
                return try NIOAsyncChannel<ByteBuffer, ByteBuffer>(wrappingChannelSynchronously: channel)
            }
        }
        let channel =
            switch address {
            case .tcp(let host, let port):
                try await bootstrap.connect(host: host, port: port, channelInitializer: initializer)
            case .unix(let path):
                try await bootstrap.connect(unixDomainSocketPath: path, channelInitializer: initializer)
            }
        return try await channel.executeThenClose { try await body(WyomingLink($0, $1)) }
    }
}

extension ChannelPipeline.SynchronousOperations {
    /// Ends a connection on which nothing came for `limit`, with `WyomingError.silent`.
    package func addWyomingSilence(_ limit: Duration) throws {
        try addHandlers([IdleStateHandler(readTimeout: TimeAmount(limit)), SilenceHandler()])
    }
}

private final class SilenceHandler: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        guard event is IdleStateHandler.IdleStateEvent else { return context.fireUserInboundEventTriggered(event) }
        context.fireErrorCaught(WyomingError.silent)
        context.close(promise: nil)
    }
}
