/// Sounds and words by which a listener says “go on”: they interrupt nobody.
package enum Backchannel {
    package static func isOne(_ text: String) -> Bool {
        let words = text.lowercased().split { !$0.isLetter && $0 != "'" && $0 != "-" }.map(String.init)
        guard !words.isEmpty else { return true }
        let said = words.joined(separator: " ")
        return wholes.contains(said) || (words.count <= 3 && words.allSatisfy(sounds.contains))
    }

    private static let sounds: Set<String> = [
        "mm", "mhm", "mm-hm", "mm-hmm", "hm", "hmm", "uh", "uh-huh", "huh", "um", "umm", "er", "ah", "aha", "oh", "ooh",
        "yeah", "yep", "yes", "okay", "ok", "right", "sure", "good", "great", "nice", "cool", "fine",
    ]
    private static let wholes: Set<String> = [
        "i see", "got it", "all right", "alright", "of course", "makes sense", "go on", "sounds good", "very good",
    ]
}
