/// The reference page and the commented file, made from the settings themselves.
enum ConfigurationReference {
    /// The file `aloud config init` writes: every key, commented out, with its default.
    static var template: String {
        let defaults = Configuration()
        var lines = [
            "# Aloud reads this file at start and when it gets SIGHUP. Leave a key out to keep its default.",
            "# aloud config show --origin tells what is in force and why.",
        ]
        var section = ""
        for setting in Configuration.settings {
            let parts = setting.key.split(separator: ".", maxSplits: 1).map(String.init)
            if parts[0] != section {
                section = parts[0]
                lines += ["", "# \(section):"]
            }
            lines += ["#   # \(setting.summary)", "#   \(parts[1]): \(setting.show(defaults))"]
        }
        for list in EngineConfiguration.lists {
            lines += [
                "", "# \(list.what) The first healthy one serves; local is always last.", "# \(list.key):",
                "#   - engine: openai", "#     base_url: http://127.0.0.1:8000/v1", "#     model: a-model",
                "#     api_key_file: /path/to/key",
            ]
        }
        return lines.joined(separator: "\n") + "\n"
    }

    /// docs/configuration.md.
    static var page: String {
        let defaults = Configuration()
        var lines = [
            "<!-- Made by `aloud config reference`; do not edit. -->", "# Configuration", "",
            "The file is `$XDG_CONFIG_HOME/aloud/config.yaml`; `aloud config init` writes one with every key commented",
            "out. Flags win over the environment (`ALOUD_` and the key in capitals, with `_` for the dot), the",
            "environment over the file, the file over the defaults. An unknown key is an error that names its line.",
            "`aloud config show --origin` tells what is in force and why. SIGHUP makes the daemon read it again.", "",
            "| key | takes | default | what it does |", "|---|---|---|---|",
        ]
        lines += Configuration.settings.map { setting in
            let value = setting.show(defaults)
            return "| `\(setting.key)` | \(setting.takes) | \(value.isEmpty ? "" : "`\(value)`") | \(setting.summary) |"
        }
        lines += ["", "## Engines", ""]
        lines += EngineConfiguration.lists.map { "* `\($0.key)`: \($0.what)" }
        lines += [
            "", "Each is a list. The first healthy entry serves, the next ones are its fallback, and the local engine",
            "is always last, whether it is named or not. The keys of an entry:", "",
            "| key | takes | default | what it does |", "|---|---|---|---|",
        ]
        lines += EngineConfiguration.settings.map { setting in
            let value = setting.show(EngineConfiguration())
            return "| `\(setting.key)` | \(setting.takes) | \(value.isEmpty ? "" : "`\(value)`") | \(setting.summary) |"
        }
        lines += [
            "", "## Names from elsewhere", "",
            "`DATABASE_URL` (`sqlite:///…`), `ROUTER_API_KEY` with `REQUESTY_PLANNING_MODEL`, `PLANNING_TEMPERATURE` and",
            "`PLANNING_MAX_TOKENS` (chat at the Requesty router) and `OPENAI_API_KEY` (the key of an engine at OpenAI that",
            "names no other) are honoured. A key in the environment alone never sends sound; with `ROUTER_API_KEY` what is",
            "said freely goes to that router as text, and with `REQUESTY_EMBEDDING_MODEL` beside it the text of what is kept.",
            "The key alone makes no embedder: that would send everything that was ever kept, and not what is said from now on.",
        ]
        return lines.joined(separator: "\n") + "\n"
    }
}
