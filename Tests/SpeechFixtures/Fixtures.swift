import Audio
import Foundation
import Planning
import Speech
import Support

/// The sound files of `audio-fixtures/`, by their manifest.
package struct Fixtures: Sendable {
    package let folder: String
    /// The names alive while the commands are said.
    package let names: LiveNames
    package let files: [Fixture]

    /// - Parameter folder: nil for the one in this repository.
    package init(folder: String? = nil, here: String = #filePath) throws {
        self.folder = folder ?? here.split(separator: "/").dropLast(3).reduce("") { $0 + "/" + $1 } + "/audio-fixtures"
        let data = try Data(contentsOf: URL(fileURLWithPath: self.folder + "/manifest.json"))
        let manifest = try JSONDecoder().decode(Manifest.self, from: data)
        names = manifest.state.names
        files = manifest.files
    }

    package func files(_ kind: Fixture.Kind, _ part: Fixture.Part? = nil) -> [Fixture] {
        files.filter { $0.kind == kind && (part == nil || $0.part == part) }
    }

    package subscript(file: String) -> Fixture? { files.first { $0.file == file } }

    package func path(of fixture: Fixture) -> String { folder + "/" + fixture.file }

    /// The sound at the rate of speech.
    package func samples(of fixture: Fixture) throws -> [Int16] {
        try Resampler.convert(AudioFile.read(path(of: fixture)), to: SpeechFormat.rate).samples
    }
}

package struct Fixture: Codable, Sendable, CustomStringConvertible {
    package enum Kind: String, Codable, Sendable { case command, new, free, wake, conversation, odd }
    package enum Part: String, Codable, Sendable {
        /// May be used to choose thresholds.
        case tune
        /// May not.
        case test
    }

    package let file: String
    package let kind: Kind
    package let part: Part
    package let text: String?
    package let voice: String?
    package let intent: String?
    package let slots: [String: JSONValue]?
    package let about: String?
    /// What the ear should notice: `w` the wake phrase, `^` the beginning of an utterance, `$` its end, `!` a cut,
    /// `x` that it was too little.
    package let events: String

    private enum CodingKeys: String, CodingKey {
        case file, kind, text, voice, intent, slots, about, events
        case part = "set"
    }

    package var description: String { file }
}

private struct Manifest: Decodable {
    let state: State
    let files: [Fixture]

    struct State: Decodable {
        let projects: [String]
        let plans: [String]
        let tasks: [String: String]
        let versions: Int
        let openProject: String
        let openPlan: String

        enum CodingKeys: String, CodingKey {
            case projects, plans, tasks, versions
            case openProject = "open_project"
            case openPlan = "open_plan"
        }

        var names: LiveNames {
            LiveNames(
                projects: projects, plans: plans,
                tasks: Dictionary(tasks.compactMap { key, title in Int(key).map { ($0, title) } }) { first, _ in first
                },
                versions: versions, templates: TemplateSet.builtIn.names, openProject: openProject, openPlan: openPlan)
        }
    }
}
