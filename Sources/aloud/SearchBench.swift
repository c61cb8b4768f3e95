import Foundation
import Memory
import Storage
import Support

/// Texts and questions with known answers, searched by the very code that searches plans.
struct SearchBench {
    private let documents: [Memory.Document]
    private let queries: [Query]
    /// Length of the vectors; nil without any.
    private let dimensions: Int?
    /// What should be known of the figures.
    let notes: [String]

    private struct Query {
        let text: String
        let relevant: Set<String>
        let vector: [Float]?
    }

    /// Reads the files; throws a `Failure` that names the file and the line of what is wrong.
    init(passages: String, queries: String, vectors: String?) throws {
        let passages = try PassageLine.read(passages)
        let known = Set(passages.map(\.id))
        let asked = try QueryLine.read(queries, known: known)
        var notes: [String] = []
        if let vectors {
            let lines = try VectorLines(vectors, passages: known, queries: Set(asked.map(\.qid)))
            dimensions = lines.dimensions
            documents = passages.map {
                Memory.Document(id: $0.id, title: $0.title, text: $0.text, vector: lines.passages[$0.id])
            }
            self.queries = asked.map {
                Query(text: $0.text, relevant: Set($0.relevant), vector: lines.queries[$0.qid])
            }
            let missing = documents.count { $0.vector == nil }
            let unasked = self.queries.count { $0.vector == nil }
            if missing + unasked > 0 {
                notes.append("\(missing) passages and \(unasked) queries have no vector and are found by words alone")
            }
        } else {
            dimensions = nil
            documents = passages.map { Memory.Document(id: $0.id, title: $0.title, text: $0.text) }
            self.queries = asked.map { Query(text: $0.text, relevant: Set($0.relevant), vector: nil) }
            notes.append("lexical only: without --vectors nothing is looked for by its meaning")
        }
        self.notes = notes
    }

    func run() async throws -> SearchBenchReport {
        let folder = FileManager.default.temporaryDirectory.appending(path: "aloud-bench-\(UUID().uuidString)").path
        try PrivateFolder.make(folder)
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let store = try await Store.open(path: folder + "/aloud.db")
        do {
            let report = try await measure(store)
            try store.close()
            return report
        } catch {
            try? store.close()
            throw error
        }
    }

    private func measure(_ store: Store) async throws -> SearchBenchReport {
        let memory = Memory(store: store)
        let clock = ContinuousClock()
        let indexing = try await clock.measure { try await memory.remember(documents) }
        var rows = [try await row("lexical", [.lexical], memory)]
        if dimensions != nil {
            rows.append(try await row("vector", [.vector], memory))
            rows.append(try await row("fused", [.lexical, .vector], memory))
        }
        let files = ["", "-wal"].map { suffix -> Int in
            let facts = try? FileManager.default.attributesOfItem(atPath: store.path + suffix)
            return facts?[.size] as? Int ?? 0
        }
        return SearchBenchReport(
            passages: documents.count, queries: queries.count, dimensions: dimensions, rows: rows,
            indexSeconds: (indexing / .milliseconds(1)).rounded() / 1000, bytes: files.reduce(0, +),
            vectorBytes: await memory.vectorBytes())
    }

    /// Queries that are asked before the clock runs: they open the readers and bring the vectors into memory.
    private static let warmUp = 10

    private func row(_ name: String, _ ways: Set<Memory.Way>, _ memory: Memory) async throws -> SearchBenchReport.Row {
        for query in queries.prefix(SearchBench.warmUp) { _ = try await ask(query, ways, memory) }
        var figures = SearchBenchReport.Row(search: name)
        var times: [Double] = []
        for query in queries {
            let began = ContinuousClock.now
            let found = try await ask(query, ways, memory)
            times.append((ContinuousClock.now - began) / .milliseconds(1))
            func recall(_ depth: Int) -> Double {
                Double(query.relevant.intersection(found.prefix(depth)).count) / Double(query.relevant.count)
            }
            figures.recallAt5 += recall(5)
            figures.recallAt10 += recall(10)
            if let rank = found.firstIndex(where: query.relevant.contains) { figures.mrrAt10 += 1 / Double(rank + 1) }
        }
        figures.close(over: queries.count, times)
        return figures
    }

    /// The ids that are found, the best first.
    private func ask(_ query: Query, _ ways: Set<Memory.Way>, _ memory: Memory) async throws -> [String] {
        var ways = ways
        if query.vector == nil { ways.remove(.vector) }
        guard !ways.isEmpty else { return [] }
        return try await memory.find(query.text, limit: 10, ways: ways, vector: query.vector).hits.map(\.source)
    }
}

struct SearchBenchReport: Codable {
    let passages: Int
    let queries: Int
    let dimensions: Int?
    let rows: [Row]
    let indexSeconds: Double
    /// Of the database.
    let bytes: Int
    /// Of the vectors in memory.
    let vectorBytes: Int

    struct Row: Codable {
        let search: String
        var recallAt5 = 0.0
        var recallAt10 = 0.0
        var mrrAt10 = 0.0
        /// Milliseconds.
        var p50 = 0.0
        var p95 = 0.0

        enum CodingKeys: String, CodingKey {
            case search
            case recallAt5 = "recall_at_5"
            case recallAt10 = "recall_at_10"
            case mrrAt10 = "mrr_at_10"
            case p50 = "p50_ms"
            case p95 = "p95_ms"
        }

        init(search: String) { self.search = search }

        /// Makes means of the sums, and percentiles of the times by nearest rank.
        mutating func close(over count: Int, _ times: [Double]) {
            func thousandths(_ value: Double) -> Double { (value * 1000).rounded() / 1000 }
            recallAt5 = thousandths(recallAt5 / Double(count))
            recallAt10 = thousandths(recallAt10 / Double(count))
            mrrAt10 = thousandths(mrrAt10 / Double(count))
            let sorted = times.sorted()
            func percentile(_ share: Double) -> Double {
                thousandths(sorted[min(sorted.count - 1, Int((Double(sorted.count) * share).rounded(.up)) - 1)])
            }
            p50 = percentile(0.5)
            p95 = percentile(0.95)
        }
    }

    func show() {
        Terminal.show(
            "\(passages) passages, \(queries) queries\(dimensions.map { ", vectors of \($0) dimensions" } ?? "")")
        Terminal.show("search     recall@5  recall@10  MRR@10    p50 ms    p95 ms")
        for row in rows {
            let figures = [row.recallAt5, row.recallAt10, row.mrrAt10, row.p50, row.p95]
            let columns = zip(figures, [8, 9, 6, 8, 8]).map { figure, width in
                let text = String(format: "%.3f", figure)
                return "  " + String(repeating: " ", count: max(0, width - text.count)) + text
            }
            Terminal.show(row.search.padding(toLength: 9, withPad: " ", startingAt: 0) + columns.joined())
        }
        Terminal.show(
            "indexed in \(indexSeconds) s, \(bytes) bytes in the file, \(vectorBytes) bytes of vectors in memory")
    }
}
