import LanguageModel
import Planning
import Storage

/// What fits of the material that an answer is to be made with. What is worth most is put in first; nothing pushes out what
/// is in already.
struct ContextRoom {
    let estimate: TokenEstimate
    private let whole: Int
    private(set) var left: Int
    private(set) var parts: [String] = []
    private(set) var sources: [TurnSource] = []

    init(tokens: Int, _ estimate: TokenEstimate) {
        whole = max(0, tokens)
        left = whole
        self.estimate = estimate
    }

    /// Less than this of a text says nothing.
    private static let least = 40
    /// The marks around it and the message it stands in.
    private static let overhead = 40

    /// Puts in as much of `text` as fits, from its beginning, cut between lines.
    ///
    /// - Parameters:
    ///   - share: Of the whole room, in hundredths, that it may take at most.
    mutating func add(
        _ kind: TurnSource.Kind, _ text: String, what: String, source: String, project: Project.ID?, share: Int
    ) {
        guard !text.allSatisfy(\.isWhitespace) else { return }
        let bound = min(left, whole * share / 100) - Self.overhead
        guard bound >= Self.least else { return }
        let (shown, isCut) = fitting(text, bound)
        guard !shown.isEmpty else { return }
        let part = Fence.around(isCut ? shown + "\n[cut here; more of it with the tools]" : shown, what: what)
        let tokens = estimate.tokens(in: part)
        left -= tokens
        parts.append(part)
        sources.append(TurnSource(kind, source: source, project: project, title: what, tokens: tokens, isCut: isCut))
    }

    /// Takes room for messages that stand elsewhere.
    mutating func take(_ tokens: Int, _ source: TurnSource?) {
        left -= tokens
        if let source { sources.append(source) }
    }

    func share(_ hundredths: Int) -> Int { min(left, whole * hundredths / 100) }

    private func fitting(_ text: String, _ bound: Int) -> (String, isCut: Bool) {
        guard estimate.tokens(in: text) > bound else { return (text, false) }
        var shown = ""
        var taken = 0
        for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
            taken += estimate.tokens(in: line + "\n")
            guard taken <= bound else { break }
            shown += line + "\n"
        }
        // A single line without end is cut within.
        if shown.allSatisfy(\.isWhitespace) {
            shown = String(text.prefix(max(1, Int(Double(bound) * 2 / estimate.ratio))))
            guard estimate.tokens(in: shown) <= bound else { return ("", true) }
        }
        return (shown, true)
    }
}
