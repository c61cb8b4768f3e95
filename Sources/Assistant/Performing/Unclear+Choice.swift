import Planning

extension Understanding.Unclear {
    enum Answer {
        case chosen(SlotReader.Choice)
        case neither
        /// It was no answer to the question.
        case other
    }

    /// More than these nobody keeps in mind when listening.
    private static let most = 3

    private var offered: [SlotReader.Choice] { Array(choices.prefix(Self.most)) }

    func question(_ understanding: Understanding) -> Dialogue.Outcome {
        let named = offered.enumerated().map { "\(SpokenNumber.words($0.offset + 1)), \($0.element.said)" }
        let more = choices.count > Self.most ? " There are more; say more of the name if it is none of these." : ""
        return Dialogue.Outcome(
            .asking("Which one: \(named.joined(separator: "; "))? Or neither.\(more)"),
            question: .choose(understanding, self))
    }

    /// By its place (“the second one”), by its name, or “neither”.
    func answer(_ text: String, _ matcher: Matcher, _ names: LiveNames) -> Answer {
        let words = Courtesy.stripped(SpokenWords(text))
        let bare = words.plain.filter { !["the", "one", "number", "that", "it's"].contains($0) }
        let said = words.plain.joined(separator: " ")
        if Consent(text) == .no || Self.neithers.contains(said) { return .neither }
        let number =
            ["one", "number one"].contains(said) ? 1 : bare == ["last"] ? offered.count : SpokenNumber.value(of: bare)
        if let number, offered.indices.contains(number - 1) { return .chosen(offered[number - 1]) }
        if let same = choices.first(where: { SpokenWords($0.said).plain == words.plain }) { return .chosen(same) }
        let meant = choices.filter { choice in bare.allSatisfy(SpokenWords(choice.said).plain.contains) }
        return meant.count == 1 && !bare.isEmpty ? .chosen(meant[0]) : .other
    }

    private static let neithers: Set<String> = [
        "neither", "none", "none of them", "none of these", "neither of them", "neither one", "nothing", "no one",
    ]
}
