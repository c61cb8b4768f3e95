import CLinux
import Glibc
import Testing

@Suite struct LinuxTests {
    @Test("Random bytes fill the buffer and differ")
    func random() {
        var first = [UInt8](repeating: 0, count: 1000)
        var second = first
        #expect(linux_random(&first, first.count) == 0)
        #expect(linux_random(&second, second.count) == 0)
        #expect(first != second)
        #expect(Set(first).count > 100)
    }

    @Test("The other end of a local socket is ourselves")
    func peer() {
        var ends: [Int32] = [0, 0]
        #expect(socketpair(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0, &ends) == 0)
        var (pid, uid, gid) = (pid_t(), uid_t(), gid_t())
        #expect(linux_peer_credentials(ends[0], &pid, &uid, &gid) == 0)
        #expect((pid, uid, gid) == (getpid(), getuid(), getgid()))
        for end in ends { close(end) }
        #expect(linux_peer_credentials(ends[0], &pid, &uid, &gid) == -1)
    }

    @Test("An alarm rings when it is due and as often as it was set")
    func alarm() {
        let alarm = linux_timerfd()
        defer { close(alarm) }
        #expect(linux_wait_readable(alarm, -1, 0) == 0)
        #expect(linux_timerfd_set(alarm, 1_000_000, 1_000_000) == 0)
        #expect(linux_wait_readable(-1, alarm, 5000) == 2)
        #expect(linux_timerfd_drain(alarm) >= 1)
        #expect(linux_timerfd_set(alarm, 0, 0) == 0)
        #expect(linux_timerfd_drain(alarm) == 0)
    }
}
