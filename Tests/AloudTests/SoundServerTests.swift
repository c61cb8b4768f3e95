import AloudProcess
import Audio
import Foundation
import Server
import Storage
import Support
import Testing
import VirtualSound

/// The same loop through a real sound server, in real time.
@Suite(.serialized) struct SoundServerTests {
    @Test func theLoopRunsThroughASoundServer() async throws {
        let server = try SoundServer()
        defer { server.stop() }
        let socket = server.socket
        try #require(try await eventually { FileManager.default.fileExists(atPath: socket) })
        let home = AloudHome()
        let devices = try VirtualSound()
        let daemon = try RunningProcess(
            AloudHome.binary,
            ["serve", "--input", server.device("mic.monitor"), "--output", server.device("spk")],
            environment: home.environment(devices.environment))
        let isOpen = try await eventually { daemon.errorsSoFar.contains("microphone open") }
        try #require(isOpen, "\(daemon.errorsSoFar)")

        let client = ["PULSE_SERVER": "unix:\(socket)", "PATH": "/usr/bin:/bin", "HOME": home.folder]
        let recorded = home.folder + "/heard.wav"
        let recorder = try RunningProcess(
            "/usr/bin/parecord",
            ["-d", "spk.monitor", "--file-format=wav", "--rate=16000", "--channels=1", "--latency-msec=20", recorded],
            environment: client)
        let speaker = try RunningProcess(
            "/usr/bin/paplay",
            ["-d", "mic", "--latency-msec=20", DemoSounds.folder.appending(path: "1-wake-create-project.wav").path],
            environment: client)
        #expect(await speaker.ended().status == 0)
        let wasSpoken = try await eventually(within: .seconds(60)) {
            try await home.run("stats", "--json").output.contains(#""stage":"first_sound""#)
        }
        #expect(wasSpoken, "\(daemon.errorsSoFar)")
        recorder.signal(SIGTERM)
        _ = await recorder.ended()
        daemon.signal(SIGTERM)
        #expect(await daemon.ended().status == 0)

        let store = try await Store.open(path: home.database)
        #expect(try await store.project(named: "voice notes") != nil)
        try store.close()
        let again = try await AloudHome().run("hear", recorded, "--json")
        #expect(again.output.contains("project voice notes"), "\(again.output)")
    }
}
