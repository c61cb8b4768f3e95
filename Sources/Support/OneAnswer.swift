/// An answer that is given exactly once: by whoever is first, and with nil when everybody has let go of it.
package final class OneAnswer<Value: Sendable>: Sendable {
    private let take: Shared<(@Sendable (Value?) -> Void)?>

    package init(_ take: @escaping @Sendable (Value?) -> Void) { self.take = Shared(take) }

    deinit { give(nil) }

    package func give(_ value: Value?) {
        let taker = take.update { take in
            defer { take = nil }
            return take
        }
        taker?(value)
    }
}
