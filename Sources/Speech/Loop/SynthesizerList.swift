import Audio
import Endpoints
import Planning

/// The voices in order: the first that speaks serves, the local one is the last. One that is silent for longer than twice
/// its usual time is not waited for alone: the next begins too, and the first to sound is heard.
package struct SynthesizerList: Sendable {
    private let engines: [Synthesizer]
    /// nil asks one after the other.
    private let hedge: Hedge?

    package init(_ engines: [Synthesizer], hedge: Hedge? = nil) {
        self.engines = engines
        self.hedge = hedge
    }

    package func prepare() {
        for engine in engines { engine.prepare() }
    }

    /// The sound of one sentence. An engine that fails before its first sound is replaced by the next one.
    func speak(
        _ sentence: String, at pace: Pace = .normal, each: (PCM) async throws -> Void
    ) async throws -> [EngineCall] {
        let (events, inbox) = AsyncStream.makeStream(of: Event.self)
        var race = VoiceRace(engines.count)
        defer { race.end() }
        start(&race, sentence, pace, inbox)
        for await event in events {
            switch event {
            case .late(let index):
                if race.mayHedge(index) { start(&race, sentence, pace, inbox) }
            case .sound(let index, let sound):
                guard race.hears(index) else { continue }
                try await each(sound)
            case .ended(let index, let ending):
                guard let opening = race.ended(index) else { continue }
                if case .failed(let error as CancellationError) = ending { throw error }
                race.calls.append(engines[index].call(opening, ending))
                // Half a sentence twice would be worse than half a sentence.
                if !ending.isFailure || race.hasSounded { return calls(race) }
                guard race.isIdle else { continue }
                if !start(&race, sentence, pace, inbox), case .failed(let error) = ending { throw error }
            }
        }
        throw CancellationError()
    }

    fileprivate enum Event: Sendable {
        case sound(Int, PCM)
        case ended(Int, Ending)
        /// The engine is silent for longer than it should be.
        case late(Int)
    }

    /// Whether there was one more to ask.
    @discardableResult
    private func start(
        _ race: inout VoiceRace, _ sentence: String, _ pace: Pace, _ inbox: AsyncStream<Event>.Continuation
    ) -> Bool {
        guard let opening = race.next() else { return false }
        let index = opening.index
        let engine = engines[index]
        race.add(
            Task {
                let ending = await engine.say(sentence, at: pace) { inbox.yield(.sound(index, $0)) }
                inbox.yield(.ended(index, ending))
            }, of: index)
        guard let hedge, index < engines.count - 1 else { return true }
        let late = hedge.patience(with: engine.watch, slack: 2)
        race.add(
            Task {
                try await hedge.pause(late)
                inbox.yield(.late(index))
            })
        return true
    }

    /// With the one that was too late.
    private func calls(_ race: VoiceRace) -> [EngineCall] {
        race.calls
            + race.running.values.sorted { $0.index < $1.index }.map { opening in
                // It would have taken longer; that it took so long is known.
                engines[opening.index].watch?.answered(in: .now - opening.began)
                return engines[opening.index].call(opening, EngineCall.overtaken)
            }
    }

    /// The whole sound of a text, spoken sentence by sentence as a reply is; nil when there is nothing to say.
    package func sound(of text: String, at pace: Pace = .normal) async throws -> PCM? {
        var speech = SpeechText()
        var samples: [Int16] = []
        var rate: Int?
        for sentence in speech.add(text) + speech.finish() {
            _ = try await speak(sentence, at: pace) { piece in
                let wanted = rate ?? piece.rate
                rate = wanted
                samples += piece.rate == wanted ? piece.samples : try Resampler.convert(piece, to: wanted).samples
            }
        }
        return rate.map { PCM(samples: samples, rate: $0) }
    }

    /// Makes what Aloud says again and again before anybody needs it, by the first engine alone and only what it has not
    /// made yet. Ends at the first failure: there will be another start.
    package func rehearse(_ phrases: [String] = FixedPhrase.all, at pace: Pace = .normal) async -> [EngineCall] {
        guard let engine = engines.first, let shelf = engine.shelf, shelf.isOpen else { return [] }
        var calls: [EngineCall] = []
        for phrase in phrases where !shelf.has(phrase, at: pace) && !Task.isCancelled {
            let opening = Opening(index: 0)
            let ending = await engine.say(phrase, at: pace) { _ in }
            if case .failed(let error) = ending, error is CancellationError { return calls }
            calls.append(engine.call(opening, ending))
            // What cannot be kept is not paid for again.
            if ending.isFailure { return calls }
            await shelf.settle()
            if !shelf.has(phrase, at: pace) { return calls }
        }
        return calls
    }
}

