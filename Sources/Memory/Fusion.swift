import Planning
import Storage

/// Several ranked lists as one, by reciprocal rank: the sum of weight / (60 + rank) over the lists that a thing is in
/// (Cormack, Clarke and Büttcher, SIGIR 2009). Only ranks count, so that measures of different kinds need not be compared.
///
/// What belongs together is one thing: a conversation with all its turns, a section with all its pieces. It ranks by its
/// best passage.
struct Fusion {
    struct Fused {
        var hit: PassageHit
        var sum = 0.0
        var ways: [Memory.Way] = []
        /// Of the passage that is shown.
        var rank: Int
    }

    private var things: [String: Fused] = [:]

    private static let smoothing = 60.0

    var count: Int { things.count }

    /// - Parameters:
    ///   - hits: The best first.
    ///   - weight: How much the list counts beside others.
    mutating func add(_ hits: [PassageHit], by way: Memory.Way, weight: Double) {
        var seen: Set<String> = []
        for hit in hits {
            let key = hit.thing
            guard seen.insert(key).inserted else { continue }
            let rank = seen.count
            var fused = things[key] ?? Fused(hit: hit, rank: rank)
            if rank < fused.rank { (fused.hit, fused.rank) = (hit, rank) }
            fused.sum += weight / (Fusion.smoothing + Double(rank))
            fused.ways.append(way)
            things[key] = fused
        }
    }

    func best(_ limit: Int) -> [Fused] {
        Array(things.values.sorted { ($0.sum, -$0.rank, $0.hit.row) > ($1.sum, -$1.rank, $1.hit.row) }.prefix(limit))
    }
}

extension PassageHit {
    fileprivate var thing: String {
        if passage.kind == .turn, let conversation = passage.conversationId { return conversation.rawValue }
        return passage.source + passage.title
    }
}
