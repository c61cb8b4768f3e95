import Planning
import Storage
import Support

/// Small pieces of spoken English.
enum Said {
    /// `one plan`, `three plans`, `no plans`.
    static func count(_ number: Int, _ noun: String) -> String {
        switch number {
        case 0: "no \(noun)s"
        case 1: "one \(noun)"
        case 2...12: "\(SpokenNumber.words(number)) \(noun)s"
        default: "\(number) \(noun)s"
        }
    }

    /// `a`, `a and b`, `a, b and c`.
    static func list(_ items: [String]) -> String {
        guard let last = items.last, items.count > 1 else { return items.first ?? "" }
        return items.dropLast().joined(separator: ", ") + " and " + last
    }

    /// How long ago, as people say it.
    static func ago(_ moment: Timestamp, from now: Timestamp = .now) -> String {
        let minutes = max(0, (now.milliseconds - moment.milliseconds) / 60_000)
        switch minutes {
        case 0: return "just now"
        case 1...59: return count(Int(minutes), "minute") + " ago"
        case 60...1439: return count(Int(minutes / 60), "hour") + " ago"
        default: return minutes < 2880 ? "yesterday" : count(Int(minutes / 1440), "day") + " ago"
        }
    }

    /// The beginning of a text, as a sentence.
    static func excerpt(_ text: String) -> String {
        let words = text.split(whereSeparator: \.isWhitespace)
        let shown = words.prefix(12).joined(separator: " ").prefix(100)
        return shown.count < words.joined(separator: " ").count ? shown + " …" : sentence(String(shown))
    }

    /// With one stop at its end.
    static func closed(_ text: String) -> String { text.last.map { ".!?…".contains($0) } == true ? text : text + "." }

    /// A sentence of its own: capital first, one full stop.
    static func sentence(_ text: String) -> String {
        guard let first = text.first else { return text }
        let ends = text.last.map { ".!?".contains($0) } ?? false
        return first.uppercased() + text.dropFirst() + (ends ? "" : ".")
    }
}

extension JSONValue {
    var spoken: String {
        switch self {
        case .string(let text): text
        case .number(let number): Int(exactly: number).map(String.init) ?? String(number)
        default: ""
        }
    }
}

extension StoreError {
    /// What is said when a rule stood against what was asked.
    var spoken: String {
        switch self {
        case .nameTaken(let kind, let name): "You already have a \(kind) called \(name)."
        case .missing(let kind, let id): "There is no \(kind) \(id)."
        default: Said.sentence(description)
        }
    }
}
