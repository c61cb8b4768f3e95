/// Words with which one stops somebody who speaks.
package enum Stopping {
    package static func isOne(_ text: String) -> Bool {
        let words = text.lowercased().split { !$0.isLetter && $0 != "'" }.map(String.init)
        guard let first = words.first, let last = words.last else { return false }
        return words.count <= longest && (beginnings.contains(first) || last == "stop")
    }

    private static let longest = 4
    private static let beginnings: Set<String> = [
        "stop", "wait", "no", "nope", "not", "don't", "hold", "hang", "quiet", "enough", "silence", "hey", "sorry",
        "what",
        "pardon", "never", "cancel", "pause", "hush", "shush", "actually",
    ]
}
