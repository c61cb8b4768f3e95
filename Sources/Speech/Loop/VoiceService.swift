import Audio
import Logging
import Planning
import Support

/// The voice loop on real devices: performs what `VoiceLoop` decides.
package final class VoiceService: Sendable {
    package struct Configuration: Sendable {
        package var mode = VoiceLoop.Mode.wake
        package var input = "default"
        package var output = "default"
        package var listener = Listener.Configuration()

        package init() {}
    }

    private enum Input: Sendable {
        case heard(ListenerEvent)
        case loop(VoiceLoop.Event)
        case reply(Announcement)
        case reconfigure(Setup)
    }

    /// A reply to speak, and who wants to know how much of it was played.
    private struct Announcement: Sendable {
        let reply: Response
        let done: @Sendable (Int?) -> Void
    }

    /// What an action is about.
    private enum Matter {
        case utterance(HeardUtterance)
        case reply(Announcement)
    }

    /// What a reload may change while the devices stay as they are.
    private struct Setup: Sendable {
        let mode: VoiceLoop.Mode
        let listener: Listener.Configuration
        let transcribers: TranscriberList
        let turn: VoiceTurn
    }

    private let setup: Setup
    private let microphone: Microphone
    private let speaker: Speaker
    private let tell: @Sendable (VoiceEvent) -> Void
    private let respondent: Respondent
    private let inputs: AsyncStream<Input>
    private let inbox: AsyncStream<Input>.Continuation
    private let shownState = Shared(VoiceState.waiting)
    private let microphoneState = Shared("closed")

    package init(
        _ configuration: Configuration, transcribers: TranscriberList, synthesizers: SynthesizerList,
        respondent: Respondent, tell: @escaping @Sendable (VoiceEvent) -> Void
    ) throws(AudioError) {
        self.respondent = respondent
        self.tell = tell
        let log = Logger(label: "aloud.sound")
        let microphoneState = microphoneState
        microphone = try Microphone(device: configuration.input) { event in
            event.log(to: log)
            microphoneState.update { $0 = event.described ?? $0 }
        }
        speaker = try Speaker(device: configuration.output) { $0.log(to: log) }
        setup = Setup(
            mode: configuration.mode, listener: configuration.listener, transcribers: transcribers,
            turn: VoiceTurn(
                transcribers: transcribers, synthesizers: synthesizers, respondent: respondent,
                sink: .speaker(speaker), tell: tell))
        (inputs, inbox) = AsyncStream.makeStream(of: Input.self, bufferingPolicy: .bufferingNewest(256))
    }

    package var state: VoiceState { shownState.value }

    /// How the microphone is, in words.
    package var microphoneInWords: String { microphoneState.value }

    package func setMuted(_ isMuted: Bool) { inbox.yield(.loop(isMuted ? .mute : .unmute)) }

    /// Speaks a reply to what was not said by voice. How many milliseconds of it were played; nil when it was not.
    package func speak(_ reply: Response) async -> Int? {
        await withCheckedContinuation { continuation in
            // Whatever becomes of it is told once: by the turn, or by the last who lets go of it.
            let answer = OneAnswer { continuation.resume(returning: $0) }
            inbox.yield(.reply(Announcement(reply: reply) { answer.give($0) }))
        }
    }

    /// Takes other engines, thresholds, wake phrase or mode; a turn that runs ends as it began.
    package func reconfigure(
        _ configuration: Configuration, transcribers: TranscriberList, synthesizers: SynthesizerList
    ) {
        let turn = VoiceTurn(
            transcribers: transcribers, synthesizers: synthesizers, respondent: respondent, sink: .speaker(speaker),
            tell: tell)
        inbox.yield(
            .reconfigure(
                Setup(
                    mode: configuration.mode, listener: configuration.listener, transcribers: transcribers,
                    turn: turn)))
    }

    /// Listens and answers until the task is cancelled.
    package func run() async {
        let listening = Shared(Listener(setup.listener, source: .microphone(microphone)))
        microphone.start()
        await withTaskCancellationHandler {
            await withDiscardingTaskGroup { group in
                var setup = setup
                var loop = VoiceLoop(mode: setup.mode)
                follow(listening.value, &group)
                for await input in inputs {
                    switch input {
                    case .reconfigure(let new):
                        setup = new
                        let isMuted = loop.state == .muted
                        loop = VoiceLoop(mode: new.mode)
                        if isMuted { _ = loop.on(.mute) }
                        listening.value.end()
                        listening.value = Listener(new.listener, source: .microphone(microphone))
                        follow(listening.value, &group)
                    case .loop(let event):
                        await perform(loop.on(event), nil, setup, listening.value, &group)
                    case .reply(let announcement):
                        await perform(
                            loop.on(.replied), .reply(announcement), setup, listening.value, &group)
                    case .heard(let heard):
                        guard let event = describe(heard) else { continue }
                        var matter: Matter?
                        if case .ended(let ended) = heard { matter = .utterance(ended) }
                        await perform(loop.on(event), matter, setup, listening.value, &group)
                    }
                    show(loop.state)
                }
                await speaker.stop()
                await microphone.stop()
            }
        } onCancel: {
            listening.value.end()
            inbox.finish()
        }
    }

    private func follow(_ listener: Listener, _ group: inout DiscardingTaskGroup) {
        group.addTask { [inbox] in
            for await event in listener.events { inbox.yield(.heard(event)) }
        }
    }

    private func describe(_ heard: ListenerEvent) -> VoiceLoop.Event? {
        switch heard {
        case .began:
            tell(.speechStarted)
            return nil
        case .woke:
            tell(.woke)
            return .woke
        case .ended(let utterance): return .ended(hasWake: utterance.hasWake, voiced: utterance.voicedAfterWake)
        case .nobodySpoke:
            tell(.nothingHeard(reason: "nobody spoke"))
            return .nobodySpoke
        case .failed(let reason):
            tell(.engineFailed(engine: "listener", kind: "stopped", reason: reason))
            return nil
        case .dropped, .over: return nil
        }
    }

    private func perform(
        _ actions: [VoiceLoop.Action], _ matter: Matter?, _ setup: Setup, _ listener: Listener,
        _ group: inout DiscardingTaskGroup
    ) async {
        for action in actions {
            switch action {
            case .take:
                guard case .utterance(let utterance) = matter else { continue }
                group.addTask { [turn = setup.turn, inbox] in
                    let outcome = await turn.take(utterance) { inbox.yield(.loop(.speakingBegan)) }
                    inbox.yield(
                        .loop(.turnEnded(expectsAnswer: outcome.expectsAnswer, control: outcome.control)))
                }
            case .speak:
                guard case .reply(let announcement) = matter else { continue }
                group.addTask { [turn = setup.turn, inbox] in
                    let outcome = await turn.speak(announcement.reply) { inbox.yield(.loop(.speakingBegan)) }
                    announcement.done(outcome.spokenMilliseconds)
                    inbox.yield(
                        .loop(.turnEnded(expectsAnswer: outcome.expectsAnswer, control: outcome.control)))
                }
            case .prepare:
                group.addTask { [transcribers = setup.transcribers, respondent] in
                    transcribers.prepare(await respondent.expected())
                }
            case .expectSpeech: listener.expectSpeech()
            case .setDeaf(let isDeaf): listener.setDeaf(isDeaf)
            case .stopSpeaking: await speaker.stop()
            case .tone(let tone):
                // A tone that cannot be played is not worth a word.
                group.addTask { [speaker] in _ = try? await speaker.play(tone.sound) }
            case .closeMicrophone: await microphone.stop()
            case .openMicrophone: microphone.start()
            }
        }
    }

    private func show(_ state: VoiceState) {
        guard shownState.value != state else { return }
        shownState.value = state
        tell(.state(state))
    }
}
