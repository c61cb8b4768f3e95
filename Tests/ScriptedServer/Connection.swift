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
        let channel = context.channel
        Task { await Connection.play(script, request.method == "HEAD", on: channel) }
    }

    func channelInactive(context: ChannelHandlerContext) { server.disconnected(number) }

    func errorCaught(context: ChannelHandlerContext, error: any Error) { context.close(promise: nil) }

    /// What cannot be written any longer was not wanted any longer.
    private static func play(_ script: Script, _ isHead: Bool, on channel: any Channel) async {
        for step in script.steps {
            switch step {
            case .bytes(let bytes):
                let sent = isHead ? bytes.headOnly : bytes
                try? await channel.writeAndFlush(ByteBuffer(bytes: sent))
            case .trickle(let bytes):
                for byte in bytes { try? await channel.writeAndFlush(ByteBuffer(bytes: [byte])) }
            case .gate(let gate): await gate.pass()
            case .close: try? await channel.close()
            case .reset:
                try? await (channel as? any SocketOptionProvider)?.setSoLinger(linger(l_onoff: 1, l_linger: 0)).get()
                try? await channel.close()
            case .silence: return
            }
        }
    }
}

extension [UInt8] {
    fileprivate var headOnly: [UInt8] {
        firstRange(of: Array("\r\n\r\n".utf8)).map { Array(self[..<$0.upperBound]) } ?? self
    }
}
