import Planning
import Storage
import Support

extension Memory {
    /// A way to find.
    package enum Way: String, Codable, Sendable, CaseIterable {
        /// By the words themselves.
        case lexical
        /// By what they mean.
        case vector
    }

    /// One thing that was found.
    package struct Hit: Equatable, Sendable, Codable {
        package let kind: Passage.Kind
        /// The id of the project, plan, task, note or turn.
        package let source: String
        package let project: String?
        /// The number of the plan.
        package let plan: Int?
        package let title: String
        package let excerpt: String
        /// How much it is what was looked for, 0 … 1: of the ways that were gone, the mean of their scores.
        package let score: Double
        /// The share of the words that is in it, rare ones counting for more, 0 … 1.
        package let lexical: Double?
        /// The cosine of the meanings, 0 … 1; an opposite counts as nothing. nil for what has no vector.
        package let vector: Double?
        /// Which ways led to it.
        package let foundBy: [Way]
        package let at: Timestamp
    }

    package struct Found: Equatable, Sendable {
        package var hits: [Hit] = []
        /// The ways that were gone.
        package var ways: [Way] = [.lexical]
        /// Whether the project had nothing, and all of them were looked through.
        package var isWidened = false
        /// Why a way was not gone, or not to its end; nil when all was well.
        package var shortfall: String?
    }

    /// How long the question's own vector is waited for, by default: whoever asked waits for the answer.
    package static let patience = Duration.seconds(2)
    /// What is farther than this has nothing to do with it.
    private static let nearest: Float = 0.2

    /// What holds the words of `text`, or means the same, the best first. In `project` first; when nothing is there, in all
    /// of them.
    ///
    /// - Parameters:
    ///   - ways: The ways to go, when they can be gone.
    ///   - vector: What `text` means, when that is known already.
    package func find(
        _ text: String, project: Project.ID? = nil, kinds: Set<Passage.Kind>? = nil, limit: Int = 10,
        ways: Set<Way> = Set(Way.allCases), vector: [Float]? = nil
    ) async throws -> Found {
        var found = Found()
        var query: QueryVector?
        if ways.contains(.vector) {
            (query, found.shortfall) = try await meaning(of: text, given: vector)
        }
        let matrix = query == nil ? nil : try await index.current()
        let search = Search(
            store: store, terms: Terms.wanted(in: text), query: query, matrix: matrix, kinds: kinds, limit: limit,
            isLexical: ways.contains(.lexical), nearest: Memory.nearest)
        found.ways = (search.isLexical ? [.lexical] : []) + (matrix == nil ? [] : [.vector])
        found.hits = try await search.hits(in: project)
        if found.hits.isEmpty, project != nil {
            found.hits = try await search.hits(in: nil)
            found.isWidened = true
        }
        return found
    }

    package func search(
        _ text: String, project: Project.ID? = nil, kinds: Set<Passage.Kind>? = nil, limit: Int = 10
    ) async throws -> [Hit] {
        try await find(text, project: project, kinds: kinds, limit: limit).hits
    }

    /// The vector of a question; nil with the reason when there is none to be had.
    private func meaning(of text: String, given: [Float]?) async throws -> (QueryVector?, String?) {
        if let given { return (QueryVector(given), nil) }
        let embedding = embedding.value
        guard let model = embedding.model else { return (nil, "no embedder is configured") }
        guard let known = try await store.embeddingMark(), known.model == model, known.dimensions > 0 else {
            return (nil, "nothing has its vector of \(model) yet")
        }
        let asked = String(text.prefix(Memory.longestQuestion))
        let key = model + "\n" + asked
        if let vector = await index.vector(for: key) { return (vector, nil) }
        do {
            guard let made = try await vectors(of: [asked], by: embedding, within: Memory.patience).first,
                let vector = QueryVector(made), made.count == known.dimensions
            else { return (nil, "\(model) gives vectors of another length now") }
            await index.keep(vector, for: key)
            return (vector, nil)
        } catch {
            try Task.checkCancellation()
            return (nil, "the embedder failed: \(error)")
        }
    }

    private static let longestQuestion = 2000
}

/// One search, in one project or in all.
private struct Search {
    let store: Store
    let terms: [String]
    let query: QueryVector?
    let matrix: VectorMatrix?
    let kinds: Set<Passage.Kind>?
    let limit: Int
    let isLexical: Bool
    let nearest: Float

    /// How much the search by words counts beside the one by meaning when all words are there.
    private static let lexicalWeight = 2.5

    /// Rounds in which more is fetched because much of it belongs together.
    private static let rounds = 4

    func hits(in project: Project.ID?) async throws -> [Memory.Hit] {
        guard limit > 0 else { return [] }
        // More than are shown: of a plan's section or a conversation only the best passage is.
        var depth = max(3 * limit, 30)
        for round in 1... {
            let near =
                query.flatMap { query in
                    matrix?.nearest(query, project: project, kinds: kinds, least: nearest, limit: depth)
                } ?? []
            var wanted = PassageQuery(
                isLexical ? terms : [], project: project, kinds: kinds, limit: isLexical ? depth : 0)
            wanted.vectors = near.map(\.number)
            let finds = try await store.search(wanted)
            var fusion = Fusion()
            // Words that are there only in part say less than what is meant.
            let share = finds.words.map(\.score).max() ?? 0
            fusion.add(
                finds.words.sorted { $0.weight > $1.weight }, by: .lexical, weight: Search.lexicalWeight * share * share
            )
            fusion.add(near.compactMap { finds.vectors[$0.number] }, by: .vector, weight: 1)
            let isWhole = finds.words.count < depth && near.count < depth
            if fusion.count >= limit || isWhole || round == Search.rounds {
                return fusion.best(limit).map { hit($0.hit, by: $0.ways) }
            }
            depth *= 4
        }
        return []
    }

    private func hit(_ found: PassageHit, by ways: [Memory.Way]) -> Memory.Hit {
        let passage = found.passage
        let share = isLexical ? found.score.inThousandths : nil
        let cosine = query.flatMap { matrix?.cosine($0, passage: found.row) }.map { max(0, Double($0)).inThousandths }
        let scores = [share, cosine].compactMap(\.self)
        return Memory.Hit(
            kind: passage.kind, source: passage.source, project: found.project, plan: found.plan,
            title: passage.title, excerpt: Excerpt(passage.text, around: terms).text,
            score: scores.isEmpty ? 0 : (scores.reduce(0, +) / Double(scores.count)).inThousandths,
            lexical: share, vector: cosine, foundBy: ways, at: passage.createdAt)
    }
}

extension PassageHit {
    /// What was said and is written in a plan by now is read there.
    fileprivate var weight: Double { passage.kind == .turn ? 0.8 * rank : rank }
}

extension Double {
    fileprivate var inThousandths: Double { (self * 1000).rounded() / 1000 }
}
