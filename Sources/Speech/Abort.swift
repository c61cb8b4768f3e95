import Synchronization

/// A wish that running work may end early; the work looks at it between its steps.
final class Abort: Sendable {
    private let wished = Atomic<Bool>(false)

    var isWished: Bool { wished.load(ordering: .acquiring) }

    func wish() { wished.store(true, ordering: .releasing) }

    func check() throws { if isWished { throw CancellationError() } }
}
