/// What the grammar found: fixed words, live names, and stretches of free text.
struct CommandReading: Equatable {
    enum Piece: Equatable {
        case word(String)
        /// A live name in its own spelling, and the words it was said with.
        case name(String, said: [String])
        /// Free text at these frames.
        case free(Range<Int>)
    }

    private(set) var pieces: [Piece] = []
    /// The frame that the wake phrase ends at; nil when it was not said.
    private(set) var wakeEnd: Int?

    init(_ segments: [SphinxDecoder.Segment], names: [String]) {
        var lastName: Int?
        for segment in segments {
            let parts = segment.word.dropFirst().split(separator: "_", maxSplits: 1).map(String.init)
            if parts.first == "c", parts.count == 2 {
                pieces.append(.word(parts[1]))
                lastName = nil
            } else if parts.first == "w", parts.count == 2 {
                wakeEnd = segment.frames.upperBound
            } else if parts.count == 2, let index = Int(parts[0]), names.indices.contains(index) {
                extend(name: names[index], with: parts[1], isSame: lastName == index)
                lastName = index
            } else {
                extend(free: segment.frames)
                lastName = nil
            }
        }
    }

    var free: Range<Int>? {
        for case .free(let frames) in pieces { return frames }
        return nil
    }

    /// The words it was said with, without the free text.
    var fixedWords: [String] {
        pieces.flatMap { piece -> [String] in
            switch piece {
            case .word(let word): [word]
            case .name(_, let said): said
            case .free: []
            }
        }
    }

    /// The text, with live names in their own spelling and `said` for the free text.
    func text(_ said: (Range<Int>) -> String) -> String {
        pieces.map { piece in
            switch piece {
            case .word(let word): word
            case .name(let name, _): name
            case .free(let frames): said(frames)
            }
        }.filter { !$0.isEmpty }.joined(separator: " ")
    }

    /// The words it was said with, with `said` for the free text.
    func sound(_ said: (Range<Int>) -> [String]) -> [String] {
        pieces.flatMap { piece in
            switch piece {
            case .word(let word): [word]
            case .name(_, let words): words
            case .free(let frames): said(frames)
            }
        }
    }

    private mutating func extend(name: String, with word: String, isSame: Bool) {
        if isSame, case .name(name, let said) = pieces.last {
            pieces[pieces.count - 1] = .name(name, said: said + [word])
        } else {
            pieces.append(.name(name, said: [word]))
        }
    }

    private mutating func extend(free frames: Range<Int>) {
        if case .free(let before) = pieces.last {
            pieces[pieces.count - 1] = .free(before.lowerBound..<frames.upperBound)
        } else {
            pieces.append(.free(frames))
        }
    }
}
