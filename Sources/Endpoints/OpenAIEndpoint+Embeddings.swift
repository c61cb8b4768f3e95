import Foundation
import Support

/// Texts whose meaning is asked for, as vectors.
package struct EmbeddingRequest: Sendable {
    package var texts: [String]
    /// How long the vectors are to be; nil leaves it to the model.
    package var dimensions: Int?
    package var deadline: ContinuousClock.Instant?

    package init(_ texts: [String], dimensions: Int? = nil, deadline: ContinuousClock.Instant? = nil) {
        self.texts = texts
        self.dimensions = dimensions
        self.deadline = deadline
    }

    /// Longer vectors than this no known model makes.
    package static let mostDimensions = 8192
}

/// What texts mean.
package struct Embeddings: Equatable, Sendable {
    /// One for each text, in their order and all of one length.
    package let vectors: [[Float]]
    /// As the server told; nil when it did not.
    package let tokens: Int?

    package init(_ vectors: [[Float]], tokens: Int? = nil) {
        self.vectors = vectors
        self.tokens = tokens
    }
}

extension OpenAIEndpoint {
    /// `POST /v1/embeddings`
    package func embed(_ wanted: EmbeddingRequest) async throws -> Embeddings {
        guard !wanted.texts.isEmpty else { return Embeddings([]) }
        do {
            return try await vectors(wanted)
        } catch let error as EndpointError
            where error.kind == .badRequest && error.message.contains(Self.format)
            && !quirks.refusedFields.contains(Self.format)
        {
            learn { $0.refusedFields.insert(Self.format) }
            return try await vectors(wanted)
        }
    }

    private static let format = "encoding_format"

    private func vectors(_ wanted: EmbeddingRequest) async throws -> Embeddings {
        var body = configuration.fields
        body["model"] = .string(configuration.model)
        body["input"] = .array(wanted.texts.map(JSONValue.string))
        if !quirks.refusedFields.contains(Self.format) { body[Self.format] = "float" }
        if let dimensions = wanted.dimensions { body["dimensions"] = .number(Double(dimensions)) }
        let request = request(
            "POST", url("/embeddings"), type: "application/json",
            body: .bytes(Array(try JSONEncoder().encode(JSONValue.object(body)))))
        let answer = try await send(request, until: wanted.deadline)
        let bytes = try await self.body(of: answer)
        do {
            let decoded = try JSONDecoder().decode(EmbeddingAnswer.self, from: Data(bytes))
            return Embeddings(
                try decoded.vectors(count: wanted.texts.count, dimensions: wanted.dimensions),
                tokens: decoded.usage?.tokens)
        } catch let error as EndpointError {
            note(error)
            throw error
        } catch {
            let unreadable = EndpointError(.decode, "the answer holds no embeddings")
            note(unreadable)
            throw unreadable
        }
    }
}

/// The answer of the embeddings API.
struct EmbeddingAnswer: Decodable {
    let data: [Item]
    let usage: Usage?

    /// What no server writes alike is no reason to refuse the vectors.
    struct Usage: Decodable {
        let tokens: Int?

        enum CodingKeys: String, CodingKey { case prompt_tokens, total_tokens }

        init(from decoder: any Decoder) throws {
            let container = try? decoder.container(keyedBy: CodingKeys.self)
            let told = [CodingKeys.prompt_tokens, .total_tokens].lazy.compactMap {
                try? container?.decodeIfPresent(Int.self, forKey: $0)
            }.first
            tokens = told.flatMap { $0 >= 0 ? $0 : nil }
        }
    }

    struct Item: Decodable {
        let index: Int?
        let embedding: [Float]

        enum CodingKeys: CodingKey { case index, embedding }

        init(from decoder: any Decoder) throws {
            let container = try decoder.container(keyedBy: CodingKeys.self)
            index = try container.decodeIfPresent(Int.self, forKey: .index)
            // Some servers send base64 of little-endian floats whatever was asked for.
            if let text = try? container.decode(String.self, forKey: .embedding) {
                guard let data = Data(base64Encoded: text), data.count % 4 == 0 else {
                    throw DecodingError.dataCorruptedError(
                        forKey: .embedding, in: container, debugDescription: "neither numbers nor base64")
                }
                embedding = data.withUnsafeBytes { bytes in
                    stride(from: 0, to: bytes.count, by: 4).map { place in
                        Float(
                            bitPattern: UInt32(
                                littleEndian: bytes.loadUnaligned(fromByteOffset: place, as: UInt32.self)))
                    }
                }
            } else {
                embedding = try container.decode([Float].self, forKey: .embedding)
            }
        }
    }

    /// In the order of the texts. Throws unless there is just one for each, all of one length and of real numbers.
    func vectors(count: Int, dimensions: Int?) throws(EndpointError) -> [[Float]] {
        func unusable(_ reason: String) -> EndpointError { EndpointError(.decode, reason) }
        guard data.count == count else { throw unusable("\(count) embeddings were asked for, \(data.count) came") }
        var ordered = [[Float]](repeating: [], count: count)
        for (place, item) in data.enumerated() {
            let index = item.index ?? place
            guard ordered.indices.contains(index), ordered[index].isEmpty else {
                throw unusable("an embedding has the index \(index) of no text, or of one that has its own")
            }
            ordered[index] = item.embedding
        }
        let width = ordered[0].count
        guard 1...EmbeddingRequest.mostDimensions ~= width, ordered.allSatisfy({ $0.count == width }) else {
            throw unusable("the embeddings are empty, too long, or not all of one length")
        }
        if let dimensions, dimensions != width {
            throw unusable("embeddings of \(dimensions) numbers were asked for, of \(width) came")
        }
        guard ordered.allSatisfy({ $0.allSatisfy(\.isFinite) && $0.contains { $0 != 0 } }) else {
            throw unusable("an embedding is no direction: it holds no number, or one that is not finite")
        }
        return ordered
    }
}
