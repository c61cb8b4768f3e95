import CSpeech
import Foundation
import Support

/// How words sound, in the phones of the recogniser's dictionary ("F IH N T R AE K"). May be used from any thread.
package struct Pronunciation: Sendable {
    /// Opened at the first word: most commands speak none.
    private let file: Lazy<DictionaryFile?>
    private var dictionary: DictionaryFile? { file.value }

    /// - Parameter model: Without its dictionary everything is sounded out letter by letter.
    package init(_ model: SphinxModel = .debian) { file = Lazy { DictionaryFile(model.dictionary) } }

    /// The phones of a text, one after another; words are split as they are spoken.
    package func phones(of text: String) -> [String] {
        SpokenForm(text).words.flatMap { phones(ofWord: $0) }
    }

    /// The phones of one word as `SpokenForm` gives them; none for what cannot be spoken.
    package func phones(ofWord word: String) -> [String] {
        if let override = Self.overrides[word] { return Self.list(override) }
        if let found = dictionary?.phones(of: word) { return Self.list(found) }
        if word.count == 1, let letter = Self.letters[word] { return Self.list(letter) }
        if word.count <= 5, !word.contains(where: { "aeiouy".contains($0) }) {
            return word.flatMap { Self.list(Self.letters[String($0)] ?? "") }
        }
        return Self.sounded(word)
    }

    /// The further ways to say a dictionary word.
    func alternatives(ofWord word: String) -> [[String]] {
        guard Self.overrides[word] == nil else { return [] }
        return (2...4).compactMap { dictionary?.phones(of: "\(word)(\($0))").map(Self.list) }
    }

    private static func list(_ phones: String) -> [String] { phones.split(separator: " ").map(String.init) }

    private static func sounded(_ word: String) -> [String] {
        // The lexicon knows ASCII letters only, and no accents.
        let plain = word.applyingTransform(.stripDiacritics, reverse: false) ?? word
        let letters = plain.lowercased().filter { $0.isASCII && ($0.isLetter || $0 == "'") }
        guard !letters.isEmpty, letters.utf8.count <= 64 else { return [] }
        return withUnsafeTemporaryAllocation(of: CChar.self, capacity: 1024) { buffer in
            guard let base = buffer.baseAddress, cspeech_pronounce(letters, base, buffer.count) == 1 else { return [] }
            return list(String(cString: base))
        }
    }
}

/// `@unchecked Sendable`: the C dictionary is a read-only file mapping with an index that is complete when `init` returns
/// and never changes until `deinit`, when nobody holds it any more.
private final class DictionaryFile: @unchecked Sendable {
    private let dictionary: OpaquePointer

    init?(_ path: String) {
        guard let dictionary = cspeech_dictionary_open(path) else { return nil }
        self.dictionary = dictionary
    }

    deinit { cspeech_dictionary_close(dictionary) }

    func phones(of word: String) -> String? {
        withUnsafeTemporaryAllocation(of: CChar.self, capacity: 512) { buffer in
            guard let base = buffer.baseAddress,
                cspeech_dictionary_lookup(dictionary, word, base, buffer.count) == 1
            else { return nil }
            return String(cString: base)
        }
    }
}
