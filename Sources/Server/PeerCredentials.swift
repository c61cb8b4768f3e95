import Foundation
import NIOCore

/// Who is at the other end of a local socket, as the kernel knows it (SO_PEERCRED in unix(7)).
struct PeerCredentials {
    // The layout of the kernel's struct ucred.
    let processId: Int32
    let userId: UInt32
    let groupId: UInt32

    static func areOurs(_ channel: any Channel) async throws -> Bool {
        guard let options = channel as? any SocketOptionProvider else { return false }
        let peer: PeerCredentials = try await options.unsafeGetSocketOption(
            level: .init(rawValue: SOL_SOCKET), name: .init(rawValue: SO_PEERCRED)
        ).get()
        return peer.userId == geteuid() || peer.userId == 0
    }
}
