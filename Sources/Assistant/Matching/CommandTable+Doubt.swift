import Planning

extension CommandTable {
    /// Risk and doubt ask first; everything else is done, and undo is one word.
    package func asksFirst(_ understanding: Understanding) -> Bool {
        if self[understanding.intent]?.isDestructive == true || understanding.intent.isRisky { return true }
        guard understanding.unknown == nil else { return false }
        // “Add a project manager wants to see the numbers” was no name.
        if let name = understanding.text(.name), name.split(separator: " ").count > Self.usualName { return true }
        return understanding.score < Self.doubt && understanding.intent.changesSomething
    }

    /// Below this score a change is asked about first.
    private static let doubt = 0.78

    /// Names of more words than this are asked about first.
    private static let usualName = 6
}
