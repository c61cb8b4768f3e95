import Endpoints
import Planning
import Storage
import Support

extension Memory {
    /// The vectors of `texts`, by the first embedder that answers. Each request is kept as an engine call; its texts are not.
    func vectors(of texts: [String], by embedding: Embedding, within limit: Duration) async throws -> [[Float]] {
        let deadline = ContinuousClock.now + limit
        var failure: (any Error)?
        for embedder in embedding.embedders {
            do {
                return try await ask(embedder, texts, deadline)
            } catch let error as EmbeddingFailure {
                try Task.checkCancellation()
                // A text that one refuses says more than that the other is away.
                if (failure as? EndpointError)?.kind != .badRequest { failure = error.reason }
            }
        }
        throw failure ?? EndpointError(.notFound, "no embedder is configured")
    }

    /// What the embedder failed with: a failing store is something else.
    private struct EmbeddingFailure: Error {
        let reason: any Error
    }

    private func ask(
        _ embedder: Embedder, _ texts: [String], _ deadline: ContinuousClock.Instant
    ) async throws -> [[Float]] {
        let (started, began) = (Timestamp.now, ContinuousClock.now)
        func call(_ outcome: String, _ detail: String) -> EngineCall {
            EngineCall(
                turnId: nil, kind: .embed, engine: embedder.engine, host: embedder.host, startedAt: started,
                milliseconds: (ContinuousClock.now - began) / .milliseconds(1), outcome: outcome,
                detail: "\(embedder.model), \(texts.count == 1 ? "1 text" : "\(texts.count) texts")\(detail)")
        }
        let answer: Embeddings
        do {
            answer = try await embedder.embed(texts, deadline)
            guard answer.vectors.count == texts.count else {
                throw EndpointError(
                    .decode, "\(texts.count) embeddings were asked for, \(answer.vectors.count) came")
            }
        } catch is CancellationError {
            try await store.record([call("cancelled", "")])
            throw CancellationError()
        } catch {
            let outcome = (error as? EndpointError)?.kind.rawValue ?? "failed"
            // What the server says of it may quote the text.
            try await store.record([call(outcome, "")])
            throw EmbeddingFailure(reason: error)
        }
        try await store.record([call("ok", answer.tokens.map { ", \($0) tokens" } ?? "")])
        return answer.vectors
    }
}
