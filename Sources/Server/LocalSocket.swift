import Foundation
import Logging
import NIOCore
import NIOPosix
import ServiceLifecycle
import Support

/// The local socket: a line of text in and the reply out, or JSON lines for programs. For the same user only.
package struct LocalSocket: Service {
    package static let lineLimit = 64 * 1024
    package static let connectionLimit = 512
    /// How long a client may leave its answers unread.
    static let writeDeadline = Duration.seconds(10)

    let address: ListeningAddress
    let house: House
    let onReady: @Sendable () -> Void
    private let log = Logger(label: "aloud.socket")

    package init(address: ListeningAddress, house: House, onReady: @escaping @Sendable () -> Void = {}) {
        self.address = address
        self.house = house
        self.onReady = onReady
    }

    package func run() async throws {
        let server = try await listen()
        let own = address.identity
        defer { address.remove(own) }
        log.notice("listening", metadata: ["socket": "\(address.description)"])
        onReady()
        let connections = ConnectionCount(limit: LocalSocket.connectionLimit)
        try await server.executeThenClose { clients in
            try await withThrowingDiscardingTaskGroup { group in
                for try await client in clients.cancelOnGracefulShutdown() {
                    // Here, so that who came first is let in first: tasks begin in any order.
                    let isLetIn = connections.enter()
                    group.addTask {
                        guard isLetIn else { return await refuse(client) }
                        defer { connections.leave() }
                        await serve(client)
                    }
                }
                group.cancelAll()
            }
        }
    }

    private func listen() async throws -> NIOAsyncChannel<Accepted<ClientLine>, Never> {
        let bootstrap = ServerBootstrap(group: .singletonMultiThreadedEventLoopGroup)
            .serverChannelOption(.backlog, value: 256)
            .childChannelOption(.allowRemoteHalfClosure, value: true)
        let initializer: @Sendable (any Channel) -> EventLoopFuture<Accepted<ClientLine>> = { channel in
            channel.eventLoop.makeCompletedFuture {
                try channel.pipeline.syncOperations.addHandler(
                    ByteToMessageHandler(LineDecoder(limit: LocalSocket.lineLimit)))
                return try Accepted<ClientLine>(channel)
            }
        }
        switch address {
        case .inherited(let descriptor):
            return try await bootstrap.bind(descriptor, childChannelInitializer: initializer)
        case .path(let path):
            try ListeningAddress.prepare(path)
            let server = try await bootstrap.bind(
                unixDomainSocketPath: path, cleanupExistingSocketFile: false, childChannelInitializer: initializer)
            chmod(path, 0o600)
            return server
        }
    }

    /// What it sent is read before the connection is closed: else the kernel throws away what was said to it.
    private func refuse(_ client: Accepted<ClientLine>) async {
        try? await client.serve { _, lines, outbound in
            try await outbound.write(ByteBuffer(string: "too many connections; try again in a moment\n"))
            outbound.finish()
            try await withDeadline(.seconds(1)) { for try await _ in lines {} }
        }
    }

    private func serve(_ client: Accepted<ClientLine>) async {
        do {
            try await client.serve { channel, lines, outbound in
                guard try await PeerCredentials.areOurs(channel) else {
                    return log.warning("a process of another user was turned away")
                }
                try await SocketSession(house: house, outbound: outbound).run(lines)
            }
        } catch is CancellationError {
        } catch {
            log.debug("a client left", metadata: ["reason": "\(type(of: error))"])
        }
    }
}
