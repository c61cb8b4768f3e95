import Audio
import Foundation
import Server
import Speech
import Storage
import Support

/// One thing that was looked at.
struct Check: Equatable, Sendable, Codable {
    let id: String
    let title: String
    let status: Status
    let detail: String
    /// What to do about it; nil when it is well.
    let fix: String?

    enum Status: String, Codable, Sendable {
        case ok, warn, fail

        var mark: String {
            switch self {
            case .ok: "ok    "
            case .warn: "warn  "
            case .fail: "FAIL  "
            }
        }
    }

    init(_ id: String, _ title: String, _ status: Status, _ detail: String, fix: String? = nil) {
        self.id = id
        self.title = title
        self.status = status
        self.detail = detail
        self.fix = fix
    }
}

/// Looks at everything Aloud needs, and touches nothing.
struct Examination {
    let environment: [String: String]

    func checks() async -> [Check] {
        let (loaded, configuration) = configuration()
        let locations = loaded.locations
        return [
            configuration, templates(locations), folder("data", locations.dataFolder), runtime(locations),
            await database(loaded), await device("microphone", loaded.configuration.audio.input, .capture),
            await device("speaker", loaded.configuration.audio.output, .playback), recogniser(),
            await localVoice(loaded), socket(locations),
        ] + (await engines(loaded)) + (await wyoming(loaded.configuration.wyoming))
    }

    /// With an invalid file the rest is looked at all the same, as it would be without it.
    private func configuration() -> (LoadedConfiguration, Check) {
        do {
            let loaded = try LoadedConfiguration.load(environment: environment)
            let file = loaded.locations.configFile
            let exists = FileManager.default.fileExists(atPath: file)
            return (loaded, Check("config", "configuration", .ok, exists ? file : "all defaults (no \(file))"))
        } catch {
            return (
                LoadedConfiguration.defaults(environment: environment),
                Check(
                    "config", "configuration", .fail, error.description,
                    fix: "mend that line, or leave the key out; what follows is checked with the defaults")
            )
        }
    }

    private func folder(_ id: String, _ path: String) -> Check {
        let title = "\(id) folder"
        var status = stat()
        guard stat(path, &status) == 0 else {
            let code = errno
            guard code == ENOENT, FileIdentity(path) == nil else {
                let reason = code == ENOENT ? "it is a link to nothing" : String(cString: strerror(code))
                return Check(id, title, .fail, "\(path) cannot be used: \(reason)", fix: "move away what is in the way")
            }
            let parent = (path as NSString).deletingLastPathComponent
            guard !parent.isEmpty, parent != path else { return Check(id, title, .fail, "\(path) is no path") }
            let above = folder(id, parent)
            guard above.status != .fail else { return above }
            return Check(id, title, .ok, "\(path) will be made when it is needed")
        }
        guard status.st_mode & S_IFMT == S_IFDIR else {
            return Check(id, title, .fail, "\(path) is not a folder", fix: "move it away")
        }
        guard access(path, W_OK) == 0 else {
            return Check(id, title, .fail, "\(path) is not writable", fix: "chown it to yourself")
        }
        let isPrivate = status.st_mode & 0o077 == 0
        return isPrivate
            ? Check(id, title, .ok, path)
            : Check(id, title, .warn, "\(path) is open to others", fix: "chmod 700 \(path)")
    }

    private func runtime(_ locations: Locations) -> Check {
        let found = folder("runtime", locations.runtimeFolder)
        var status = stat()
        if lstat(locations.runtimeFolder, &status) == 0, status.st_uid != geteuid() {
            return Check(
                "runtime", "runtime folder", .fail, "\(locations.runtimeFolder) belongs to another user",
                fix: "set XDG_RUNTIME_DIR to a folder of your own")
        }
        guard locations.runtimeIsFallback, found.status == .ok else {
            // A socket that others may reach is refused.
            return found.status == .warn
                ? Check("runtime", "runtime folder", .fail, found.detail, fix: found.fix) : found
        }
        return Check(
            "runtime", "runtime folder", .warn, "XDG_RUNTIME_DIR is not set; \(locations.runtimeFolder) stands in",
            fix: "log in through systemd, or set XDG_RUNTIME_DIR")
    }

    private func database(_ loaded: LoadedConfiguration) async -> Check {
        let path = loaded.databasePath
        do {
            guard let examined = try await Store.examine(path: path) else {
                let place = folder("database", (path as NSString).deletingLastPathComponent)
                guard place.status != .fail else {
                    return Check("database", "database", .fail, place.detail, fix: place.fix)
                }
                return Check("database", "database", .ok, "\(path) will be made when it is needed")
            }
            guard let first = examined.faults.first else { return Check("database", "database", .ok, path) }
            return Check(
                "database", "database", .fail, "\(StoreError.damaged(path: path)) (\(first))", fix: Examination.rescue)
        } catch {
            return Check("database", "database", .fail, "\(error)", fix: fix(error))
        }
    }

    private static let rescue = "docs/operations.md tells how to go on from a backup"

    private func fix(_ error: any Error) -> String {
        switch error as? StoreError {
        case .damaged: Examination.rescue
        case .busy: "end what holds it: fuser -v names it"
        case .newerDatabase: "install that version"
        case .notADatabase: "set ALOUD_HOME or DATABASE_URL to another place"
        default: "move it away, or make it yours to read and write"
        }
    }

    private func socket(_ locations: Locations) -> Check {
        LocalSocketClient.isAlive(locations.socket)
            ? Check("daemon", "daemon", .ok, "answers on \(locations.socket)")
            : Check("daemon", "daemon", .warn, "does not run", fix: "aloud serve")
    }

    private func device(_ id: String, _ name: String, _ direction: AudioDevice.Direction) async -> Check {
        switch await Devices.attempt(name, direction) {
        case .opens(let rate): return Check(id, id, .ok, "\(name) opens, at \(rate) Hz")
        case .unknown:
            return Check(
                id, id, .fail, "ALSA knows no device \(name)",
                fix: "aloud devices lists them; is a sound card or a sound server there? Text works without")
        case .fails(let reason):
            return Check(id, id, .fail, "\(name) does not open: \(reason)", fix: "is it in use, or unplugged?")
        }
    }

    private func recogniser() -> Check {
        let model = SphinxModel.debian
        let missing = [model.acoustic, model.dictionary, model.language].filter {
            !FileManager.default.fileExists(atPath: $0)
        }
        guard let first = missing.first else { return Check("recogniser", "local recogniser", .ok, model.acoustic) }
        return Check(
            "recogniser", "local recogniser", .fail, "\(first) is missing",
            fix: "apt-get install pocketsphinx-en-us")
    }

    private func localVoice(_ loaded: LoadedConfiguration) async -> Check {
        let voice = LocalVoice.Name(rawValue: loaded.configuration.voice.speaker.rawValue) ?? .rms
        do {
            var samples = 0
            for try await sound in LocalVoice(voice).speak("Ready.") { samples += sound.samples.count }
            return Check("voice", "local voice", samples > 0 ? .ok : .fail, "\(voice.rawValue) speaks")
        } catch {
            return Check("voice", "local voice", .fail, "\(error)", fix: "apt-get install flite1-dev")
        }
    }
}
