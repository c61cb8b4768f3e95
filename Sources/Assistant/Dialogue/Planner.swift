import Planning

/// What answers free speech: a language model with tools, or the local planner when there is none.
package protocol Planner: Sendable {
    /// Whether a new plan is drafted by asking for its parts one after the other.
    var asksForParts: Bool { get }

    /// Answers `text`; gives the pieces of the reply to `delta` as they come.
    func answer(_ text: String, _ scene: Scene, _ delta: @Sendable (String) -> Void) async throws -> PlannerAnswer
}

package struct PlannerAnswer: Sendable {
    package var reply: Reply
    package var calls: [EngineCall]

    package init(_ reply: Reply, calls: [EngineCall] = []) {
        self.reply = reply
        self.calls = calls
    }
}
