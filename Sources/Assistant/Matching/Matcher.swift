import Planning
import Support

/// Understands commands without a language model: word by word first, then with what people add, leave out
/// and the recogniser mishears.
package struct Matcher: Sendable {
    /// Made for the first words: what only reads and writes the store needs none of it.
    private let prepared: Lazy<Prepared>
    private let finder: NameFinder

    private struct Prepared {
        let book: PatternBook
        let vocabulary: [SoundingWord]
    }

    /// The least score of a match that is not word by word.
    static let acceptance = 0.7
    static let wordingAcceptance = 0.72
    /// Names of more words that nobody knows are rather speech.
    private static let longestUnknown = 5
    /// What one misheard word may cost, and no word left out.
    private static let slip = 0.2
    /// A name does not begin with them: “a new plan is made from a template” makes none.
    private static let predicates: Set<String> = [
        "is", "are", "was", "were", "be", "has", "have", "had", "takes", "start", "starts", "should", "must", "can",
        "could", "will", "would", "need", "needs", "shows", "gets", "get", "makes", "goes", "that", "which", "who",
        "when", "where", "while", "because", "wants", "does",
    ]
    /// Nobody who decides something begins with them.
    private static let openEnds: Set<String> = [
        "later", "whether", "which", "who", "how", "when", "yet", "soon", "between", "where", "why",
    ]
    private static let strays: Set<String> = ["to", "at", "out", "after", "into", "is", "are", "like", "up", "back"]
    /// Of one that names what is not known.
    private static let sure = 0.9
    private static let fillers: Set<String> = [
        "a", "an", "and", "as", "at", "for", "i", "in", "is", "it", "of", "oh", "on", "or", "so", "that", "the", "to",
        "uh", "um", "with",
    ]

    /// Words that are laid under the patterns. What follows them can only be the end of a long text, such as a note's.
    static let longest = 60

    package init(_ table: CommandTable, phones: @escaping NameFinder.Phones) {
        prepared = Lazy {
            let book = PatternBook(table)
            return Prepared(book: book, vocabulary: book.vocabulary.map { SoundingWord($0, phones: phones) })
        }
        finder = NameFinder(phones: phones)
    }

    /// What `text` commands, given the names alive now; nil when it is free speech.
    package func understand(_ text: String, names: LiveNames) -> Understanding? {
        let (all, rest) = Courtesy.parted(SpokenWords(text))
        guard !all.words.isEmpty else { return nil }
        let said = understand(all, rest, names)
        guard said?.isOpenText != true, said.map({ $0.tier != .exact || $0.isDoubtful }) ?? true else {
            return said?.settled(names)
        }
        let mended = SelfRepair.readings(of: all).lazy.compactMap { understand($0, rest, names) }
            .first { $0.score >= Matcher.mended && $0.unknown == nil }
        return (mended ?? said)?.settled(names)
    }

    /// The least score of what somebody said who took words back in the middle of it.
    private static let mended = 0.8

    private func understand(_ all: SpokenWords, _ rest: [SpokenWords.Word], _ names: LiveNames) -> Understanding? {
        let words = SpokenWords(Array(all.words.prefix(Matcher.longest)))
        let tail = Array(all.words.dropFirst(Matcher.longest))
        let reader = SlotReader(names: names, finder: finder)
        let (book, vocabulary) = (prepared.value.book, prepared.value.vocabulary)
        let said = SaidWords(
            words.plain.map { SoundingWord($0, phones: finder.phones) }, vocabulary: vocabulary, classes: book.classes)
        var best: Candidate?
        for pattern in book.patterns {
            guard tail.isEmpty || pattern.endsInText, pattern.leastCost(said) <= pattern.tolerance,
                let alignment = pattern.align(said, vocabulary: book.vocabulary, limit: pattern.tolerance),
                tail.isEmpty || alignment.fills.last?.range.upperBound == words.words.count,
                !isBeaten(pattern, alignment, best),
                let candidate = candidate(pattern, alignment, words, tail + rest, reader, book)
            else { continue }
            if best.map({ candidate.isBetter(than: $0) }) ?? true { best = candidate }
        }
        return best?.understanding
    }

    /// Whether the best so far cannot be reached, whatever the slots hold.
    private func isBeaten(_ pattern: Pattern, _ alignment: Alignment, _ best: Candidate?) -> Bool {
        guard let best, best.understanding.unknown == nil, best.understanding.intent != .createPlan else {
            return false
        }
        let weight =
            pattern.isWording ? alignment.matched + 2 * alignment.fills.count + 1 : pattern.elements.count + 1
        return 1 - alignment.cost / Double(weight) + 0.001 < best.rank
    }

    /// What `words` mean in a slot that was asked for.
    func read(_ slot: Slot, _ words: SpokenWords, names: LiveNames) -> SlotReader.Reading {
        SlotReader(names: names, finder: finder).read(slot, words)
    }

    private struct Candidate {
        var understanding: Understanding
        let rank: Double
        /// How many words and names were found, names more.
        let fixed: Int
        let isWording: Bool

        /// A known name counts for more than words that fit anything.
        func isBetter(than other: Candidate) -> Bool {
            let (mine, theirs) = (understanding, other.understanding)
            if mine.namesUnknownTemplate(beside: theirs) { return true }
            if theirs.namesUnknownTemplate(beside: mine) { return false }
            if (mine.unknown == nil) != (theirs.unknown == nil) { return mine.unknown == nil }
            if (mine.unclear == nil) != (theirs.unclear == nil) { return mine.unclear == nil }
            if rank != other.rank { return rank > other.rank }
            if fixed != other.fixed { return fixed > other.fixed }
            return !isWording && other.isWording
        }
    }

    private func candidate(
        _ pattern: Pattern, _ alignment: Alignment, _ words: SpokenWords, _ rest: [SpokenWords.Word],
        _ reader: SlotReader, _ book: PatternBook
    ) -> Candidate? {
        var slots = pattern.values
        var sureness = 1.0
        var known = 0
        var unknown: Understanding.Unknown?
        var unclear: Understanding.Unclear?
        for fill in parted(alignment.fills, words, reader) {
            let isOpenEnded = fill.slot.isFree && fill.slot != .assignee && fill.range.upperBound == words.words.count
            let part = SpokenWords(Array(words.words[fill.range]) + (isOpenEnded ? rest : []))
            if pattern.isWording, part.words.isEmpty { return nil }
            // A breath that was taken for a word names nothing new.
            guard !fill.slot.isNew || part.plain.contains(where: { !Matcher.fillers.contains($0) }) else { return nil }
            switch reader.read(fill.slot, part) {
            case .value(let value, let score):
                slots[fill.slot.rawValue] = value
                sureness = min(sureness, score)
                if !fill.slot.isFree { known += 1 }
            case .open:
                // What is open need not be opened: “continue the plan” is another wish.
                guard pattern.intent != .openPlan, pattern.intent != .openProject else { return nil }
                known += 1
                if fill.slot == .project, pattern.intent == .setStatus { slots[Slot.target.rawValue] = "project" }
            case .among(let choices):
                unclear = Understanding.Unclear(slot: fill.slot, choices: choices)
                sureness = min(sureness, Matcher.sure)
                known += 1
            case .unknown(let said):
                guard
                    pattern.isWording
                        ? part.words.count <= Matcher.longestUnknown && reader.saysWhatItIs(fill.slot, part)
                        : pattern.saysWhatItNames(fill.slot, book.vocabulary)
                else { return nil }
                unknown = Understanding.Unknown(slot: fill.slot, said: said)
            }
        }
        let fillCost = Double(alignment.fills.map(\.range.count).reduce(0, +)) * Cost.filled
        let cost = max(0, alignment.cost - fillCost)
        let weight = pattern.isWording ? alignment.matched + 2 * known + 1 : pattern.elements.count + 1
        let score = min(sureness, 1 - cost / Double(weight))
        guard
            score
                >= (unknown != nil ? Matcher.sure : pattern.isWording ? Matcher.wordingAcceptance : Matcher.acceptance),
            isPlausible(pattern.intent, slots, isWording: pattern.isWording, cost)
        else { return nil }
        return Candidate(
            understanding: Understanding(
                intent: pattern.intent, slots: slots,
                tier: cost < 0.001 && sureness >= NameFinder.joinedScore ? .exact : .fuzzy,
                score: score, unknown: unknown, unclear: unclear, isTaught: !pattern.isWording),
            rank: sureness - cost / Double(weight), fixed: 2 * alignment.matched + 3 * known,
            isWording: pattern.isWording)
    }

    /// Whether the words that fill a wording are such as are said there.
    private func isPlausible(_ intent: Intent, _ slots: [String: JSONValue], isWording: Bool, _ cost: Double) -> Bool {
        func words(_ slot: Slot) -> [String] { SpokenWords(slots[slot.rawValue]?.string ?? "").plain }
        switch intent {
        // Words of one's own follow only what was said nearly word by word; “note how the graph bends” tells somebody
        // something, and “look up to your heroes” looks for nothing.
        case .createProject, .createPlan:
            let name = words(.name).first ?? words(.title).first ?? ""
            return !(isWording || cost > 0) || !Matcher.predicates.contains(name)
        case .decide: return !Matcher.openEnds.contains(words(.text).first ?? "")
        case .note: return cost < Matcher.slip && words(.text).first != "how"
        case .search: return cost < Matcher.slip && !Matcher.strays.contains(words(.query).first ?? "")
        case _ where !isWording: return true
        case .correct: return words(.text).count <= 5 && cost < 0.1
        case .addTask: return SpokenNumber.value(of: words(.title)) == nil
        case .assignTask, .listTasks: return words(.assignee).count <= 3
        default: return true
        }
    }

    /// Where two slots stand side by side no word tells where one ends: there, where both are known.
    private func parted(_ fills: [Alignment.Fill], _ words: SpokenWords, _ reader: SlotReader) -> [Alignment.Fill] {
        var fills = fills
        for index in fills.indices.dropFirst() {
            let (left, right) = (fills[index - 1], fills[index])
            guard left.range.upperBound == right.range.lowerBound, !left.slot.isFree else { continue }
            func sureness(_ slot: Slot, _ range: Range<Int>) -> Double {
                switch reader.read(slot, SpokenWords(Array(words.words[range]))) {
                case .value(_, let sureness): sureness
                case .open: 1
                case .among: Matcher.sure
                case .unknown: 0
                }
            }
            var known: Int?
            var most = 0.0
            for place in left.range.lowerBound + 1..<right.range.upperBound {
                let sure = min(
                    sureness(left.slot, left.range.lowerBound..<place),
                    sureness(right.slot, place..<right.range.upperBound))
                if sure > 0, sure >= most { (known, most) = (place, sure) }
            }
            guard let known else { continue }
            fills[index - 1] = Alignment.Fill(slot: left.slot, range: left.range.lowerBound..<known)
            fills[index] = Alignment.Fill(slot: right.slot, range: known..<right.range.upperBound)
        }
        return fills
    }
}

