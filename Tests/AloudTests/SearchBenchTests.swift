import AloudProcess
import Foundation
import Support
import Testing

@Suite struct SearchBenchTests {
    private static let passages = """
        {"id": "p1", "title": "Trains", "text": "The locomotive leaves at nine."}
        {"id": "p2", "title": "Bills", "text": "Send the invoice to the customer.", "more": 1}

        {"id": "p3", "title": "", "text": "PhotoStore keeps pictures."}
        """
    private static let queries = """
        {"qid": "q1", "text": "when does the locomotive leave", "relevant": ["p1"]}
        {"qid": "q2", "text": "railway", "relevant": ["p1"]}
        {"qid": "q3", "text": "PhotoStore", "relevant": ["p3", "p2"]}
        """
    private static let vectors = """
        {"id": "p1", "v": [1, 0, 0]}
        {"id": "p2", "v": [0, 1, 0]}
        {"id": "p3", "v": [0, 0, 1]}
        {"qid": "q1", "v": [0.9, 0.1, 0]}
        {"qid": "q2", "v": [1, 0, 0]}
        {"qid": "q3", "v": [0, 0.6, 0.8]}
        """

    private func bench(
        passages: String = passages, queries: String = queries, vectors: String? = nil, _ more: String...
    ) async throws -> AloudHome.Ended {
        let home = AloudHome()
        var arguments = ["bench", "search", home.folder + "/p.jsonl", home.folder + "/q.jsonl"] + more
        try passages.write(toFile: home.folder + "/p.jsonl", atomically: true, encoding: .utf8)
        try queries.write(toFile: home.folder + "/q.jsonl", atomically: true, encoding: .utf8)
        if let vectors {
            try vectors.write(toFile: home.folder + "/v.jsonl", atomically: true, encoding: .utf8)
            arguments += ["--vectors", home.folder + "/v.jsonl"]
        }
        let ended = try await home.run(arguments, environment: ["TMPDIR": home.folder])
        // Nothing is left behind, and the user's own store is not even made.
        let left = try FileManager.default.contentsOfDirectory(atPath: home.folder)
        #expect(Set(left).isSubset(of: ["p.jsonl", "q.jsonl", "v.jsonl"]), "\(left)")
        return ended
    }

    @Test func withoutVectorsWordsAreMeasuredAndItSaysSo() async throws {
        let ended = try await bench("--json")
        #expect(ended.status == 0 && ended.errors.contains("lexical only"), "\(ended.errors)")
        let report = try JSONValue(parsing: ended.output)
        #expect(report["passages"]?.number == 3 && report["queries"]?.number == 3)
        let rows = try #require(report["rows"]?.array)
        #expect(rows.map { $0["search"]?.string } == ["lexical"])
        // One of one, none of one, one of two.
        #expect(rows[0]["recall_at_5"]?.number == 0.5 && rows[0]["mrr_at_10"]?.number == 0.667)
        #expect((rows[0]["p95_ms"]?.number ?? 0) > 0 && (report["bytes"]?.number ?? 0) > 0)
    }

    @Test func withVectorsThereAreThreeRowsAndTheFusedOneFindsMost() async throws {
        let ended = try await bench(vectors: Self.vectors, "--json")
        #expect(ended.status == 0 && ended.errors.isEmpty, "\(ended.errors)")
        let rows = try #require(try JSONValue(parsing: ended.output)["rows"]?.array)
        #expect(rows.map { $0["search"]?.string } == ["lexical", "vector", "fused"])
        #expect(rows.map { $0["recall_at_10"]?.number } == [0.5, 1, 1])
        let plain = try await bench(vectors: Self.vectors)
        #expect(plain.output.contains("recall@10") && plain.output.contains("fused"))
        #expect(plain.output.contains("vectors of 3 dimensions"))
    }

    @Test(arguments: [
        (#"{"id": "p1", "title": "a"}"#, "p.jsonl:1: the key “text” is missing"),
        ("\n{nonsense", "p.jsonl:2: the line is not valid JSON"),
        (#"{"id": 7, "title": "a", "text": "b"}"#, "p.jsonl:1: “id” is not what it should be"),
        (#"{"id": "", "title": "a", "text": "b"}"#, "p.jsonl:1: “id” takes 1 to 1000 bytes"),
        ("[]", "p.jsonl:1: "), ("", "p.jsonl holds no passages"),
        (passages + "\n" + passages, "p.jsonl:5: the id “p1” is there already"),
        (String(repeating: "[", count: 100_000), "p.jsonl:1: the line is not valid JSON"),
    ])
    func aPassageThatIsNoneIsNamed(passages: String, complaint: String) async throws {
        let ended = try await bench(passages: passages)
        #expect(ended.status == 1 && ended.errors.contains(complaint) && ended.output.isEmpty, "\(ended.errors)")
    }

    @Test(arguments: [
        (#"{"qid": "q1", "text": "a", "relevant": []}"#, "q.jsonl:1: “relevant” names 1 to 1000 passages"),
        (#"{"qid": "q1", "text": "a", "relevant": ["p9"]}"#, "q.jsonl:1: “relevant” names “p9”, which is no passage"),
        (queries + "\n" + queries, "q.jsonl:4: the qid “q1” is there already"), ("\n", "q.jsonl holds no queries"),
    ])
    func aQueryThatIsNoneIsNamed(queries: String, complaint: String) async throws {
        let ended = try await bench(queries: queries)
        #expect(ended.status == 1 && ended.errors.contains(complaint), "\(ended.errors)")
    }

    @Test(arguments: [
        (#"{"id": "p1", "v": [1, 2]}"# + "\n" + #"{"id": "p2", "v": [1]}"#, "v.jsonl:2: “v” has 1 numbers"),
        (#"{"id": "p1", "v": [0, 0]}"#, "v.jsonl:1: “v” has no direction"),
        (#"{"id": "p1", "v": []}"#, "v.jsonl:1: “v” takes 1 to 8192 numbers"),
        (#"{"id": "p1", "qid": "q1", "v": [1]}"#, "v.jsonl:1: a vector has an “id” or a “qid”"),
        (#"{"qid": "q9", "v": [1]}"#, "v.jsonl:1: “qid” names “q9”"), (#"{"id": "p1", "v": "x"}"#, "v.jsonl:1: “v” is"),
        (#"{"id": "p1", "v": [1]}"# + "\n" + #"{"id": "p1", "v": [2]}"#, "v.jsonl:2: the passage “p1” has a vector"),
    ])
    func aVectorThatIsNoneIsNamed(vectors: String, complaint: String) async throws {
        let ended = try await bench(vectors: vectors)
        #expect(ended.status == 1 && ended.errors.contains(complaint), "\(ended.errors)")
    }

    @Test func aFileThatIsNotThereIsNamed() async throws {
        let home = AloudHome()
        let ended = try await home.run("bench", "search", "/nowhere.jsonl", "/nowhere.jsonl")
        #expect(ended.status == 1 && ended.errors.contains("/nowhere.jsonl cannot be read: No such file"))
    }
}
