/// What a satellite's connection is about right now. Events in, actions out; the session performs them.
package struct SatelliteRun: Equatable, Sendable {
    package enum State: Equatable, Sendable {
        /// The satellite waits for its wake word.
        case idle
        /// Its sound is heard, for the wake phrase first when `forWake`.
        case listening(Order, forWake: Bool)
        /// What was said is being answered.
        case answering(Order)
    }

    /// What the satellite asked for.
    package struct Order: Equatable, Sendable {
        /// Whether it sends sound in which the wake phrase is still to be found.
        package var needsWake: Bool
        /// Whether it goes on sending sound after the answer.
        package var restarts: Bool
        /// Whether it has a speaker.
        package var speaks: Bool
    }

    package enum Event: Equatable, Sendable {
        case ordered(Order)
        /// It asked for what Aloud does not do.
        case orderedOther
        case woke
        /// - Parameter voiced: Milliseconds of voice after the wake phrase, or in all of it.
        case ended(hasWake: Bool, voiced: Int)
        case nobodySpoke
        /// Another satellite is nearer.
        case lost
        /// No sound came any more.
        case stalled
        case answered(expectsAnswer: Bool)
    }

    package enum Action: Equatable, Sendable {
        /// Hears the satellite from now on; `isAsked` when somebody is about to speak.
        case listen(forWake: Bool, isAsked: Bool)
        /// The wake phrase was said, and the request is still to come.
        case expectSpeech
        case stopListening
        case take(speaks: Bool)
        case tellWoke
        case tellNobodySpoke
        case tellRefused
        /// Sends it back to wait for its wake word.
        case dismiss
        case leaveRound
    }

    /// Less voice than this after the wake phrase, in milliseconds, is no request.
    private static let shortest = 250

    package private(set) var state = State.idle

    package init() {}

    package mutating func on(_ event: Event) -> [Action] {
        switch (state, event) {
        case (.answering, .ordered), (.answering, .orderedOther):
            // It has one voice, and that is busy.
            return [.tellRefused]
        case (_, .orderedOther): return rest(.tellRefused)
        case (_, .ordered(let order)):
            state = .listening(order, forWake: order.needsWake)
            return [.listen(forWake: order.needsWake, isAsked: !order.needsWake)]
        case (.listening(_, true), .woke): return [.tellWoke]
        case (.listening(let order, let forWake), .ended(let hasWake, let voiced)):
            guard hasWake || !forWake else { return [] }
            if hasWake, voiced < Self.shortest {
                state = .listening(order, forWake: false)
                return [.expectSpeech]
            }
            state = .answering(order)
            return [.stopListening, .take(speaks: order.speaks)]
        case (.listening(let order, true), .nobodySpoke), (.listening(let order, true), .stalled):
            // While it only listens for the wake phrase, nobody need speak.
            return order.restarts ? [] : rest(.tellNobodySpoke)
        case (.listening(let order, false), .nobodySpoke), (.listening(let order, false), .stalled):
            return rest(.tellNobodySpoke) + again(order)
        case (.listening(let order, _), .lost): return rest(.dismiss) + again(order)
        case (.answering(let order), .answered(let expectsAnswer)):
            guard order.restarts else {
                state = .idle
                return [.leaveRound]
            }
            // A question is answered without the wake phrase.
            let forWake = order.needsWake && !expectsAnswer
            state = .listening(order, forWake: forWake)
            return [.leaveRound, .listen(forWake: forWake, isAsked: expectsAnswer)]
        default: return []
        }
    }

    /// Hears on when the satellite goes on sending.
    private mutating func again(_ order: Order) -> [Action] {
        guard order.restarts else { return [] }
        state = .listening(order, forWake: order.needsWake)
        return [.listen(forWake: order.needsWake, isAsked: false)]
    }

    private mutating func rest(_ action: Action) -> [Action] {
        let wasIdle = state == .idle
        state = .idle
        return wasIdle ? [action] : [.stopListening, action, .leaveRound]
    }
}
