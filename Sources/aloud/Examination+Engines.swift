import Endpoints
import Foundation
import Storage

/// A kind of remote engine, with what it hears of its user.
private struct EngineKind {
    let id: String
    let title: String
    let engines: [EngineConfiguration]
    let hears: String
}

extension Examination {
    /// Which hosts hear what, and whether they answer.
    func engines(_ loaded: LoadedConfiguration) async -> [Check] {
        let configuration = loaded.configuration
        let kinds = [
            EngineKind(
                id: "transcriber", title: "transcriber", engines: configuration.transcribers.remote,
                hears: "hears what is said to Aloud"),
            EngineKind(
                id: "synthesizer", title: "synthesizer", engines: configuration.synthesizers.remote,
                hears: "is told what Aloud says"),
            EngineKind(
                id: "language-model", title: "language model", engines: configuration.languageModels.remote,
                hears: "is told what is said freely, and the open plan"),
            EngineKind(
                id: "embedder", title: "embedder", engines: configuration.embedders.remote,
                hears: "is told \(embedded(configuration)), and what is searched for"),
        ]
        guard kinds.contains(where: { !$0.engines.isEmpty }) else {
            return [Check("engines", "remote engines", .ok, "none: nothing leaves this machine")]
        }
        let engines = Engines(loaded)
        return await withTaskGroup(of: (Int, Check).self) { group in
            var count = 0
            for kind in kinds {
                for (number, engine) in kind.engines.enumerated() {
                    group.addTask { [count] in (count, await check(kind, number + 1, engine, engines, loaded)) }
                    count += 1
                }
            }
            var checks: [(Int, Check)] = []
            for await check in group { checks.append(check) }
            return checks.sorted { $0.0 < $1.0 }.map(\.1)
        }
    }

    /// What an embedder is told, by kind.
    private func embedded(_ configuration: Configuration) -> String {
        let told = Passage.Kind.allCases.filter { !configuration.memory.unsent.contains($0) }.map { kind in
            switch kind {
            case .project: "projects"
            case .section: "plans"
            case .task: "tasks"
            case .note: "notes"
            case .turn: "what was said freely"
            }
        }
        return told.isEmpty ? "nothing that is kept" : "the text of " + told.joined(separator: ", ")
    }

    private func check(
        _ kind: EngineKind, _ number: Int, _ engine: EngineConfiguration, _ engines: Engines,
        _ loaded: LoadedConfiguration
    ) async -> Check {
        let id = "\(kind.id)-\(number)"
        let title = "\(kind.title) \(number)"
        let use = Engines.Use(rawValue: kind.title) ?? .voice
        if let endpoint = engines.wyoming(engine, use) {
            let voices = [engine.voice].compactMap(\.self) + engine.voices.values.sorted()
            return await check(
                id, title, endpoint, use == .transcriber ? .asr : .tts, voices: voices, hears: kind.hears)
        }
        let endpoint = engines.endpoint(engine, use)
        let who = "\(endpoint.host) \(kind.hears)"
        do {
            _ = try EngineKey(environment).key(of: engine)
        } catch {
            return Check(id, title, .fail, "\(who); \(error)", fix: "mend api_key_file or api_key_environment")
        }
        do {
            let (models, took) = try await endpoint.probe()
            let answer = "\(who); answered in \(Int(took / .milliseconds(1))) ms"
            guard models.isEmpty || models.contains(engine.model) || engine.model.isEmpty else {
                return Check(
                    id, title, .warn, "\(answer), but lists no model \(engine.model)",
                    fix: "choose one of: \(models.prefix(5).joined(separator: ", "))")
            }
            let first = loaded.configuration.embedders.remote.first?.model
            guard kind.id != "embedder" || engine.model == first else {
                return Check(
                    id, title, .warn,
                    "\(answer), but is never asked: its vectors cannot be compared with \(first ?? "")",
                    fix: "give all embedders one model")
            }
            return Check(id, title, .ok, "\(answer), model \(engine.model)")
        } catch let error as EndpointError where error.kind == .notFound && error.status != nil {
            // Small servers have no list of models; that they answered is what counts.
            return Check(id, title, .ok, "\(who); answers, lists no models")
        } catch let error as EndpointError {
            return Check(id, title, .fail, "\(who); \(error)", fix: fix(error))
        } catch {
            return Check(id, title, .fail, "\(who); \(error)", fix: "see the message")
        }
    }

    func fix(_ error: EndpointError) -> String {
        switch error.kind {
        case .auth: "check the key in api_key_file or api_key_environment"
        case .quota: "add credit to the account, or choose another engine"
        case .network, .timeout: "start the server, or mend base_url or uri; until then the next engine serves"
        case .rate, .overload, .server: "try again later; until then the next engine serves"
        default: "check base_url and model"
        }
    }
}
