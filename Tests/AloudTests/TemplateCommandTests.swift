import AloudProcess
import Foundation
import Support
import Testing

/// Templates on the command line, with the real program.
@Suite struct TemplateCommandTests {
    private func write(_ name: String, _ text: String, _ home: AloudHome) throws {
        let folder = home.folder + "/config/templates"
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        try Data(text.utf8).write(to: URL(fileURLWithPath: folder + "/" + name))
    }

    @Test func templatesAreListedShownAndCopied() async throws {
        let home = AloudHome()
        let listed = try await home.run("template", "list")
        #expect(listed.status == 0 && listed.errors.isEmpty)
        #expect(
            listed.output.contains("bug fix             page  6          built in  Something that works"), "\(listed)")
        let made = try await home.run("template", "new", "Release", "notes", "--from", "documentation")
        let file = home.folder + "/config/templates/release-notes.md"
        #expect(made.output == "Wrote \(file)\n", "\(made.errors)")
        #expect(try FileManager.default.attributesOfItem(atPath: file)[.posixPermissions] as? Int == 0o600)
        let shown = try await home.run("template", "show", "release", "NOTES")
        #expect(try shown.output == String(contentsOfFile: file, encoding: .utf8))
        #expect(shown.output.hasPrefix("---\nname: Release notes\ndescription: Pages for somebody"))
        let json = try JSONValue(parsing: try await home.run("template", "list", "--json").output)
        #expect(json.array?.first?["name"] == "Release notes" && json.array?.first?["file"] == .string(file))
        #expect(json.array?.count == 11 && json.array?.last?["size"] == "full")
        let sections = try JSONValue(parsing: try await home.run("template", "show", "bug fix", "--json").output)[
            "sections"]
        #expect(sections?.array?.first?["path"] == ["Symptom"] && sections?.array?.first?["required"] == true)
        for arguments in [["release", "notes"], ["Release-Notes"]] {
            let again = try await home.run(["template", "new"] + arguments)
            #expect(again.status == 1 && again.errors.contains("it is left as it is"), "\(again.errors)")
        }
        #expect(try await home.run("template", "show", "release notes").output == shown.output)
    }

    @Test func aBrokenFileIsNamedAndTheOthersWork() async throws {
        let home = AloudHome()
        try write("broken.md", "---\nname: broken\ndescription: x\nsise: full\n---\n## A\n", home)
        try write("spike.md", "---\nname: spike\ndescription: x\n---\n## A\n", home)
        let listed = try await home.run("template", "list")
        #expect(listed.status == 0 && listed.output.contains("spike"))
        #expect(
            listed.errors.contains("broken.md:4: there is no key sise; there are name, description"), "\(listed.errors)"
        )
        let missing = try await home.run("template", "show", "broken")
        #expect(missing.status == 1 && missing.errors.contains("broken.md:4"))
        let doctor = try await home.run("doctor")
        #expect(
            doctor.output.contains("warn   templates: ") && doctor.output.contains("broken.md:4"), "\(doctor.output)")
    }

    @Test(arguments: [
        (["template", "show", "zebra"], 1, "there is no template “zebra”; see: aloud template list"),
        (["template", "show"], 64, "name"),
        (["template", "new", "a/b"], 64, "letters, digits, blanks and hyphens"),
        (["template", "new", " "], 64, "1 to 60 characters"),
        (["template", "new", "mine", "--from", "zebra"], 1, "aloud template list"),
        (["plan", "new", "x", "--project", "p", "--var", "service=y"], 64, "--template"),
        (["plan", "new", "x", "--project", "p", "--template", "bug fix", "--var", "y"], 64, "y"),
        (["plan", "check", "99"], 1, "aloud plan list"),
    ])
    func whatCannotBeDoneIsSaidWithTheRemedy(arguments: [String], status: Int, says: String) async throws {
        let home = AloudHome()
        let ended = try await home.run(arguments)
        #expect(ended.status == Int32(status) && ended.errors.contains(says), "\(ended)")
        #expect(ended.output.isEmpty && !FileManager.default.fileExists(atPath: home.folder + "/config/templates"))
    }

    @Test func aPlanBeginsWithItsTemplateAndIsHeldAgainstIt() async throws {
        let home = AloudHome()
        _ = try await home.run("project", "new", "shop")
        let missing = try await home.run("plan", "new", "pay", "--project", "shop", "--template", "api integration")
        #expect(
            missing.status == 64 && missing.errors.contains("needs to know service (Which service is it?); add --var"))
        let unknown = try await home.run(
            "plan", "new", "pay", "--project", "shop", "--template", "api integration", "--var", "team=x")
        #expect(unknown.status == 64 && unknown.errors.contains("has no variable team; it has service, date"))
        #expect(try await home.run("plan", "list", "--json").output == "[]\n")
        let made = try await home.run(
            "plan", "new", "pay", "--project", "shop", "--template", "api integration", "--var", "service=Ledger = 2")
        #expect(made.output == "Created plan 1, pay.\n", "\(made.errors)")
        let shown = try JSONValue(parsing: try await home.run("plan", "show", "1", "--json").output)
        #expect(shown["plan"]?["template"] == "API integration")
        #expect(shown["content"]?.string?.hasPrefix("# pay\n\nService: Ledger = 2\n\n## Purpose\n") == true)

        let check = try await home.run("plan", "check", "1")
        #expect(check.status == 2 && check.errors.isEmpty)
        #expect(check.output.hasPrefix("Purpose: the section is empty; answer it: What do you need from it, and"))
        let filled = """
            # pay

            ## Purpose\n\nPay.\n\n## Contract\n\nTBD\n\n## Access\n\nA key.\n\n## Faults\n\nWait.\n\n```sh\n```
            """
        _ = try await home.run("say", "open project shop")
        _ = try await home.run("say", "open plan pay")
        _ = try await home.run("say", "discard the draft")
        _ = try await home.run("plan", "edit", "1", input: filled)
        let left = try JSONValue(parsing: try await home.run("plan", "check", "1", "--json").output)
        #expect(left.array?.map { $0["kind"] } == ["missing_section", "placeholder", "empty_code"], "\(left)")
        #expect(left.array?.map { $0["section"] } == ["Testing", "Contract", "Faults"])
        let whole = filled.replacing("TBD", with: "One call.").replacing("```sh\n```", with: "## Testing\n\nYes.\n")
        _ = try await home.run("plan", "edit", "1", input: whole)
        let done = try await home.run("plan", "check", "1")
        #expect(done.status == 0 && done.output == "pay misses nothing of the template API integration.\n", "\(done)")
        #expect(try await home.run("plan", "check", "1", "--template", "bug fix").status == 2)
    }

    @Test func aPlanMadeByWordFromATemplateOfOnesOwn() async throws {
        let home = AloudHome()
        try write(
            "spike.md", "---\nname: spike\ndescription: x\nsize: note\n---\n## Aim\n\n<!-- ask: Why? -->\n", home)
        _ = try await home.run("say", "create new project shop")
        let said = try await home.run("say", "create a spike plan called cache")
        #expect(
            said.output == "Created plan 1, cache, from the template spike: a note with one question. Why?\n", "\(said)"
        )
        #expect(try await home.run("say", "To be faster").output.hasPrefix("That completes the draft of cache."))
        #expect(try await home.run("plan", "check", "1").output == "cache misses nothing of the template spike.\n")
        try FileManager.default.removeItem(atPath: home.folder + "/config/templates/spike.md")
        let gone = try await home.run("plan", "check", "1")
        #expect(gone.status == 0 && gone.errors.contains("the template spike is gone"))
    }
}
