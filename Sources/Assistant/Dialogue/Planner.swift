import Planning

/// What answers free speech: a language model with tools, or the local planner when there is none.
package protocol Planner: Sendable {
    /// Whether a new plan is drafted by asking for its parts one after the other.
    var asksForParts: Bool { get }

    /// Answers `text`; tells the pieces of the reply, and what is being done, as they come.
    func answer(_ text: String, _ scene: Scene, _ tell: @Sendable (PlannerEvent) -> Void) async throws -> PlannerAnswer
}

package enum PlannerEvent: Equatable, Sendable {
    /// A piece of the reply.
    case delta(String)
    /// What is being done meanwhile, as a sentence for whoever waits.
    case doing(String)
}

package struct PlannerAnswer: Sendable {
    package var reply: Reply
    /// What the model wanted done and the user was asked about at the end of the reply.
    package var pending: PendingTool?

    package init(_ reply: Reply, pending: PendingTool? = nil) {
        self.reply = reply
        self.pending = pending
    }
}
