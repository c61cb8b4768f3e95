import Storage

extension Memory {
    /// A text that is in no plan, with its vector when it is known: what a benchmark looks for.
    package struct Document: Sendable {
        package let id: String
        package let title: String
        package let text: String
        package let vector: [Float]?

        package init(id: String, title: String, text: String, vector: [Float]? = nil) {
            self.id = id
            self.title = title
            self.text = text
            self.vector = vector
        }
    }

    /// Puts documents into a store that has nothing else, as what changed is put there.
    package func remember(_ documents: [Document]) async throws {
        var vectors: [String: PackedVector] = [:]
        var width = 0
        for document in documents {
            guard let vector = document.vector, let packed = PackedVector(vector) else { continue }
            vectors[document.id] = packed
            width = vector.count
        }
        let mark = EmbeddingMark(model: "given", dimensions: width)
        try await store.setEmbedding(mark)
        for first in stride(from: 0, to: documents.count, by: Memory.batch) {
            let some = documents[first..<min(documents.count, first + Memory.batch)]
            try await store.remember(
                some.flatMap { Passages.of($0) }, insteadOf: some.map(\.id), upTo: MemoryMark())
        }
        guard width > 0 else { return }
        while case let waiting = try await store.waitingPassages(limit: Memory.batch, excluding: []), !waiting.isEmpty {
            try await store.keepVectors(waiting.map { ($0.number, vectors[$0.source]?.data) }, by: mark)
        }
    }

    /// Bytes that the vectors take in memory now.
    package func vectorBytes() async -> Int { await index.bytes }
}
