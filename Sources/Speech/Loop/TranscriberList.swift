import Planning

/// The transcribers in order: the first that answers serves, the local one is the last.
package struct TranscriberList: Sendable {
    private let engines: [Transcriber]
    /// How long one engine may take before the next one is asked.
    private let patience: Duration
    /// How long the last one may take: there is nobody to ask after it.
    private let lastPatience: Duration

    package init(_ engines: [Transcriber], patience: Duration = .seconds(8), lastPatience: Duration = .seconds(30)) {
        self.engines = engines
        self.patience = patience
        self.lastPatience = lastPatience
    }

    package func prepare(_ expected: ExpectedSpeech) {
        for engine in engines { engine.prepare(expected) }
    }

    /// The text, who gave it, and every call that was made for it.
    package func transcribe(
        _ utterance: Utterance, expecting expected: ExpectedSpeech
    ) async -> Transcription {
        var calls: [EngineCall] = []
        for (index, engine) in engines.enumerated() {
            let patience = index == engines.count - 1 ? lastPatience : patience
            let started = Timestamp.now
            let began = ContinuousClock.now
            var outcome = "ok"
            var detail: String?
            var transcript: Transcript?
            do {
                transcript = try await engine.transcribe(utterance, expected, began + patience)
                detail = transcript?.evidence?.detail
            } catch is CancellationError {
                return Transcription(engine: engine.name, calls: calls)
            } catch {
                outcome = EngineCall.outcome(of: error)
                detail = "\(error)"
            }
            calls.append(
                EngineCall(
                    turnId: nil, kind: .transcribe, engine: engine.name, host: engine.host, startedAt: started,
                    milliseconds: (ContinuousClock.now - began).inMilliseconds, outcome: outcome, detail: detail))
            if let transcript { return Transcription(transcript: transcript, engine: engine.name, calls: calls) }
        }
        return Transcription(engine: engines.last?.name ?? "none", calls: calls)
    }
}

extension Duration {
    var inMilliseconds: Double { Double(components.seconds) * 1000 + Double(components.attoseconds) / 1e15 }
}
