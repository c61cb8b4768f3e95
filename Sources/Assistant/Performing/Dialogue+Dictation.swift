import Planning
import Storage
import Support

/// A long note that is being said, piece by piece.
struct Dictation: Equatable, Sendable {
    var pieces: [String] = []

    /// Characters after which a note is closed by itself.
    static let longest = 20_000

    var text: String { pieces.map(Said.sentence).joined(separator: " ") }

    /// What a piece of it is.
    enum Piece: Equatable {
        case more(String)
        /// The end of it, with what was said before the word for the end.
        case end(String)
        case dropped
        /// “Scratch that”: the piece before is taken back.
        case scratched
    }

    static func read(_ text: String, _ endWord: EndWord?) -> Piece {
        let plain = SpokenWords(text).plain.joined(separator: " ")
        if ends.contains(plain) { return .end("") }
        if drops.contains(plain) { return .dropped }
        if scratches.contains(plain) { return .scratched }
        if let rest = endWord?.stripped(text) { return .end(rest) }
        for end in ends where plain.hasSuffix(" " + end) {
            let words = SpokenWords(text).words.dropLast(end.split(separator: " ").count)
            return .end(SpokenWords(Array(words)).text)
        }
        return .more(text)
    }

    /// What ends it or takes of it back, for the recogniser: all else is the note.
    static func phrases(_ endWord: EndWord?) -> [Phrase] {
        (ends.union(drops).union(scratches).union(endWord.map { [$0.word] } ?? [])).sorted()
            .compactMap { try? Phrase(parsing: $0) }
    }

    private static let ends: Set<String> = [
        "end dictation", "end of dictation", "stop dictation", "finish dictation", "end the dictation",
        "stop the dictation", "end of note", "end the note", "dictation over",
    ]
    private static let drops: Set<String> = [
        "cancel dictation", "cancel the dictation", "cancel the note", "discard the dictation", "discard dictation",
        "discard the note",
    ]
    private static let scratches: Set<String> = ["scratch that", "strike that", "delete that"]
}

extension Dialogue {
    func beginDictation() -> Outcome {
        let ending = endWord.map { "Say \($0.word)" } ?? "Say end dictation"
        return Outcome(
            Reply("Go ahead. \(ending) when you are done.", expectsAnswer: true, control: .dictate),
            question: .dictate(Dictation()))
    }

    /// Takes a piece, in silence: who dictates is not to be talked to.
    func dictate(_ piece: Dictation.Piece, _ dictation: Dictation, _ scene: Scene) async throws -> Outcome {
        var dictation = dictation
        switch piece {
        case .more(let text):
            dictation.pieces.append(text)
            if dictation.text.count > Dictation.longest { return try await keep(dictation, scene) }
        case .scratched:
            guard dictation.pieces.popLast() != nil else { break }
            return Outcome(
                Reply("Scratched.", expectsAnswer: true, control: .dictate), question: .dictate(dictation))
        case .end(let text):
            if !text.isEmpty { dictation.pieces.append(text) }
            return try await keep(dictation, scene)
        case .dropped: return Outcome(Reply("Okay, I made no note of it.", control: .endDictation))
        }
        return Outcome(Reply("", expectsAnswer: true, control: .dictate), question: .dictate(dictation))
    }

    private func keep(_ dictation: Dictation, _ scene: Scene) async throws -> Outcome {
        let text = dictation.text
        guard !text.isEmpty else { return Outcome(Reply("There was nothing to note.", control: .endDictation)) }
        try await store.change(scene.origin, "the note \(Said.excerpt(text))") { change in
            _ = try change.addNote(text, project: scene.project?.id, plan: scene.plan?.id)
        }
        let count = Said.count(SpokenWords(text).words.count, "word")
        return Outcome(Reply("Noted, \(count): \(Said.excerpt(text))", control: .endDictation))
    }
}
