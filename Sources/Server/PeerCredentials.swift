import Foundation
import NIOCore

/// Who is at the other end of a local socket, as the kernel knows it (SO_PEERCRED in unix(7)).
struct PeerCredentials {
    // The layout of the kernel's struct ucred.
    let processId: Int32
    let userId: UInt32
    let groupId: UInt32

    /// Whether it is this user, or root.
    var isOurs: Bool { userId == geteuid() || userId == 0 }

    /// nil when the descriptor is no connected local socket.
    init?(of descriptor: Int32) {
        var peer = PeerCredentials(processId: 0, userId: 0, groupId: 0)
        var length = socklen_t(MemoryLayout<PeerCredentials>.size)
        guard getsockopt(descriptor, SOL_SOCKET, SO_PEERCRED, &peer, &length) == 0 else { return nil }
        self = peer
    }

    private init(processId: Int32, userId: UInt32, groupId: UInt32) {
        self.processId = processId
        self.userId = userId
        self.groupId = groupId
    }

    static func areOurs(_ channel: any Channel) async throws -> Bool {
        guard let options = channel as? any SocketOptionProvider else { return false }
        let peer: PeerCredentials = try await options.unsafeGetSocketOption(
            level: .init(rawValue: SOL_SOCKET), name: .init(rawValue: SO_PEERCRED)
        ).get()
        return peer.isOurs
    }
}
