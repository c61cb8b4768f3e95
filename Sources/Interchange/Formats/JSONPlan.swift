import Planning
import Support

/// Our own form: everything that is known of a plan and its tasks, nothing lost. One JSON object in snake_case:
///
///     {"format": "aloud-plan", "version": 1, "marker": "aloud:key=… hash=…", "plan": {…}}
///
/// Carries every field. A later version is refused by an older Aloud; unknown keys are passed over.
enum JSONPlan {
    static let format = "aloud-plan"
    private static let version = 1

    private struct Document: Codable {
        var format: String
        var version: Int
        var marker: String?
        var plan: PlanFile
    }

    private struct Head: Decodable {
        let format: String
        let version: Int
    }

    static func write(_ plan: PlanFile) throws -> Exported {
        let marker = try ExchangeFormat.json.marker(of: plan)?.text
        let document = Document(format: format, version: version, marker: marker, plan: plan)
        return Exported(plan.fileName("json"), try JSONText.pretty(document) + "\n")
    }

    static func read(_ source: ImportSource) throws -> Imported {
        let json = try JSONSource(source.single(.json))
        let head = try json.decode(Head.self)
        guard head.format == format else {
            throw InterchangeError(json.file, "its format is “\(head.format.prefix(60))” and not “\(format)”")
        }
        guard head.version == version else {
            throw InterchangeError(
                json.file, "it has version \(head.version) of the format, and this aloud reads \(version)")
        }
        let document = try json.decode(Document.self)
        return Imported(plan: document.plan, marker: document.marker.flatMap { Marker($0) })
    }
}

extension PlanFile {
    /// `plan-7-voice-planning.json`
    func fileName(_ suffix: String) -> String { "plan-\(number ?? 0)-\(PlanFile.slug(title)).\(suffix)" }

    /// ASCII letters and digits of a text, the rest as single hyphens; never empty.
    static func slug(_ text: String) -> String {
        let words = text.lowercased().utf8.prefix(200).split { !(0x30...0x39 ~= $0 || 0x61...0x7A ~= $0) }
        let slug = words.compactMap { String($0) }.joined(separator: "-").prefix(48)
        return slug.isEmpty ? "plan" : String(slug)
    }
}
