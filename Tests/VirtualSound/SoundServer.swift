import Foundation

/// A PulseAudio server of our own, with two sinks that go nowhere: what is played into `spk` or `mic` can be recorded from
/// `spk.monitor` or `mic.monitor`. In a folder of its own, and ended with `stop`.
package struct SoundServer {
    package static let program = "/usr/bin/pulseaudio"

    private let folder = FileManager.default.temporaryDirectory.appending(path: "aloud-pulse-\(UUID().uuidString)")
    private let process = Process()

    /// Returns before the server answers.
    package init() throws {
        let home = folder.appending(path: "home")
        try FileManager.default.createDirectory(
            at: home, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
        let script = folder.appending(path: "test.pa")
        try """
        load-module module-native-protocol-unix socket=\(socket) auth-anonymous=1
        load-module module-null-sink sink_name=spk rate=48000 channels=2 format=s16le
        load-module module-null-sink sink_name=mic rate=16000 channels=1 format=s16le

        """.write(to: script, atomically: true, encoding: .utf8)
        process.executableURL = URL(filePath: Self.program)
        process.arguments = [
            "-n", "-F", script.path, "--daemonize=no", "--use-pid-file=no", "--exit-idle-time=-1",
            "--disable-shm=yes", "--realtime=no", "--high-priority=no",
        ]
        process.environment = [
            "HOME": home.path, "XDG_RUNTIME_DIR": folder.path, "PATH": "/usr/bin:/bin", "LANG": "C",
        ]
        process.standardOutput = FileHandle.nullDevice
        process.standardError = FileHandle.nullDevice
        try process.run()
    }

    package func device(_ name: String) -> String { "server:SERVER='unix:\(socket)',DEVICE='\(name)'" }

    /// A server that hangs: it lives and does nothing.
    package func freeze() { kill(process.processIdentifier, SIGSTOP) }

    package func thaw() { kill(process.processIdentifier, SIGCONT) }

    package func stop() {
        thaw()
        process.terminate()
        process.waitUntilExit()
        try? FileManager.default.removeItem(at: folder)
    }

    /// The path of its native protocol's socket; it is there when the server answers.
    package var socket: String { folder.appending(path: "native.sock").path }
}
