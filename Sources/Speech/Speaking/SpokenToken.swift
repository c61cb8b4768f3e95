/// One word of a text, with its punctuation, as people say it.
struct SpokenToken {
    let spoken: String

    /// - Parameter before: The word said before it, for units.
    init(_ token: String, after before: String? = nil) {
        var core = Substring(token)
        var tail = ""
        while let first = core.first, "([{\"“‘'_*|".contains(first) { core.removeFirst() }
        while let last = core.last, ".,;:!?)]}\"”’'…_*|".contains(last), Self.abbreviations[core.lowercased()] == nil {
            if ".,;:!?…".contains(last) { tail = String(last) }
            core.removeLast()
            // `configure()` has its brackets for the eye.
            if last == ")", core.last == "(" { core.removeLast() }
        }
        let said = Self.say(String(core), after: before)
        spoken = said.isEmpty ? "" : said + tail
    }

    private static func say(_ word: String, after before: String?) -> String {
        guard !word.isEmpty else { return "" }
        if let said = abbreviations[word.lowercased()] ?? signs[word] { return said }
        if let said = address(word) ?? identifier(word) ?? number(word, after: before) { return said }
        return path(word) ?? name(word) ?? acronym(word) ?? plain(word)
    }

    private static func address(_ word: String) -> String? {
        for scheme in ["https://", "http://", "ftp://", "ssh://", "file://", "www."] where word.hasPrefix(scheme) {
            let host = word.dropFirst(scheme == "www." ? 0 : scheme.count).prefix {
                $0 != "/" && $0 != "?" && $0 != ":"
            }
            let shown = host.hasPrefix("www.") ? host.dropFirst(4) : host
            return shown.isEmpty ? "a link" : "a link to \(dotted(String(shown)))"
        }
        let parts = word.split(separator: "@", omittingEmptySubsequences: false)
        guard parts.count == 2, !parts[1].isEmpty else { return nil }
        return parts[0].isEmpty ? plain(String(parts[1])) : "\(dotted(String(parts[0]))) at \(dotted(String(parts[1])))"
    }

    private static func dotted(_ text: String) -> String {
        text.split(separator: ".").map { acronym(String($0)) ?? plain(String($0)) }.joined(separator: " dot ")
    }

    /// UUIDs, hashes: nobody wants to hear them.
    private static func identifier(_ word: String) -> String? {
        let bare = word.filter { $0 != "-" }
        guard bare.count >= 7, bare.allSatisfy(\.isHexDigit) else { return nil }
        let digits = bare.filter(\.isNumber).count
        if word.contains("-") { return bare.count >= 24 ? "an id" : nil }
        return digits >= 2 && digits < bare.count ? "an id" : nil
    }

    /// `Sources/Speech/main.swift`, `and/or`, `~/plans`.
    private static func path(_ word: String) -> String? {
        guard word.contains("/") else { return nil }
        let parts = word.split(separator: "/").map { name(String($0)) ?? acronym(String($0)) ?? plain(String($0)) }
        guard word != "and/or" else { return "and or" }
        return parts.filter { !$0.isEmpty }.joined(separator: " slash ")
    }

    /// `main.swift`, `example.com`, `.gitignore`.
    private static func name(_ word: String) -> String? {
        guard word.contains("."), word.contains(where: \.isLetter) else { return nil }
        let said = dotted(word)
        return word.hasPrefix(".") ? "dot " + said : said
    }

    /// `API` is spelled, `APIs` too; `JSON` and `SQL` have names.
    private static func acronym(_ word: String) -> String? {
        if let said = acronyms[word] { return said }
        let isPlural = word.hasSuffix("s") && word.count > 2
        let letters = isPlural ? word.dropLast() : Substring(word)
        if isPlural, let said = acronyms[String(letters)] { return said + "s" }
        guard (2...5).contains(letters.count), letters.allSatisfy({ $0.isUppercase && $0.isASCII }) else { return nil }
        return letters.map(String.init).joined(separator: " ") + (isPlural ? "s" : "")
    }

    /// `snake_case`, `camelCase`, `--flag`, `C++`, what is left of marks.
    private static func plain(_ word: String) -> String {
        var said = ""
        var last: Character = " "
        for character in word {
            if character.isLetter || character.isNumber || "'’-$€£".contains(character) {
                if character.isUppercase, last.isLowercase { said.append(" ") }
                said.append(character)
            } else if let sign = signs[String(character)] {
                said += " \(sign) "
            } else {
                said.append(" ")
            }
            last = character
        }
        return said.split(separator: " ").map { $0.drop { $0 == "-" } }.map { part in
            part.last == "-" ? part.dropLast() : part
        }.filter { !$0.isEmpty }.joined(separator: " ")
    }
}
