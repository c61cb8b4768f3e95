import AloudProcess
import Foundation
import Support
import Testing

/// A configuration that cannot be read, or must not be believed.
@Suite struct ConfigurationFaultTests {
    private let home = AloudHome()
    private var file: String { home.folder + "/config/config.yaml" }

    init() throws { try PrivateFolder.make(home.folder + "/config") }

    private func shown(_ yaml: String) async throws -> AloudHome.Ended {
        unlink(file)
        try NewFile.write(yaml.utf8, to: file)
        return try await home.run("config", "show", "--json")
    }

    @Test(arguments: ["...", "🎉🎉🎉", "\" \"", "\"\"", "привет", "12 34"])
    func aWakePhraseHasWordsThatCanBeSaid(phrase: String) async throws {
        let ended = try await shown("voice:\n  wake_phrase: \(phrase)\n")
        #expect(ended.status == 78)
        #expect(ended.errors.contains("config.yaml:2: voice.wake_phrase takes words"), "\(ended.errors)")
    }

    @Test func languagesAndTheirVoicesAreChecked() async throws {
        let voices = "synthesizers:\n  - base_url: http://127.0.0.1:1/v1\n    voices: "
        for (yaml, fault) in [
            ("voice:\n  language: english\n", "config.yaml:2: voice.language takes ISO 639-1"),
            ("voice:\n  language: [en, auto]\n", "config.yaml:2: voice.language takes ISO 639-1"),
            (voices + "anna\n", "config.yaml:3: voices takes languages with voices"),
            (voices + "{german: anna}\n", "config.yaml:3: voices takes languages with voices"),
            (voices + "{de: [anna]}\n", "config.yaml:3: voices takes languages with voices"),
            ("voice:\n  cache: 9999\n", "config.yaml:2: voice.cache takes a whole number from 0 to 4096"),
        ] {
            let ended = try await shown(yaml)
            #expect(ended.status == 78)
            #expect(ended.errors.contains(fault), "\(ended.errors)")
        }
        #expect(try await shown("voice:\n  language: [en, de]\n" + voices + "{de: anna, fr: lea}\n").status == 0)
    }

    @Test func aFileThatIsThereAndCannotBeReadIsNotTakenForNone() async throws {
        symlink(home.folder + "/nothing", file)
        #expect(try await home.run("config").errors.contains("is a link to a file that is not there"))
        unlink(file)
        symlink(file, file)
        #expect(try await home.run("config").errors.contains("Too many levels of symbolic links"))
        unlink(file)
        mkfifo(file, 0o600)
        let ended = try await home.run("config")
        #expect(ended.status == 78 && ended.errors.contains("is not a regular file"))
        unlink(file)
        #expect(try await home.run("config").status == 0)
    }

    @Test func anInvalidLineIsNamedAndNotRepeated() async throws {
        let ended = try await shown("voice:\n  mode: wake\n  api_key: \"sk-very-secret\n")
        #expect(ended.status == 78)
        #expect(ended.errors.contains("config.yaml:") && ended.errors.contains("is not valid YAML"))
        #expect(!ended.errors.contains("sk-very-secret"), "\(ended.errors)")
        let twice = try await shown("voice: {mode: wake}\nvoice: {mode: open}\n")
        #expect(twice.status == 78 && twice.errors.contains("a key stands twice: voice"), "\(twice.errors)")
        let long = try await shown(String(repeating: "k", count: 100_000) + ": 1\n")
        #expect(long.status == 78 && long.errors.count < 400)
    }

    @Test(arguments: ["http://me:pass@127.0.0.1/v1", "http://127.0.0.1/v1?key=sk-secret", "http://127.0.0.1/v1#x"])
    func anAddressHoldsNoSecret(url: String) async throws {
        let ended = try await shown("transcribers:\n  - base_url: \(url)\n    model: m\n")
        #expect(ended.status == 78)
        #expect(ended.errors.contains("base_url takes no user, password or query; name the key in api_key_file"))
        #expect(!ended.errors.contains("pass@") && !ended.errors.contains("sk-secret"))
    }

    @Test func theDoctorLooksAtTheRestAllTheSame() async throws {
        try NewFile.write("voice: 3\n".utf8, to: file)
        let ended = try await home.run("doctor")
        #expect(ended.status == 2)
        #expect(ended.output.hasPrefix("FAIL   configuration: \(file):1: voice holds keys with values"))
        #expect(ended.output.contains("ok     database") && ended.output.contains("local voice"))
    }
}
