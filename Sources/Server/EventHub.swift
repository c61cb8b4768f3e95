import Support
import Synchronization

/// Something that happened, as subscribers see it: a name and its facts.
package struct HouseEvent: Equatable, Sendable, Codable {
    package let event: String
    package let facts: JSONValue

    package init(_ event: String, _ facts: JSONValue = .object([:])) {
        self.event = event
        self.facts = facts
    }

    /// One flat object: the facts and the name beside them.
    package func encode(to encoder: any Encoder) throws {
        var all = facts.object ?? [:]
        all["event"] = .string(event)
        try JSONValue.object(all).encode(to: encoder)
    }
}

/// Hands every event to all who listen. A listener that falls behind loses its oldest events, not the house's time.
package final class EventHub: Sendable {
    private struct Listeners {
        var next = 0
        var continuations: [Int: AsyncStream<HouseEvent>.Continuation] = [:]
    }

    private let listeners = Mutex(Listeners())
    private let bound: Int

    package init(bound: Int = 256) { self.bound = bound }

    package func publish(_ event: HouseEvent) {
        let all = listeners.withLock { Array($0.continuations.values) }
        for continuation in all { continuation.yield(event) }
    }

    /// Events from now on, until the stream is dropped.
    package func events() -> AsyncStream<HouseEvent> {
        let (stream, continuation) = AsyncStream.makeStream(
            of: HouseEvent.self, bufferingPolicy: .bufferingNewest(bound))
        let id = listeners.withLock { listeners in
            listeners.next += 1
            listeners.continuations[listeners.next] = continuation
            return listeners.next
        }
        continuation.onTermination = { [weak self] _ in
            self?.listeners.withLock { _ = $0.continuations.removeValue(forKey: id) }
        }
        return stream
    }
}
