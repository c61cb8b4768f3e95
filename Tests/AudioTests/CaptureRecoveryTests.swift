import Audio
import Glibc
import Testing

/// The state machine alone: milliseconds in, actions out.
@Suite struct CaptureRecoveryTests {
    private let origin = ContinuousClock.now

    private func at(_ milliseconds: Int) -> ContinuousClock.Instant { origin + .milliseconds(milliseconds) }

    /// A machine whose device gave its first frame at 0.
    private func sounding(device: String = "usb") -> CaptureRecovery {
        var recovery = CaptureRecovery(device: device)
        #expect(recovery.start() == [.open(device)])
        #expect(recovery.opened(rate: 48_000, at: at(0)) == [])
        #expect(recovery.frames(at: at(0)) == [.report(.opened(device: device, rate: 48_000))])
        return recovery
    }

    @Test("Frames alone ask for nothing")
    func steady() {
        var recovery = sounding()
        for time in stride(from: 10, to: 20_000, by: 10) { #expect(recovery.frames(at: at(time)) == []) }
    }

    @Test("Three recoveries without a frame between are the last", arguments: [-EPIPE, -ESTRPIPE])
    func recoveries(code: Int32) {
        var recovery = sounding()
        for _ in 0..<3 { #expect(recovery.failed(code, at: at(10)) == [.recover(code)]) }
        let actions = recovery.failed(code, at: at(20))
        #expect(actions.first == .close)
        #expect(actions.count == 2)
    }

    @Test("A frame between recoveries makes them begin anew, and their number is told now and then")
    func overruns() {
        var recovery = sounding()
        var told: [CaptureRecovery.Action] = []
        for time in 1...30 {
            #expect(recovery.failed(-EPIPE, at: at(time * 1000)) == [.recover(-EPIPE)])
            told += recovery.frames(at: at(time * 1000))
        }
        #expect(told == [1, 11, 21].map { .report(.overrun(total: $0)) })
    }

    @Test("Any other error closes, waits longer and longer, and is told once")
    func backoff() {
        var recovery = sounding(device: "default")
        let reason = "No such device"
        #expect(
            recovery.failed(-ENODEV, at: at(0)) == [.close, .report(.lost(device: "default", reason: reason))])
        var opened: [Int] = []
        for time in stride(from: 0, to: 8000, by: 50) where !recovery.idle(at: at(time)).isEmpty {
            opened.append(time)
            #expect(recovery.refused(reason, at: at(time)) == [])
        }
        #expect(opened == [100, 300, 700, 1500, 3100, 5100, 7100])
        #expect(recovery.idle(at: at(9100)) == [.open("default")])
        #expect(recovery.opened(rate: 44_100, at: at(9100)) == [])
        #expect(recovery.frames(at: at(9110)) == [.report(.reopened(device: "default", rate: 44_100))])
    }

    @Test("A device that says nothing is lost after a second, a new one after three")
    func watchdog() {
        var recovery = sounding()
        #expect(recovery.idle(at: at(990)) == [])
        let lost = MicrophoneEvent.lost(device: "usb", reason: "no sound for 1 s")
        #expect(recovery.idle(at: at(1000)) == [.close, .report(lost)])
        var slow = CaptureRecovery(device: "default")
        _ = slow.start()
        _ = slow.opened(rate: 48_000, at: at(0))
        #expect(slow.idle(at: at(2990)) == [])
        #expect(slow.idle(at: at(3000)).first == .close)
    }

    @Test("A refused device falls back at once, is tried again beside the fallback, and gone back to")
    func fallback() {
        var recovery = CaptureRecovery(device: "usb")
        #expect(recovery.start() == [.open("usb")])
        #expect(
            recovery.refused("busy", at: at(0)) == [.report(.lost(device: "usb", reason: "busy")), .open("default")])
        #expect(recovery.opened(rate: 16_000, at: at(5)) == [])
        #expect(recovery.frames(at: at(10)) == [.report(.fellBack(device: "default", rate: 16_000))])
        #expect(recovery.frames(at: at(3000)) == [])
        #expect(recovery.frames(at: at(3010)) == [.probe("usb")])
        #expect(recovery.frames(at: at(6009)) == [])
        #expect(recovery.frames(at: at(6010)) == [.probe("usb")])
        #expect(recovery.probed(rate: 48_000, at: at(6020)) == [])
        #expect(recovery.frames(at: at(6030)) == [.report(.returned(device: "usb", rate: 48_000))])
        #expect(recovery.frames(at: at(60_000)) == [])
    }

    @Test("A device that comes back and gives nothing is left again, and tried less often")
    func disappointing() {
        var recovery = CaptureRecovery(device: "usb")
        _ = recovery.start()
        _ = recovery.refused("busy", at: at(0))
        _ = recovery.opened(rate: 16_000, at: at(0))
        _ = recovery.frames(at: at(0))
        #expect(recovery.frames(at: at(3000)) == [.probe("usb")])
        _ = recovery.probed(rate: 48_000, at: at(3000))
        let actions = recovery.idle(at: at(6000))
        #expect(actions == [.close, .report(.lost(device: "usb", reason: "no sound for 3 s")), .open("default")])
        _ = recovery.opened(rate: 16_000, at: at(6000))
        #expect(recovery.frames(at: at(6000)) == [.report(.reopened(device: "default", rate: 16_000))])
        #expect(recovery.frames(at: at(11_990)) == [])
        #expect(recovery.frames(at: at(12_000)) == [.probe("usb")])
    }

    @Test("Both devices refused: both are tried again, and it is told once")
    func nothing() {
        var recovery = CaptureRecovery(device: "usb")
        _ = recovery.start()
        #expect(recovery.refused("gone", at: at(0)).contains(.open("default")))
        #expect(recovery.refused("gone", at: at(0)) == [])
        #expect(recovery.idle(at: at(100)) == [.open("usb")])
        #expect(recovery.refused("gone", at: at(100)) == [.open("default")])
        #expect(recovery.refused("gone", at: at(100)) == [])
        #expect(recovery.idle(at: at(300)) == [.open("usb")])
        #expect(recovery.opened(rate: 8000, at: at(300)) == [])
        #expect(recovery.frames(at: at(310)) == [.report(.opened(device: "usb", rate: 8000))])
    }
}
