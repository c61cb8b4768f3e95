import Endpoints
import Planning

/// The transcribers in order: the first that answers serves, the local one is the last. One that takes longer than it
/// usually does is not waited for alone: the next is asked too, and the first good answer counts.
package struct TranscriberList: Sendable {
    private let engines: [Transcriber]
    /// How long one engine may take before it is given up.
    private let patience: Duration
    /// How long the last one may take: there is nobody to ask after it.
    private let lastPatience: Duration
    /// nil asks one after the other.
    private let hedge: Hedge?

    package init(
        _ engines: [Transcriber], patience: Duration = .seconds(8), lastPatience: Duration = .seconds(30),
        hedge: Hedge? = nil
    ) {
        self.engines = engines
        self.patience = patience
        self.lastPatience = lastPatience
        self.hedge = hedge
    }

    package func prepare(_ expected: ExpectedSpeech) {
        for engine in engines { engine.prepare(expected) }
    }

    /// Has each engine find out what its server can do. For when nobody waits.
    package func learn() async {
        for engine in engines { await engine.learn() }
    }

    /// The text, who gave it, and every call that was made for it.
    ///
    /// - Parameter partial: Is told what is understood so far, by an engine that tells it.
    package func transcribe(
        _ utterance: Utterance, expecting expected: ExpectedSpeech, partial: Transcriber.Partial? = nil
    ) async -> Transcription {
        await withTaskGroup(of: Event.self) { group in
            var race = Race(engines.count)
            let matter = Matter(utterance: utterance, expected: expected, partial: partial)
            var isGoing = start(&race, matter, &group)
            while isGoing, let event = await group.next() {
                switch event {
                case .late(let index):
                    guard race.mayHedge(index) else { continue }
                    start(&race, matter, &group)
                case .ended(let attempt):
                    isGoing = !race.ended(attempt, engines[attempt.index].call(attempt))
                    if isGoing, race.isIdle { isGoing = start(&race, matter, &group) }
                }
            }
            group.cancelAll()
            return result(race)
        }
    }

    /// Whether there was one more to ask.
    @discardableResult
    private func start(
        _ race: inout Race, _ matter: Matter, _ group: inout TaskGroup<Event>
    ) -> Bool {
        guard let attempt = race.next() else { return false }
        let index = attempt.index
        let engine = engines[index]
        let deadline = ContinuousClock.now + (index == engines.count - 1 ? lastPatience : patience)
        group.addTask { .ended(await engine.finish(attempt, matter, deadline)) }
        guard let hedge, index < engines.count - 1 else { return true }
        let late = hedge.patience(with: engine.watch)
        group.addTask {
            try? await hedge.pause(late)
            return .late(index)
        }
        return true
    }

    private func result(_ race: Race) -> Transcription {
        var calls = race.calls
        for var attempt in race.running.values.sorted(by: { $0.index < $1.index }) where race.best != nil {
            attempt.outcome = EngineCall.overtaken
            calls.append(engines[attempt.index].call(attempt))
            // It would have taken longer; that it took so long is known.
            engines[attempt.index].watch?.answered(in: .now - attempt.began)
        }
        let index = race.best?.index ?? race.last
        return Transcription(
            transcript: race.best?.transcript, engine: engines.indices.contains(index) ? engines[index].name : "none",
            calls: calls)
    }
}

/// What is to be understood.
private struct Matter: Sendable {
    let utterance: Utterance
    let expected: ExpectedSpeech
    let partial: Transcriber.Partial?
}

private enum Event: Sendable {
    case ended(Attempt)
    /// The engine takes longer than it should.
    case late(Int)
}

/// One engine's try at an utterance.
private struct Attempt: Sendable {
    var index: Int
    var started = Timestamp.now
    var began = ContinuousClock.now
    var outcome = "ok"
    var detail: String?
    var transcript: Transcript?
    var isCancelled = false

    /// Whether it is worth having before others have answered. What this machine makes of free speech is for when nobody
    /// else answers.
    var isGood: Bool {
        guard let transcript else { return false }
        switch transcript.source {
        case .remote: return true
        case .grammar: return transcript.confidence >= 0.8 && (transcript.disagreement ?? 0) < 0.3
        case .dictation: return false
        }
    }
}

/// Who was asked, who still is, and what came of it.
private struct Race {
    private(set) var calls: [EngineCall] = []
    private(set) var running: [Int: Attempt] = [:]
    private(set) var best: Attempt?
    /// Who ended last.
    private(set) var last = 0
    private var asked = 0
    private let count: Int

    init(_ count: Int) { self.count = count }

    var isIdle: Bool { running.isEmpty }

    /// The next to be asked.
    mutating func next() -> Attempt? {
        guard asked < count else { return nil }
        let attempt = Attempt(index: asked)
        asked += 1
        running[attempt.index] = attempt
        return attempt
    }

    /// Two at once at most.
    func mayHedge(_ index: Int) -> Bool { running[index] != nil && running.count == 1 && best == nil }

    /// Whether that is the end of it.
    mutating func ended(_ attempt: Attempt, _ call: EngineCall) -> Bool {
        running[attempt.index] = nil
        last = attempt.index
        if attempt.isCancelled { return true }
        calls.append(call)
        guard attempt.transcript != nil else { return running.isEmpty && best != nil }
        // A doubtful one stands back for whoever was asked before and still may answer.
        if attempt.isGood || best == nil { best = attempt }
        return attempt.isGood || running.isEmpty
    }
}

extension Transcriber {
    fileprivate func finish(
        _ attempt: Attempt, _ matter: Matter, _ deadline: ContinuousClock.Instant
    ) async -> Attempt {
        var attempt = attempt
        do {
            if let follow, let partial = matter.partial {
                attempt.transcript = try await follow(matter.utterance, matter.expected, deadline, partial)
            } else {
                attempt.transcript = try await transcribe(matter.utterance, matter.expected, deadline)
            }
            attempt.detail = attempt.transcript?.evidence?.detail
            watch?.answered(in: .now - attempt.began)
        } catch is CancellationError {
            attempt.isCancelled = true
        } catch {
            attempt.outcome = EngineCall.outcome(of: error)
            attempt.detail = "\(error)"
        }
        return attempt
    }

    fileprivate func call(_ attempt: Attempt) -> EngineCall {
        EngineCall(
            turnId: nil, kind: .transcribe, engine: name, host: host, startedAt: attempt.started,
            milliseconds: (ContinuousClock.now - attempt.began).inMilliseconds, outcome: attempt.outcome,
            detail: attempt.detail)
    }
}

extension Duration {
    var inMilliseconds: Double { Double(components.seconds) * 1000 + Double(components.attoseconds) / 1e15 }
}
