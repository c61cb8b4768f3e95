import NIOCore
import NIOPosix
import Synchronization

/// An HTTP server that does to each request what a script says: the stand-in for servers that are not here.
///
/// Scripts of a path are played in their order; the last one is played again for what comes after it.
package final class ScriptedServer: Sendable {
    private struct State {
        var scripts: [String: [Script]] = [:]
        var makers: [String: @Sendable (ReceivedRequest) -> Script] = [:]
        var requests: [ReceivedRequest] = []
        var connections = 0
    }

    private let state = Mutex(State())
    private let listener: any Channel
    private let ended: AsyncStream<Int>
    private let endedContinuation: AsyncStream<Int>.Continuation
    private let began: AsyncStream<String>
    private let beganContinuation: AsyncStream<String>.Continuation

    package let port: Int
    package let unixSocket: String?

    /// On a free port of 127.0.0.1, or on a local socket.
    package static func start(
        _ scripts: [String: [Script]] = [:], unixSocket: String? = nil
    ) async throws -> ScriptedServer {
        let group = MultiThreadedEventLoopGroup.singleton
        let late = Mutex<ScriptedServer?>(nil)
        let bootstrap = ServerBootstrap(group: group)
            .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
            .childChannelOption(.socketOption(.so_reuseaddr), value: 1)
            .childChannelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    guard let server = late.withLock({ $0 }) else { throw ChannelError.ioOnClosedChannel }
                    try channel.pipeline.syncOperations.addHandler(Connection(server))
                }
            }
        // Accepting begins when the server is whole.
        let listener =
            if let unixSocket {
                try await bootstrap.serverChannelOption(.autoRead, value: false)
                    .bind(unixDomainSocketPath: unixSocket).get()
            } else {
                try await bootstrap.serverChannelOption(.autoRead, value: false)
                    .bind(host: "127.0.0.1", port: 0).get()
            }
        let server = ScriptedServer(listener, scripts, unixSocket)
        late.withLock { $0 = server }
        try await listener.setOption(.autoRead, value: true).get()
        listener.read()
        return server
    }

    private init(_ listener: any Channel, _ scripts: [String: [Script]], _ unixSocket: String?) {
        self.listener = listener
        self.unixSocket = unixSocket
        port = listener.localAddress?.port ?? 0
        (ended, endedContinuation) = AsyncStream.makeStream(of: Int.self)
        (began, beganContinuation) = AsyncStream.makeStream(of: String.self)
        state.withLock { $0.scripts = scripts }
    }

    package var url: String { "http://127.0.0.1:\(port)" }

    /// All whole requests so far.
    package var requests: [ReceivedRequest] { state.withLock { $0.requests } }

    package func play(_ path: String, _ scripts: Script...) { state.withLock { $0.scripts[path] = scripts } }

    package func play(_ path: String, _ scripts: [Script]) { state.withLock { $0.scripts[path] = scripts } }

    /// Has the script of every request to that path made from it.
    package func answer(_ path: String, by make: @escaping @Sendable (ReceivedRequest) -> Script) {
        state.withLock { $0.makers[path] = make }
    }

    /// Waits until the other side has closed a connection, and gives its number.
    package func nextEnd() async -> Int? {
        for await number in ended { return number }
        return nil
    }

    /// Waits until a request is whole, and gives its path.
    package func nextRequest() async -> String? {
        for await path in began { return path }
        return nil
    }

    package func stop() async throws { try await listener.close() }

    // MARK: Connections

    func connected() -> Int {
        state.withLock { state in
            state.connections += 1
            return state.connections
        }
    }

    func disconnected(_ number: Int) { endedContinuation.yield(number) }

    func script(for request: ReceivedRequest) -> Script {
        let script = state.withLock { state in
            state.requests.append(request)
            let path = String(request.path.split(separator: "?").first ?? "")
            if let make = state.makers[path] { return make(request) }
            guard var scripts = state.scripts[path] ?? state.scripts["*"], let first = scripts.first else {
                return Script.answer(#"{"error":{"message":"no script for \#(path)"}}"#, status: 404)
            }
            if scripts.count > 1 {
                scripts.removeFirst()
                state.scripts[state.scripts[path] == nil ? "*" : path] = scripts
            }
            return first
        }
        beganContinuation.yield(request.path)
        return script
    }
}
