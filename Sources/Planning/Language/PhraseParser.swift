/// Reads the notation of `Phrase`.
struct PhraseParser {
    private let text: String
    private var rest: Substring

    init(_ text: String) {
        self.text = text
        rest = Substring(text)
    }

    mutating func parse() throws(PhraseSyntaxError) -> Phrase {
        let phrase = try alternatives(until: nil)
        guard rest.isEmpty else { throw failure("unexpected “\(rest.prefix(1))”") }
        return phrase
    }

    private mutating func alternatives(until end: Character?) throws(PhraseSyntaxError) -> Phrase {
        var options = [try sequence()]
        while rest.first == "|" {
            rest.removeFirst()
            options.append(try sequence())
        }
        if let end {
            guard rest.first == end else { throw failure("missing “\(end)”") }
            rest.removeFirst()
        }
        return options.count == 1 ? options[0] : .choice(options)
    }

    private mutating func sequence() throws(PhraseSyntaxError) -> Phrase {
        var parts: [Phrase] = []
        while let next = rest.first, next != "|", next != ")", next != "]" {
            switch next {
            case " ":
                rest.removeFirst()
            case "(":
                rest.removeFirst()
                parts.append(try alternatives(until: ")"))
            case "[":
                rest.removeFirst()
                parts.append(.optional(try alternatives(until: "]")))
            case "{":
                rest.removeFirst()
                parts.append(try slot())
            default:
                parts.append(.word(word()))
            }
        }
        guard !parts.isEmpty else { throw failure("an empty alternative") }
        return parts.count == 1 ? parts[0] : .sequence(parts)
    }

    private mutating func slot() throws(PhraseSyntaxError) -> Phrase {
        let name = rest.prefix { $0 != "}" }
        rest = rest.dropFirst(name.count)
        guard rest.first == "}" else { throw failure("missing “}”") }
        rest.removeFirst()
        guard let slot = Slot(rawValue: String(name)) else { throw failure("no slot is called “\(name)”") }
        return .slot(slot)
    }

    private mutating func word() -> String {
        let word = rest.prefix { !" ()[]{}|".contains($0) }
        rest = rest.dropFirst(word.count)
        return String(word)
    }

    private func failure(_ reason: String) -> PhraseSyntaxError {
        PhraseSyntaxError(phrase: text, reason: reason)
    }
}
