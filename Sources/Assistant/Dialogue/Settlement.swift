import Planning

/// How a draft is saved after all, when another version was saved since the one it stands on.
struct Settlement: Equatable, Sendable {
    enum Way: Equatable, Sendable {
        /// Both edits in one text: they do not touch.
        case join
        /// The draft as it is; the other version stays in the history.
        case over
    }

    let plan: Plan.ID
    /// The version that it was asked against; when there is a newer one by now, it is asked again.
    let latest: Int
    let way: Way
}
