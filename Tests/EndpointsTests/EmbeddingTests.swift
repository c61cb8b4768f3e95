import Foundation
import ScriptedServer
import Support
import Testing

@testable import Endpoints

/// Vectors from a real server that plays scripts.
@Suite struct EmbeddingTests {
    private static let path = "/v1/embeddings"

    private func endpoint(_ server: ScriptedServer, _ time: StoppedTime) -> OpenAIEndpoint {
        OpenAIEndpoint(
            OpenAIEndpoint.Configuration(baseURL: server.url + "/v1", key: SecretString("sk-key"), model: "embed-1"),
            client: HTTPClient(), time: time.time)
    }

    private func failure(_ answer: String, texts: [String] = ["a", "b"], dimensions: Int? = nil) async throws
        -> EndpointError.Kind?
    {
        let server = try await ScriptedServer.start([Self.path: [.answer(answer)]])
        defer { Task { try await server.stop() } }
        do {
            _ = try await endpoint(server, StoppedTime()).embed(EmbeddingRequest(texts, dimensions: dimensions))
            return nil
        } catch {
            return (error as? EndpointError)?.kind
        }
    }

    @Test func vectorsComeInTheOrderOfTheTexts() async throws {
        let server = try await ScriptedServer.start([
            Self.path: [
                .answer(#"{"data":[{"index":1,"embedding":[0,1]},{"index":0,"embedding":[1,0.5]}],"model":"x"}"#)
            ]
        ])
        let vectors = try await endpoint(server, StoppedTime()).embed(EmbeddingRequest(["a", "b"], dimensions: 2))
            .vectors
        #expect(vectors == [[1, 0.5], [0, 1]])
        let request = try #require(server.requests.first)
        let body = try JSONValue(parsing: String(decoding: request.body, as: UTF8.self))
        #expect(body["model"]?.string == "embed-1" && body["dimensions"]?.number == 2)
        #expect(body["input"]?.array?.compactMap(\.string) == ["a", "b"])
        #expect(body["encoding_format"]?.string == "float")
        try await server.stop()
    }

    @Test func base64IsTakenToo() async throws {
        let bytes = [Float(0.25), -2].flatMap { withUnsafeBytes(of: $0.bitPattern.littleEndian) { Array($0) } }
        let server = try await ScriptedServer.start([
            Self.path: [.answer(#"{"data":[{"embedding":"\#(Data(bytes).base64EncodedString())"}]}"#)]
        ])
        #expect(try await endpoint(server, StoppedTime()).embed(EmbeddingRequest(["a"])).vectors == [[0.25, -2]])
        try await server.stop()
    }

    @Test func aFieldThatIsRefusedIsLeftOutFromThenOn() async throws {
        let good = Script.answer(#"{"data":[{"index":0,"embedding":[1]}]}"#)
        let server = try await ScriptedServer.start([
            Self.path: [
                .answer(#"{"error":{"message":"unknown field encoding_format"}}"#, status: 400), good, good,
            ]
        ])
        let endpoint = endpoint(server, StoppedTime())
        for _ in 0..<2 { #expect(try await endpoint.embed(EmbeddingRequest(["a"])).vectors == [[1]]) }
        let bodies = server.requests.map { String(decoding: $0.body, as: UTF8.self).contains("encoding_format") }
        #expect(bodies == [true, false, false])
        try await server.stop()
    }

    @Test func aServerErrorIsTriedOnceMore() async throws {
        let server = try await ScriptedServer.start([
            Self.path: [.answer("{}", status: 503), .answer(#"{"data":[{"embedding":[1,2]}]}"#)]
        ])
        let time = StoppedTime()
        #expect(try await endpoint(server, time).embed(EmbeddingRequest(["a"])).vectors == [[1, 2]])
        #expect(time.pauses.count == 1)
        try await server.stop()
    }

    @Test(arguments: [
        #"{"data":[{"embedding":[1]}]}"#, #"{"data":[{"embedding":[1]},{"embedding":[1,2]}]}"#,
        #"{"data":[{"index":0,"embedding":[1]},{"index":0,"embedding":[2]}]}"#,
        #"{"data":[{"index":7,"embedding":[1]},{"index":0,"embedding":[2]}]}"#,
        #"{"data":[{"embedding":[]},{"embedding":[]}]}"#, #"{"data":[{"embedding":[0]},{"embedding":[1]}]}"#,
        #"{"data":[{"embedding":"!!"},{"embedding":[1]}]}"#, #"{"data":7}"#, "[]", "", "<html>",
        #"{"data":[{"embedding":[1e39]},{"embedding":[1]}]}"#,
    ])
    func whatIsNoVectorForEachTextIsAnError(answer: String) async throws {
        #expect(try await failure(answer) == .decode)
    }

    @Test func anotherLengthThanWasAskedForIsAnError() async throws {
        #expect(try await failure(#"{"data":[{"embedding":[1,2]}]}"#, texts: ["a"], dimensions: 3) == .decode)
        #expect(try await failure("{}", texts: []) == nil)
    }
}