extension Understanding {
    /// “Create a plan called X from template Y” names a template, also when there is no Y; it is no longer title.
    fileprivate func namesUnknownTemplate(beside other: Understanding) -> Bool {
        unknown?.slot == .template && intent == other.intent && other.unknown == nil
            && other.slots[Slot.template.rawValue] == nil
    }
}

extension Pattern {
    /// What may be wrong in all before another reading must be meant. Where any words fit, the fixed ones must.
    var tolerance: Double {
        if isWording { return hasOpenSlot ? 0.9 : hasFreeSlot ? 1.3 : 1.6 }
        return hasFreeSlot ? 0.75 : min(1.6, 0.3 * Double(elements.count + 1))
    }

    /// Whether it ends in a slot that takes as many words as there are.
    var endsInText: Bool {
        if case .slot(let slot)? = elements.last { slot == .text || slot == .reason } else { false }
    }

    /// Whether a word says what kind of thing is named in the slot, so that an unknown name is worth an answer. “Create a
    /// bold plan” names no template.
    func saysWhatItNames(_ slot: Slot, _ vocabulary: [String]) -> Bool {
        elements.contains { element in
            if case .word(let word) = element {
                slot == .template
                    ? vocabulary[word] == "template"
                    : slot == .format && vocabulary[word] == "export"
                        ? true
                        : ["project", "task", "plan", "version", "versions", "section"].contains(vocabulary[word])
            } else {
                false
            }
        }
    }
}
