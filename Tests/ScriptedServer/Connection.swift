import Glibc
import NIOCore

/// One connection: requests in, scripts out.
final class Connection: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer

    private let server: ScriptedServer
    private let number: Int
    private var reader = RequestReader()

    init(_ server: ScriptedServer) {
        self.server = server
        number = server.connected()
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        let buffer = unwrapInboundIn(data)
        guard var request = reader.add(buffer.readableBytesView) else { return }
        request.connection = number
        let script = server.script(for: request)
        Connection.play(script.steps[...], request.method == "HEAD", on: context.channel)
    }

    func channelInactive(context: ChannelHandlerContext) { server.disconnected(number) }

    func errorCaught(context: ChannelHandlerContext, error: any Error) { context.close(promise: nil) }

    /// On the connection's event loop, so that a test that keeps every other thread busy does not slow the server.
    /// What cannot be written any longer was not wanted any longer.
    private static func play(_ steps: ArraySlice<Script.Step>, _ isHead: Bool, on channel: any Channel) {
        guard let step = steps.first else { return }
        let next: @Sendable () -> Void = { play(steps.dropFirst(), isHead, on: channel) }
        switch step {
        case .bytes(let bytes):
            let sent = isHead ? bytes.headOnly : bytes
            channel.writeAndFlush(ByteBuffer(bytes: sent)).whenComplete { _ in next() }
        case .gate(let gate):
            Task {
                await gate.pass()
                channel.eventLoop.execute(next)
            }
        case .close: channel.close(promise: nil)
        case .reset:
            let linger = linger(l_onoff: 1, l_linger: 0)
            let option = (channel as? any SocketOptionProvider)?.setSoLinger(linger)
            option?.whenComplete { _ in channel.close(promise: nil) }
        case .silence: return
        }
    }
}

extension [UInt8] {
    fileprivate var headOnly: [UInt8] {
        firstRange(of: Array("\r\n\r\n".utf8)).map { Array(self[..<$0.upperBound]) } ?? self
    }
}
