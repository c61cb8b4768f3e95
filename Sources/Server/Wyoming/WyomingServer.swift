import Endpoints
import Foundation
import Logging
import NIOCore
import NIOPosix
import ServiceLifecycle
import Speech
import Support

/// Serves other programs by the Wyoming protocol: Aloud's ears, its voice and its conversation.
///
/// The protocol knows no password: whoever reaches the address may do all of it.
package struct WyomingServer: Service {
    package static let connectionLimit = 16

    private let address: WyomingAddress
    private let surface: WyomingSurface
    private let silence: Duration
    private let onReady: @Sendable () -> Void
    private let log = Logger(label: "aloud.wyoming")

    /// - Parameter silence: A client that says nothing for so long is let go.
    package init(
        address: WyomingAddress, surface: WyomingSurface, silence: Duration = .seconds(300),
        onReady: @escaping @Sendable () -> Void = {}
    ) {
        self.address = address
        self.surface = surface
        self.silence = silence
        self.onReady = onReady
    }

    package func run() async throws {
        let server = try await listen()
        let socket = socketPath.map { ListeningAddress.path($0) }
        let own = socket?.identity
        defer { socket?.remove(own) }
        log.notice("serving Wyoming clients", metadata: ["address": "\(address)"])
        if !address.isThisMachine {
            log.warning("anybody who reaches this address can talk to Aloud", metadata: ["address": "\(address)"])
        }
        onReady()
        let connections = ConnectionCount(limit: Self.connectionLimit)
        try await server.executeThenClose { clients in
            try await withThrowingDiscardingTaskGroup { group in
                for try await client in clients.cancelOnGracefulShutdown() {
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

    private var socketPath: String? { if case .unix(let path) = address { path } else { nil } }

    private func listen() async throws -> NIOAsyncChannel<Accepted<ByteBuffer>, Never> {
        let bootstrap = ServerBootstrap(group: .singletonMultiThreadedEventLoopGroup)
            .serverChannelOption(.backlog, value: 64)
            .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
            .childChannelOption(.allowRemoteHalfClosure, value: true)
        let initializer: @Sendable (any Channel) -> EventLoopFuture<Accepted<ByteBuffer>> = { [silence] channel in
            channel.eventLoop.makeCompletedFuture {
                try channel.pipeline.syncOperations.addWyomingSilence(silence)
                return try Accepted<ByteBuffer>(channel)
            }
        }
        switch address {
        case .tcp(let host, let port):
            do {
                return try await bootstrap.bind(host: host, port: port, childChannelInitializer: initializer)
            } catch {
                throw WyomingListeningError(
                    address: address, code: (error as? IOError)?.errnoCode, reason: "\(error)")
            }
        case .unix(let path):
            try ListeningAddress.prepare(path)
            let server = try await bootstrap.bind(
                unixDomainSocketPath: path, cleanupExistingSocketFile: false, childChannelInitializer: initializer)
            chmod(path, 0o600)
            return server
        }
    }

    private func refuse(_ client: Accepted<ByteBuffer>) async {
        try? await client.serve { _, inbound, outbound in
            let link = WyomingLink(inbound, outbound)
            try await link.send(.error("too many connections; try again in a moment", code: "busy"))
            link.finish()
            // What was sent is read before the connection is closed: else the kernel throws away what was said to it.
            try await withDeadline(.seconds(1)) { for try await _ in inbound {} }
        }
    }

    private func serve(_ client: Accepted<ByteBuffer>) async {
        do {
            try await client.serve { _, inbound, outbound in
                try await WyomingSession(surface: surface, link: WyomingLink(inbound, outbound)).run()
            }
        } catch is CancellationError {
        } catch {
            log.debug("a client left", metadata: ["reason": "\(type(of: error))"])
        }
    }
}

/// The address cannot be served.
package struct WyomingListeningError: Error, CustomStringConvertible {
    let address: WyomingAddress
    let code: Int32?
    let reason: String

    package var isInUse: Bool { code == EADDRINUSE }

    package var description: String {
        let reason = code.map { String(cString: strerror($0)).lowercased() } ?? reason
        return "wyoming.listen: \(address) cannot be used: \(reason); choose another, or off"
    }
}
