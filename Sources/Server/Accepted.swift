import NIOCore
import Support

/// A client that was accepted. An async channel that is let go before its writer was finished ends the process, and the
/// clients that still wait to be served when the daemon stops are let go just so: they are finished here.
final class Accepted<Message: Sendable>: Sendable {
    typealias Client = NIOAsyncChannel<Message, ByteBuffer>
    typealias Messages = NIOAsyncChannelInboundStream<Message>
    typealias Answers = NIOAsyncChannelOutboundWriter<ByteBuffer>

    private let client: Client
    private let isServed = Shared(false)

    /// On the channel's event loop, before it has read anything: a client may say all it has to say and leave at once.
    init(_ channel: any Channel) throws {
        client = try Client(
            wrappingChannelSynchronously: channel, configuration: .init(isOutboundHalfClosureEnabled: true))
    }

    deinit {
        guard !isServed.value else { return }
        Task { [client] in try? await client.executeThenClose { _, _ in } }
    }

    /// Serves the client, once, and closes it.
    func serve(_ body: (any Channel, Messages, Answers) async throws -> Void) async throws {
        isServed.value = true
        try await client.executeThenClose { try await body(client.channel, $0, $1) }
    }
}
