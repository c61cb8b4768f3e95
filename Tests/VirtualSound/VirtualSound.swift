import Foundation

/// A folder with an ALSA configuration that knows no hardware: the named virtual devices, and `vdev:…`, which takes the
/// fields of one in its name; and `server:…`, a device of a PulseAudio server.
///
/// A process that is started with `environment` sees only these devices. Within the test process the configuration is set
/// once and for all by `installed`: libasound keeps what it has read, and other threads may be reading the environment.
package struct VirtualSound: Sendable {
    package let folder: URL

    package var configuration: URL { folder.appending(path: "asound.conf") }

    package var environment: [String: String] { ["ALSA_CONFIG_PATH": configuration.path] }

    package init(_ devices: [String: VirtualDevice] = [:]) throws {
        folder = FileManager.default.temporaryDirectory.appending(path: "aloud-sound-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        var text = """
            pcm_type.vdev { lib "\(try Self.library().path)" }
            pcm.null { type null }
            pcm.vdev {
                @args [ IN OUT RATE CHANNELS SPEED FAULTS GONE ]
                @args.IN { type string default "" }
                @args.OUT { type string default "" }
                @args.RATE { type integer default 16000 }
                @args.CHANNELS { type integer default 1 }
                @args.SPEED { type string default "1" }
                @args.FAULTS { type string default "" }
                @args.GONE { type string default "" }
                type vdev infile $IN outfile $OUT rate $RATE channels $CHANNELS
                speed $SPEED faults $FAULTS gone $GONE
            }
            pcm.server {
                @args [ SERVER DEVICE ]
                @args.SERVER { type string }
                @args.DEVICE { type string }
                type pulse server $SERVER device $DEVICE
            }

            """
        for (name, device) in devices { text += "pcm.\(name) \(device.configuration)\n" }
        try text.write(to: configuration, atomically: true, encoding: .utf8)
    }

    /// The configuration of this process, the devices in it all named by their fields.
    package static let installed: Result<VirtualSound, any Error> = Result {
        let sound = try VirtualSound(["listed": VirtualDevice()])
        setenv("ALSA_CONFIG_PATH", sound.configuration.path, 1)
        atexit { try? VirtualSound.installed.get().remove() }
        setenv("PULSE_COOKIE", sound.folder.appending(path: "cookie").path, 1)
        return sound
    }

    package func remove() { try? FileManager.default.removeItem(at: folder) }

    /// A path in the folder that nothing has used before.
    package func path(_ purpose: String) -> String {
        folder.appending(path: "\(purpose)-\(UUID().uuidString.prefix(8))").path
    }

    /// A new file of raw samples.
    package func file(of samples: [Int16]) throws -> String {
        let path = path("in")
        try samples.withUnsafeBytes { try Data($0).write(to: URL(filePath: path)) }
        return path
    }

    /// The raw samples in a file; none when there is no file.
    package static func samples(in path: String) -> [Int16] {
        guard let data = FileManager.default.contents(atPath: path) else { return [] }
        return data.withUnsafeBytes { Array($0.bindMemory(to: Int16.self)) }
    }

    /// The device's code, which the build puts beside the tests.
    private static func library() throws -> URL {
        let beside = URL(filePath: "/proc/self/exe").resolvingSymlinksInPath().deletingLastPathComponent()
        let library = beside.appending(path: "libasound_module_pcm_vdev.so")
        guard FileManager.default.fileExists(atPath: library.path) else {
            throw CocoaError(.fileNoSuchFile, userInfo: [NSFilePathErrorKey: library.path])
        }
        return library
    }
}
