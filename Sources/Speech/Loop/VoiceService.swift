import Audio
import Logging
import Planning
import Support

/// The voice loop on real sound: performs what `VoiceLoop` decides.
package final class VoiceService: Sendable {
    package struct Configuration: Sendable {
        package var loop = VoiceLoop.Configuration()
        package var listener = Listener.Configuration()
        /// How long this user pauses, as far as it was learned.
        package var habit = PauseHabit()
        package var pace = Pace.normal
        package var isMuted = false

        package init() {}
    }

    /// The engines of a turn, and where its sound goes.
    package struct Engines: Sendable {
        package var transcribers: TranscriberList
        package var synthesizers: SynthesizerList
        /// Gets ready what else an answer needs.
        package var alsoPrepare: @Sendable () -> Void = {}

        package init(transcribers: TranscriberList, synthesizers: SynthesizerList) {
            self.transcribers = transcribers
            self.synthesizers = synthesizers
        }

        /// Somebody is about to speak, and then to be answered.
        func prepare(_ expected: ExpectedSpeech) {
            transcribers.prepare(expected)
            synthesizers.prepare()
            alsoPrepare()
        }
    }

    enum Input: Sendable {
        case heard(ListenerEvent, at: Int)
        case loop(VoiceLoop.Event)
        case guessed(Completeness, guess: Int)
        case weighed(isForUs: Bool, isSelf: Bool, OneAnswer<Void>)
        case ended(Int, VoiceTurn.Outcome)
        case reply(Announcement)
        case reconfigure(Configuration, Engines)
    }

    /// A reply to speak, and who wants to know how much of it was played.
    struct Announcement: Sendable {
        let reply: Response
        let done: @Sendable (Int?) -> Void
    }

    private let configuration: Configuration
    private let engines: Engines
    private let ears: Ears
    private let mouth: Mouth
    private let work: Work?
    private let respondent: Respondent
    private let tell: @Sendable (VoiceEvent) -> Void
    private let inputs: AsyncStream<Input>
    private let inbox: AsyncStream<Input>.Continuation
    private let shownState = Shared(VoiceState.waiting)
    private let pace: Shared<Pace>

    /// - Parameters:
    ///   - ears: Where sound comes from.
    ///   - mouth: Where speech goes.
    ///   - work: Counts what goes on, for a clock that is not the wall's.
    package init(
        _ configuration: Configuration, _ engines: Engines, ears: Ears, mouth: Mouth, work: Work? = nil,
        respondent: Respondent, tell: @escaping @Sendable (VoiceEvent) -> Void
    ) {
        self.configuration = configuration
        self.engines = engines
        pace = Shared(configuration.pace)
        self.ears = ears
        self.mouth = mouth
        self.work = work
        self.respondent = respondent
        self.tell = tell
        (inputs, inbox) = AsyncStream.makeStream(of: Input.self, bufferingPolicy: .bufferingOldest(1024))
    }

    package var state: VoiceState { shownState.value }

    /// How the microphone is, in words.
    package var microphoneInWords: String { ears.inWords() }

    package func setMuted(_ isMuted: Bool) { give(.loop(isMuted ? .mute : .unmute)) }

    /// The talk key, wherever it is.
    package func talkKey(_ key: TalkKey) { give(.loop(.talkKey(key))) }

    /// Speaks a reply to what was not said by voice. How many milliseconds of it were played; nil when it was not.
    package func speak(_ reply: Response) async -> Int? {
        await withCheckedContinuation { continuation in
            // Whatever becomes of it is told once: by the turn, or by the last who lets go of it.
            let answer = OneAnswer { continuation.resume(returning: $0) }
            give(.reply(Announcement(reply: reply) { answer.give($0) }))
        }
    }

    /// Takes other engines, thresholds, wake phrase or mode; a turn that runs ends as it began.
    package func reconfigure(_ configuration: Configuration, _ engines: Engines) {
        give(.reconfigure(configuration, engines))
    }

    func give(_ input: Input) {
        work?.begin()
        if case .enqueued = inbox.yield(input) { return }
        work?.end()
    }

    /// Listens and answers until the task is cancelled.
    package func run() async {
        let listening = Shared(listen(configuration))
        if !configuration.isMuted { ears.open() }
        await withTaskCancellationHandler {
            await withDiscardingTaskGroup { group in
                var session = VoiceSession(
                    service: self, configuration, turn(engines), engines, listening.value, microphone: ears)
                show(session.state)
                for await input in inputs {
                    if case .reconfigure(let configuration, let engines) = input {
                        listening.value.end()
                        listening.value = listen(configuration)
                        session.reconfigure(configuration, turn(engines), engines, listening.value)
                    } else {
                        await session.on(input, &group)
                    }
                    show(session.state)
                    work?.end()
                }
                await session.end()
                await ears.close()
            }
        } onCancel: {
            listening.value.end()
            inbox.finish()
        }
    }

    private func listen(_ configuration: Configuration) -> Listener {
        Listener(configuration.listener, source: ears.frames, tap: ears.tap) { [weak self] event, time in
            self?.give(.heard(event, at: time))
        }
    }

    private func turn(_ engines: Engines) -> VoiceTurn {
        VoiceTurn(
            transcribers: engines.transcribers, synthesizers: engines.synthesizers, respondent: respondent,
            mouth: mouth, pace: pace, work: work, tell: tell)
    }

    private func show(_ state: VoiceState) {
        guard shownState.value != state else { return }
        shownState.value = state
        tell(.state(state))
    }
}
