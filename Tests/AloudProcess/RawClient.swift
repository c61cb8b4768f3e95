import Foundation

/// A client that sends bytes and reads until the other end closes, on a thread of its own.
package enum RawClient {
    package static func exchange(_ path: String, _ bytes: [UInt8], closesFirst: Bool = false) async -> String {
        await withCheckedContinuation { continuation in
            Thread.detachNewThread { continuation.resume(returning: run(path, bytes, closesFirst: closesFirst)) }
        }
    }

    /// A descriptor that is connected, -1 when nobody listens.
    package static func connect(_ path: String) -> Int32 {
        let descriptor = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue), 0)
        var name = sockaddr_un()
        name.sun_family = sa_family_t(AF_UNIX)
        withUnsafeMutableBytes(of: &name.sun_path) { $0.copyBytes(from: Array(path.utf8)) }
        let connected = withUnsafePointer(to: &name) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { address in
                var result: Int32
                // It waits while many others wait to be accepted, and a child that ends interrupts it.
                repeat {
                    result = Glibc.connect(descriptor, address, socklen_t(MemoryLayout<sockaddr_un>.size))
                } while result != 0 && errno == EINTR
                return result
            }
        }
        guard connected != 0 else { return descriptor }
        close(descriptor)
        return -1
    }

    private static func run(_ path: String, _ bytes: [UInt8], closesFirst: Bool) -> String {
        let descriptor = connect(path)
        guard descriptor >= 0 else { return "not connected" }
        defer { close(descriptor) }
        var limit = timeval(tv_sec: 20, tv_usec: 0)
        setsockopt(descriptor, SOL_SOCKET, SO_RCVTIMEO, &limit, socklen_t(MemoryLayout<timeval>.size))
        setsockopt(descriptor, SOL_SOCKET, SO_SNDTIMEO, &limit, socklen_t(MemoryLayout<timeval>.size))
        var rest = bytes[...]
        while !rest.isEmpty {
            let sent = rest.withUnsafeBytes { send(descriptor, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL)) }
            guard sent > 0 else { break }
            rest = rest.dropFirst(sent)
        }
        if closesFirst { return "closed" }
        shutdown(descriptor, Int32(SHUT_WR))
        var answer: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 65536)
        while true {
            let count = recv(descriptor, &buffer, buffer.count, 0)
            guard count > 0 else { break }
            answer += buffer[..<count]
        }
        return String(decoding: answer, as: UTF8.self)
    }
}
