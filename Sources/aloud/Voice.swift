import Assistant
import Audio
import Foundation
import Planning
import Server
import Speech
import Storage
import Support

/// Joins the voice loop, which knows no conversation, with the conversation, which knows no sound.
struct Voice: Sendable {
    let composition: Composition
    let hub: EventHub
    /// Where turns come from, for the turn table.
    var surface = Surface.voice
    var onDialogue: @Sendable (DialogueEvent) -> Void = { _ in }

    var respondent: Respondent {
        let dialogue = composition.dialogue
        return Respondent(
            expected: { (try? await dialogue.expected()) ?? ExpectedSpeech() },
            judge: { await dialogue.judge($0) },
            respond: { respond(to: $0) },
            spoken: { id, text, timings, calls in
                try? await dialogue.spoke(Turn.ID(rawValue: id), text, timings: timings, calls: calls)
            },
            lost: { utterance, calls in
                try? await dialogue.keep(heard("", utterance, [], calls))
            },
            keep: { memory in
                // It is learned and said anew when it cannot be kept.
                try? await keep(memory)
            })
    }

    private func keep(_ memory: VoiceMemory) async throws {
        let store = composition.store
        switch memory {
        case .pauses(let habit): try await store.keepVoiceState(.pauses, habit)
        case .pace(let pace): try await store.keepVoiceState(.pace, pace)
        case .mode(let mode):
            let configured = composition.voiceConfiguration().loop.mode
            try await store.keepVoiceState(.mode, ChosenMode(chosen: mode, configured: configured))
        case .isMuted(let isMuted): try await store.keepVoiceState(.muted, isMuted)
        }
    }

    private func heard(
        _ text: String, _ utterance: Utterance, _ timings: [StageTiming], _ calls: [EngineCall],
        continues: Bool = false
    ) -> Heard {
        let keepsSound = composition.loaded.configuration.audio.retentionDays != nil
        let sound = Heard.Sound(opus: utterance.opus, milliseconds: utterance.pcm.milliseconds)
        return Heard(
            text, modality: .voice, surface: surface, sound: keepsSound ? sound : nil, timings: timings, calls: calls,
            continues: continues)
    }

    private func respond(to text: HeardText) -> Answering {
        let stop = Stop()
        let events = composition.dialogue.take(
            heard(text.text, text.utterance, text.timings, text.calls, continues: text.continues), stop: stop)
        let responses = AsyncThrowingStream<Response, any Error>(bufferingPolicy: .bufferingNewest(4096)) {
            continuation in
            let task = Task {
                do {
                    for try await event in events {
                        onDialogue(event)
                        switch event {
                        case .delta(let piece): continuation.yield(.delta(piece))
                        case .doing(let what): continuation.yield(.progress(what))
                        case .reply(let reply, let turn): continuation.yield(reply.response(turn))
                        case .kept, .routed: break
                        }
                        if case .delta = event { continue }
                        hub.publish(event.houseEvent)
                    }
                    continuation.finish()
                } catch {
                    continuation.finish(throwing: error)
                }
            }
            continuation.onTermination = { _ in task.cancel() }
        }
        return Answering(responses) { stop.now() }
    }
}

/// A mode that was chosen by word; it holds as long as the configuration stays what it was then.
private struct ChosenMode: Codable, Sendable {
    let chosen: VoiceLoop.Mode
    let configured: VoiceLoop.Mode
}

extension Composition {
    /// How fast Aloud spoke last.
    var pace: Pace { get async { (try? await store.voiceState(.pace)) ?? .normal } }

    /// How the voice loop is to be, with what it knew before the restart.
    func rememberedVoiceConfiguration() async throws -> VoiceService.Configuration {
        var configuration = voiceConfiguration()
        configuration.habit = try await store.voiceState(.pauses) ?? configuration.habit
        configuration.pace = try await store.voiceState(.pace) ?? configuration.pace
        configuration.isMuted = try await store.voiceState(.muted) ?? false
        let mode: ChosenMode? = try await store.voiceState(.mode)
        if let mode, mode.configured == configuration.loop.mode { configuration.loop.mode = mode.chosen }
        return configuration
    }
}

extension Reply {
    /// The reply as the voice loop takes it.
    func response(_ turn: Turn.ID) -> Response {
        .whole(text: text, expectsAnswer: expectsAnswer, control: control?.forLoop, id: turn.rawValue)
    }
}

extension VoiceControl {
    /// nil for what the loop does not act on.
    fileprivate var forLoop: Response.Control? {
        switch self {
        case .mute: .mute
        case .wake: .wake
        case .stop: .stop
        case .sleep: .sleep
        case .wakeMode: .mode(.wake)
        case .openMode: .mode(.open)
        case .pushToTalkMode: .mode(.ptt)
        case .slower: .pace(.slower)
        case .faster: .pace(.faster)
        case .wait: .wait
        case .dictate: .dictate(true)
        case .endDictation: .dictate(false)
        case .skip: nil
        }
    }
}

extension VoiceEvent {
    /// The event as JSON lines show it.
    var houseEvent: HouseEvent {
        switch self {
        case .woke: HouseEvent("woke")
        case .speechStarted: HouseEvent("speech_started")
        case .speechEnded(let milliseconds):
            HouseEvent("speech_ended", ["duration_ms": .number(Double(milliseconds))])
        case .partial(let text): HouseEvent("partial", ["text": .string(text)])
        case .transcript(let text, let engine, let milliseconds):
            HouseEvent(
                "transcript",
                ["text": .string(text), "engine": .string(engine), "ms": .number(milliseconds.rounded())])
        case .nothingHeard(let reason): HouseEvent("nothing_heard", ["reason": .string(reason)])
        case .engineFailed(let engine, let kind, let reason):
            HouseEvent(
                "engine_failed", ["engine": .string(engine), "kind": .string(kind), "reason": .string(reason)])
        case .spoken(let milliseconds, let path):
            HouseEvent(
                "spoken",
                .object(
                    ["duration_ms": JSONValue.number(Double(milliseconds))]
                        .merging(path.map { ["path": .string($0)] } ?? [:]) { $1 }))
        case .timings(let stages):
            HouseEvent(
                "timings",
                .object(
                    Dictionary(
                        stages.map { ($0.stage + "_ms", .number(($0.milliseconds * 10).rounded() / 10)) },
                        uniquingKeysWith: { $1 })))
        case .state(let state): HouseEvent("state", ["state": .string(state.rawValue)])
        }
    }
}
