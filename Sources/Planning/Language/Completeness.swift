/// Whether what was said so far is all of it.
package enum Completeness: String, Equatable, Sendable {
    /// Nothing can follow: a whole command, an answer, the end word.
    case complete
    /// It may be all.
    case open
    /// The speaker goes on: “and”, “because”, a list without its last item, a command without its object.
    case incomplete
}
