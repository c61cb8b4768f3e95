import Planning
import Storage
import Support

extension Memory {
    package struct Status: Equatable, Sendable, Codable {
        package let passages: [String: Int]
        /// Changes that it has not read yet.
        package let behind: Int
        /// How things are found: `lexical`, or `lexical and vector`.
        package let search: String
        package let vectors: Vectors
    }

    package struct Vectors: Equatable, Sendable, Codable {
        /// The model that is configured; nil without an embedder.
        package let model: String?
        /// Who gets the text.
        package let hosts: [String]
        /// 0 until the first vector has come.
        package let dimensions: Int
        package let made: Int
        /// Passages that wait for theirs.
        package let waiting: Int
        /// Kinds whose text is never sent.
        package let excluded: [String]
    }

    package func status() async throws -> Status {
        let mark = try await store.memoryMark()
        let counts = try await store.passageCounts()
        let (made, waiting) = try await store.vectorCounts()
        let embedding = embedding.value
        let known = try await store.embeddingMark()
        let isUsed = embedding.model != nil && known?.model == embedding.model && made > 0
        return Status(
            passages: Dictionary(counts.map { ($0.rawValue, $1) }, uniquingKeysWith: { $1 }),
            behind: Int(try await store.lastChange() - mark.audit),
            search: isUsed ? "lexical and vector" : "lexical",
            vectors: Vectors(
                model: embedding.model, hosts: embedding.embedders.map(\.host),
                dimensions: known?.dimensions ?? 0, made: made, waiting: waiting,
                excluded: embedding.excluded.map(\.rawValue).sorted()))
    }
}
