import Endpoints
import Planning
import Storage
import Support

extension Memory {
    /// What one round of embedding did.
    package struct EmbeddingRound: Equatable, Sendable {
        /// Passages that have their vector now.
        package var made = 0
        /// Passages that the embedder refused, one by one; they are found by their words.
        package var refused = 0
        /// Whether others wait.
        package var isBehind = false
    }

    /// Texts that are sent at once, and their characters together.
    private static let sent = 64
    private static let batchCharacters = 60_000
    private static let limit = Duration.seconds(60)

    /// Gives waiting passages their vectors, at most so many batches of them. Every batch is kept as it comes. Throws when no
    /// embedder answers; what came before is kept.
    package func embed(batches: Int = 8) async throws -> EmbeddingRound {
        var round = EmbeddingRound()
        let embedding = embedding.value
        guard let model = embedding.model else { return round }
        let known = try await store.embeddingMark()
        var mark = EmbeddingMark(
            model: model, dimensions: known?.model == model ? known?.dimensions ?? 0 : 0, excluded: embedding.excluded)
        // Another model or other exclusions than last time begin anew.
        try await store.setEmbedding(mark)
        for _ in 0..<batches {
            let waiting = Memory.batch(
                of: try await store.waitingPassages(limit: Memory.sent, excluding: mark.excluded))
            guard !waiting.isEmpty else { return round }
            let vectors = try await vectors(of: waiting, embedding, &mark)
            try await store.keepVectors(vectors.map { ($0, $1?.data) }, by: mark)
            round.made += vectors.count { $0.vector != nil }
            round.refused += vectors.count { $0.vector == nil }
        }
        round.isBehind = try await !store.waitingPassages(limit: 1, excluding: mark.excluded).isEmpty
        return round
    }

    /// Gives the memory of the vectors back when nobody has searched for that long.
    package func rest(after idle: Duration) async { _ = await index.rest(after: idle) }

    private static func batch(of waiting: [WaitingPassage]) -> [WaitingPassage] {
        var characters = 0
        return Array(
            waiting.prefix { passage in
                defer { characters += passage.embedded.utf8.count }
                return characters < batchCharacters
            })
    }

    /// The vectors of a batch. A batch that is refused is halved until the one text is found that is at fault.
    private func vectors(
        of waiting: [WaitingPassage], _ embedding: Embedding, _ mark: inout EmbeddingMark
    ) async throws -> [(number: Int64, vector: PackedVector?)] {
        let made: [[Float]]
        do {
            made = try await self.vectors(of: waiting.map(\.embedded), by: embedding, within: Memory.limit)
        } catch let error as EndpointError {
            guard error.kind == .badRequest else { throw error }
            guard waiting.count > 1 else {
                // Whether it is this text or all of them.
                _ = try await self.vectors(of: ["plan"], by: embedding, within: Memory.limit)
                return waiting.map { ($0.number, nil) }
            }
            let middle = waiting.count / 2
            return try await vectors(of: Array(waiting[..<middle]), embedding, &mark)
                + vectors(of: Array(waiting[middle...]), embedding, &mark)
        }
        let width = made.first?.count ?? 0
        if mark.dimensions != width {
            // The server has another model behind the same name: what there was cannot be compared with it.
            mark.dimensions = width
            try await store.setEmbedding(mark)
        }
        return zip(waiting, made).map { ($0.number, PackedVector($1)) }
    }
}

extension WaitingPassage {
    /// What the embedder is given: a passage alone does not say what it is about.
    fileprivate var embedded: String { [title, text].filter { !$0.isEmpty }.joined(separator: "\n\n") }
}
