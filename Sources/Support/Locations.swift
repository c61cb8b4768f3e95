import Foundation

/// Where everything lies, after the XDG Base Directory Specification 0.8.
package struct Locations: Equatable, Sendable {
    package let configFolder: String
    package let dataFolder: String
    package let stateFolder: String
    package let cacheFolder: String
    package let runtimeFolder: String
    /// Whether the session gave no runtime folder, so that one under /tmp stands in.
    package let runtimeIsFallback: Bool

    /// From the environment: `ALOUD_HOME` puts all of it under one folder; relative XDG values are invalid and ignored.
    package init(environment: [String: String], userId: UInt32 = getuid()) {
        if let home = environment["ALOUD_HOME"], !home.isEmpty {
            let root = URL(fileURLWithPath: home).standardizedFileURL.path
            configFolder = root + "/config"
            dataFolder = root + "/data"
            stateFolder = root + "/state"
            cacheFolder = root + "/cache"
            runtimeFolder = root + "/run"
            runtimeIsFallback = false
            return
        }
        let home = environment["HOME"].flatMap { $0.hasPrefix("/") ? $0 : nil } ?? NSHomeDirectory()
        func folder(_ variable: String, _ fallback: String) -> String {
            let base = environment[variable].flatMap { $0.hasPrefix("/") ? $0 : nil } ?? home + "/" + fallback
            return base + "/aloud"
        }
        configFolder = folder("XDG_CONFIG_HOME", ".config")
        dataFolder = folder("XDG_DATA_HOME", ".local/share")
        stateFolder = folder("XDG_STATE_HOME", ".local/state")
        cacheFolder = folder("XDG_CACHE_HOME", ".cache")
        if let runtime = environment["XDG_RUNTIME_DIR"], runtime.hasPrefix("/") {
            runtimeFolder = runtime + "/aloud"
            runtimeIsFallback = false
        } else {
            runtimeFolder = "/tmp/aloud-\(userId)"
            runtimeIsFallback = true
        }
    }

    package var configFile: String { configFolder + "/config.yaml" }
    /// Where the user's own plan templates lie.
    package var templatesFolder: String { configFolder + "/templates" }
    /// Where debug recordings lie.
    package var debugFolder: String { stateFolder + "/debug" }
    /// Where the sound of what was said lies, to be said again.
    package var speechFolder: String { cacheFolder + "/speech" }
    package var database: String { dataFolder + "/aloud.db" }
    package var socket: String { runtimeFolder + "/aloud.sock" }

    /// Every named place, in the order `aloud paths` shows them.
    package var named: [(name: String, path: String)] {
        [
            ("config", configFile), ("database", database), ("state", stateFolder), ("cache", cacheFolder),
            ("socket", socket),
        ]
    }
}
