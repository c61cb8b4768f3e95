import Audio
import Planning

/// The voices in order: the first that speaks serves, the local one is the last.
package struct SynthesizerList: Sendable {
    private let engines: [Synthesizer]

    package init(_ engines: [Synthesizer]) { self.engines = engines }

    /// The sound of one sentence. An engine that fails before its first sound is replaced by the next one.
    func speak(
        _ sentence: String, at pace: Pace = .normal, each: (PCM) async throws -> Void
    ) async throws -> [EngineCall] {
        var calls: [EngineCall] = []
        var failure: (any Error)?
        for engine in engines {
            let started = Timestamp.now
            let began = ContinuousClock.now
            var hasBegun = false
            do {
                for try await sound in engine.synthesize(sentence, pace) {
                    hasBegun = true
                    try await each(sound)
                }
                calls.append(call(engine, started, began, "ok", nil))
                return calls
            } catch is CancellationError {
                throw CancellationError()
            } catch let error as AudioError {
                throw error
            } catch {
                calls.append(call(engine, started, began, EngineCall.outcome(of: error), "\(error)"))
                failure = error
                // Half a sentence twice would be worse than half a sentence.
                if hasBegun { return calls }
            }
        }
        if let failure { throw failure }
        return calls
    }

    /// The whole sound of a text, spoken sentence by sentence as a reply is; nil when there is nothing to say.
    package func sound(of text: String) async throws -> PCM? {
        var speech = SpeechText()
        var samples: [Int16] = []
        var rate: Int?
        for sentence in speech.add(text) + speech.finish() {
            _ = try await speak(sentence) { piece in
                let wanted = rate ?? piece.rate
                rate = wanted
                samples += piece.rate == wanted ? piece.samples : try Resampler.convert(piece, to: wanted).samples
            }
        }
        return rate.map { PCM(samples: samples, rate: $0) }
    }

    private func call(
        _ engine: Synthesizer, _ started: Timestamp, _ began: ContinuousClock.Instant, _ outcome: String,
        _ detail: String?
    ) -> EngineCall {
        EngineCall(
            turnId: nil, kind: .synthesize, engine: engine.name, host: engine.host, startedAt: started,
            milliseconds: (ContinuousClock.now - began).inMilliseconds, outcome: outcome, detail: detail)
    }
}
