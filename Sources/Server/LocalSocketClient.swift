import Foundation
import NIOCore
import NIOPosix
import Support

/// The other end of the local socket: what the command line uses to reach the daemon.
package struct LocalSocketClient: Sendable {
    private let path: String

    package init(path: String) { self.path = path }

    /// Whether a daemon of ours answers there; what another user set up counts for nothing. A connection to a local socket
    /// succeeds or fails at once.
    package static func isAlive(_ path: String) -> Bool {
        let descriptor = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue), 0)
        guard descriptor >= 0 else { return false }
        defer { close(descriptor) }
        var name = sockaddr_un()
        name.sun_family = sa_family_t(AF_UNIX)
        let bytes = Array(path.utf8)
        guard bytes.count < MemoryLayout.size(ofValue: name.sun_path) else { return false }
        withUnsafeMutableBytes(of: &name.sun_path) { $0.copyBytes(from: bytes) }
        let isConnected = withUnsafePointer(to: &name) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_un>.size)) == 0
            }
        }
        return isConnected && PeerCredentials(of: descriptor)?.isOurs == true
    }

    /// Sends one request and gives the lines that answer it, up to and with the one that `isLast`.
    package func request(
        _ facts: JSONValue, deadline: Duration = .seconds(60), isLast: @escaping @Sendable (JSONValue) -> Bool,
        onLine: @escaping @Sendable (JSONValue) -> Void
    ) async throws {
        guard LocalSocketClient.isAlive(path) else { throw SocketError.noDaemon(path) }
        let path = path
        do {
            let channel = try await opened()
            try await withDeadline(deadline) {
                try await channel.executeThenClose { lines, outbound in
                    guard try await PeerCredentials.areOurs(channel.channel) else { throw SocketError.noDaemon(path) }
                    // A daemon that turns clients away says so without reading: what it said is read all the same.
                    try? await outbound.write(ByteBuffer(string: JSONText.line(facts) + "\n"))
                    for try await case .text(let line) in lines {
                        // What is no JSON is said before a request is read: too many clients, too long a line.
                        guard let answer = try? JSONValue(parsing: line) else { throw SocketError.refused(line) }
                        onLine(answer)
                        if isLast(answer) { return }
                    }
                    throw SocketError.closed
                }
            }
        } catch let error as DeadlineError {
            throw SocketError.noAnswer(path, error.limit)
        } catch is ChannelError {
            throw SocketError.closed
        } catch is IOError {
            throw SocketError.closed
        }
    }

    private func opened() async throws -> NIOAsyncChannel<ClientLine, ByteBuffer> {
        try await ClientBootstrap(group: .singletonMultiThreadedEventLoopGroup)
            // What the daemon said before it closed its end is still read.
            .channelOption(.allowRemoteHalfClosure, value: true)
            .connect(unixDomainSocketPath: path) { channel in
                channel.eventLoop.makeCompletedFuture {
                    try channel.pipeline.syncOperations.addHandler(
                        ByteToMessageHandler(LineDecoder(limit: 4 * 1024 * 1024)))
                    return try NIOAsyncChannel<ClientLine, ByteBuffer>(wrappingChannelSynchronously: channel)
                }
            }
    }
}
