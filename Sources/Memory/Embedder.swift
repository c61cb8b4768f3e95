import Endpoints
import Storage

/// What turns text into a vector of its meaning.
package struct Embedder: Sendable {
    package let model: String
    /// Who gets the text.
    package let host: String
    /// The kind of engine, as configured.
    let engine = "openai"
    /// One vector for each text, all of one length; as late as the deadline.
    let embed: @Sendable ([String], ContinuousClock.Instant?) async throws -> Embeddings

    package init(
        model: String, host: String,
        embed: @escaping @Sendable ([String], ContinuousClock.Instant?) async throws -> Embeddings
    ) {
        self.model = model
        self.host = host
        self.embed = embed
    }

    /// - Parameter dimensions: How long the vectors are to be; nil leaves it to the model.
    package static func openai(_ endpoint: OpenAIEndpoint, dimensions: Int?) -> Embedder {
        // The same model with another length is another space.
        let model = endpoint.configuration.model + (dimensions.map { " (\($0))" } ?? "")
        return Embedder(model: model, host: endpoint.host) { texts, deadline in
            try await endpoint.embed(EmbeddingRequest(texts, dimensions: dimensions, deadline: deadline))
        }
    }
}

/// How meaning is found: the embedders in their order, and the kinds of passages that they are never given.
package struct Embedding: Sendable {
    /// All of the first one's model: vectors of two models cannot be compared, so that another could not step in.
    package let embedders: [Embedder]
    package let excluded: Set<Passage.Kind>

    package init(_ embedders: [Embedder] = [], excluded: Set<Passage.Kind> = []) {
        self.embedders = embedders.filter { $0.model == embedders.first?.model }
        self.excluded = excluded
    }

    package var model: String? { embedders.first?.model }
}