/// One engine's try at a sentence.
private struct Opening: Sendable {
    let index: Int
    let started = Timestamp.now
    let began = ContinuousClock.now
}

/// How a try ended.
private enum Ending: Sendable {
    case done
    /// It had been made before.
    case cached
    case failed(any Error)

    var isFailure: Bool { if case .failed = self { true } else { false } }
}

/// Which voices were begun, and which of them is heard.
private struct VoiceRace {
    var calls: [EngineCall] = []
    private(set) var running: [Int: Opening] = [:]
    private var speaking: [Int: Task<Void, Never>] = [:]
    private var timers: [Task<Void, any Error>] = []
    private var heard: Int?
    private var asked = 0
    private let count: Int

    init(_ count: Int) { self.count = count }

    var isIdle: Bool { running.isEmpty }
    var hasSounded: Bool { heard != nil }

    mutating func next() -> Opening? {
        guard asked < count else { return nil }
        let opening = Opening(index: asked)
        asked += 1
        running[opening.index] = opening
        return opening
    }

    mutating func add(_ task: Task<Void, Never>, of index: Int) { speaking[index] = task }

    mutating func add(_ timer: Task<Void, any Error>) { timers.append(timer) }

    /// Two at once at most.
    func mayHedge(_ index: Int) -> Bool { running[index] != nil && running.count == 1 && heard == nil }

    /// Whether it is that voice which is heard: the first that sounds is, and then the others are stopped.
    mutating func hears(_ index: Int) -> Bool {
        guard heard == nil else { return heard == index }
        heard = index
        for (other, task) in speaking where other != index { task.cancel() }
        return true
    }

    /// What ended; nil when another one is heard.
    mutating func ended(_ index: Int) -> Opening? {
        guard heard == nil || heard == index else { return nil }
        defer { running[index] = nil }
        return running[index]
    }

    func end() {
        for task in speaking.values { task.cancel() }
        for timer in timers { timer.cancel() }
    }
}

extension Synthesizer {
    /// Says it as it did before, or anew, and then remembers it.
    fileprivate func say(_ sentence: String, at pace: Pace, each: (PCM) -> Void) async -> Ending {
        if let kept = shelf?.sound(of: sentence, at: pace) {
            kept.pieces.forEach(each)
            return .cached
        }
        do {
            let began = ContinuousClock.now
            var hasSounded = false
            var gathering = shelf?.gathering(sentence, at: pace)
            for try await sound in synthesize(sentence, pace) {
                if !hasSounded { watch?.answered(in: .now - began) }
                hasSounded = true
                gathering?.add(sound)
                each(sound)
            }
            try Task.checkCancellation()
            gathering?.keep()
            return .done
        } catch {
            return .failed(error)
        }
    }

    fileprivate func call(_ opening: Opening, _ ending: Ending) -> EngineCall {
        switch ending {
        case .done: call(opening, "ok")
        case .cached: call(opening, EngineCall.cached)
        case .failed(let error): call(opening, EngineCall.outcome(of: error), "\(error)")
        }
    }

    fileprivate func call(_ opening: Opening, _ outcome: String, _ detail: String? = nil) -> EngineCall {
        EngineCall(
            turnId: nil, kind: .synthesize, engine: name, host: outcome == EngineCall.cached ? nil : host,
            startedAt: opening.started, milliseconds: (ContinuousClock.now - opening.began).inMilliseconds,
            outcome: outcome, detail: detail)
    }
}
