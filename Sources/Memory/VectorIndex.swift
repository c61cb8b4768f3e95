import Planning
import Storage

/// The vectors in memory: read when they are first needed, kept up with what changed, given back when nobody searches.
actor VectorIndex {
    private let store: Store
    private var matrix: VectorMatrix?
    private var mark = VectorMark()
    private var lastUsed = ContinuousClock.now
    /// Vectors of what was asked for lately, the newest last.
    private var asked: [(text: String, vector: QueryVector)] = []

    private static let block = 10_000
    private static let mostAsked = 64

    init(store: Store) { self.store = store }

    /// Bytes that the vectors take now.
    var bytes: Int { matrix?.bytes ?? 0 }

    /// The vectors as they are in the store now, whoever changed them. nil when there are none.
    func current() async throws -> VectorMatrix? {
        lastUsed = .now
        while true {
            let wanted = try await store.vectorMark()
            guard wanted.newest > 0, wanted.dimensions > 0 else {
                matrix = nil
                return nil
            }
            if let matrix, mark == wanted { return matrix }
            try await bring(to: wanted)
        }
    }

    /// Another search may do the same meanwhile: what it has brought is not brought twice.
    private func bring(to wanted: VectorMark) async throws {
        // More went than there were, or the numbers began anew: the file was replaced by an older one.
        let isAnother = wanted.newest < mark.newest || wanted.gone - mark.gone > Int64(matrix?.count ?? 0)
        if matrix?.width != wanted.dimensions || isAnother {
            matrix = VectorMatrix(width: wanted.dimensions)
            mark = VectorMark()
            mark.gone = wanted.gone
        }
        if mark.gone != wanted.gone, matrix?.count ?? 0 > 0 {
            let living = try await store.vectorNumbers()
            if let kept = matrix?.keeping(living) { matrix = kept }
        }
        var newest = matrix?.numbers.last ?? 0
        while newest < wanted.newest {
            let rows = try await store.vectors(after: newest, limit: VectorIndex.block)
            guard matrix?.width == wanted.dimensions, matrix?.numbers.last ?? 0 == newest, let last = rows.numbers.last
            else {
                // Another search has been here, or what was promised has gone: look again.
                if rows.numbers.isEmpty { break }
                return
            }
            matrix?.append(rows)
            newest = last
        }
        mark = wanted
    }

    func vector(for text: String) -> QueryVector? { asked.last { $0.text == text }?.vector }

    func keep(_ vector: QueryVector, for text: String) {
        asked.removeAll { $0.text == text }
        asked.append((text, vector))
        if asked.count > VectorIndex.mostAsked { asked.removeFirst() }
    }

    /// Gives the memory back when nobody has searched for that long. Whether it did.
    func rest(after idle: Duration) -> Bool {
        guard matrix != nil, ContinuousClock.now - lastUsed >= idle else { return false }
        matrix = nil
        asked = []
        return true
    }
}
