import Assistant
import Foundation
import Planning
import Testing

/// A folder of templates, gone when the test ends.
final class TemplateFiles: Sendable {
    let path: String

    init(_ files: [String: String] = [:]) throws {
        path = NSTemporaryDirectory() + "aloud-templates-" + UUID().uuidString
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
        for (name, text) in files { try write(name, text) }
    }

    deinit { try? FileManager.default.removeItem(atPath: path) }

    func write(_ name: String, _ text: String) throws {
        try Data(text.utf8).write(to: URL(fileURLWithPath: path + "/" + name))
    }

    /// A template with one question.
    static func template(_ name: String, asking question: String = "What?") -> String {
        "---\nname: \(name)\ndescription: For tests.\nsize: note\n---\n# {{title}}\n\n## Gist\n\n<!-- ask: \(question) -->\n"
    }
}

@Suite struct TemplateFolderTests {
    @Test func withoutAFolderThereAreTheBuiltInOnes() {
        #expect(TemplateFolder("/nonexistent/templates").read() == .builtIn)
        #expect(TemplateFolder.empty.read().names.contains("bug fix"))
    }

    @Test func aBadFileIsNamedAndTheOthersStillWork() throws {
        let files = try TemplateFiles([
            "a.md": TemplateFiles.template("spike"), "b.md": TemplateFiles.template("Spike"),
            "c.md": "---\nname: torn\ndescription: x\n---\n## A\n\n## A\n", "d.txt": "no template", ".e.md": "hidden",
        ])
        try Data([0xFF, 0xFE]).write(to: URL(fileURLWithPath: files.path + "/f.md"))
        try FileManager.default.createDirectory(atPath: files.path + "/g.md", withIntermediateDirectories: false)
        mkfifo(files.path + "/h.md", 0o600)
        try files.write("i.md", String(repeating: "x", count: PlanTemplate.longestText + 1))
        try FileManager.default.createSymbolicLink(atPath: files.path + "/j.md", withDestinationPath: "/nonexistent")
        let templates = TemplateFolder(files.path).read()
        #expect(templates.names == ["spike"] + TemplateSet.builtIn.names)
        let told = templates.faults.map { $0.description.replacing(files.path + "/", with: "") }.sorted()
        #expect(
            told == [
                "b.md: the name “Spike” is taken by a.md",
                "c.md:7: the heading “A” stands twice; each section needs its own", "f.md: is not UTF-8 text",
                "g.md: is not a regular file", "h.md: is not a regular file", "i.md: is larger than 256 KiB",
                "j.md: cannot be read: No such file or directory",
            ])
    }

    @Test func oneOfTheSameNameReplacesTheBuiltInOneUntilItGoes() throws {
        let files = try TemplateFiles(["mine.md": TemplateFiles.template("Bug Fix", asking: "Why?")])
        let folder = TemplateFolder(files.path)
        #expect(folder.read()["bug fix"]?.parts.first?.question == "Why?")
        #expect(folder.read().names.count == TemplateSet.builtIn.names.count)
        try FileManager.default.removeItem(atPath: files.path + "/mine.md")
        try files.write("mine.md", TemplateFiles.template("Bug Fix", asking: "How come?"))
        #expect(folder.read()["bug fix"]?.parts.first?.question == "How come?")
        try FileManager.default.removeItem(atPath: files.path + "/mine.md")
        #expect(folder.read() == .builtIn)
    }

    @Test func moreFilesThanCountAreLeftOutAndTold() throws {
        let files = try TemplateFiles()
        for number in 1000...1200 { try files.write("\(number).md", TemplateFiles.template("t\(number)")) }
        let templates = TemplateFolder(files.path).read()
        #expect(templates.names.count == 200 + TemplateSet.builtIn.names.count && templates["t1200"] == nil)
        #expect(templates.faults.map(\.error.reason) == ["holds 201 templates; those after the first 200 are left out"])
    }

    @Test func aFileInPlaceOfTheFolderIsTold() throws {
        let files = try TemplateFiles(["x.md": "x"])
        #expect(TemplateFolder(files.path + "/x.md").read().faults.count == 1)
    }
}
