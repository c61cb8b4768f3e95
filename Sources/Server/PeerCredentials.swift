import CLinux
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
        var peer = (processId: pid_t(), userId: uid_t(), groupId: gid_t())
        guard linux_peer_credentials(descriptor, &peer.processId, &peer.userId, &peer.groupId) == 0 else { return nil }
        processId = peer.processId
        userId = peer.userId
        groupId = peer.groupId
    }

    static func areOurs(_ channel: any Channel) async throws -> Bool {
        guard let options = channel as? any SocketOptionProvider else { return false }
        let peer: PeerCredentials = try await options.unsafeGetSocketOption(
            level: .init(rawValue: SOL_SOCKET), name: .init(rawValue: SO_PEERCRED)
        ).get()
        return peer.isOurs
    }
}
