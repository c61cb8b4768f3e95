import Foundation
import Speech
import Support

/// Real text to be said: the documentation of this repository, the comments in its sources, and commands.
struct Texts {
    private let root: String

    init(here: String = #filePath) { root = here.split(separator: "/").dropLast(3).reduce("") { $0 + "/" + $1 } }

    /// The documents as Markdown, as a reply would hold them.
    func documents() throws -> [String] {
        try files(in: "docs", ending: ".md").map { try String(contentsOfFile: $0, encoding: .utf8) }
    }

    /// Sentences of documents and comments, as they are said; none that holds the wake phrase.
    func sentences() throws -> [String] {
        let comments = try files(in: "Sources", ending: ".swift").map { path in
            try String(contentsOfFile: path, encoding: .utf8).split(separator: "\n").map {
                $0.trimmingCharacters(in: .whitespaces)
            }
            .filter { $0.hasPrefix("/// ") && !$0.hasPrefix("/// -") }.map { $0.dropFirst(4) }
            .joined(separator: " ")
        }
        return (try documents() + comments).flatMap { Sentences.cut(SpeakableText.spoken($0)) }
            .filter { 12...400 ~= $0.count && !$0.lowercased().contains("planner") && $0.contains(" ") }
    }

    /// Lines of a document that together have about so many characters, from the one at `start` on.
    static func reply(_ document: String, from start: Int, characters: Int) -> String {
        let lines = document.components(separatedBy: "\n")
        var text = ""
        for line in lines[(start % lines.count)...] where text.count < characters { text += line + "\n" }
        return text
    }

    /// What people tell Aloud to do, in their own words.
    func commands() throws -> [String] {
        struct Line: Decodable { let text: String }
        let file = try String(contentsOfFile: root + "/Benchmarks/Commands/development.jsonl", encoding: .utf8)
        return try file.split(separator: "\n").map { try JSONDecoder().decode(Line.self, from: Data($0.utf8)).text }
    }

    private func files(in folder: String, ending: String) throws -> [String] {
        let all = FileManager.default.enumerator(atPath: root + "/" + folder)
        return (all?.compactMap { $0 as? String } ?? []).filter { $0.hasSuffix(ending) }.sorted()
            .map { root + "/" + folder + "/" + $0 }
    }
}
