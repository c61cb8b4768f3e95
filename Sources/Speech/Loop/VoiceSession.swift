import Audio
import Planning
import Support

/// The voice loop as it runs: what `VoiceLoop` decides is done here, one input after the other.
struct VoiceSession {
    private let service: VoiceService
    private let ears: Ears
    private var loop: VoiceLoop
    private var turn: VoiceTurn
    private var engines: VoiceService.Engines
    private var listener: Listener
    /// Turns that are not over, in their order.
    private var voices: [Speaking] = []
    private var lastID = 0
    /// The turn that is weighed: whether it interrupts the others.
    private var weighing: Int?
    private var guess: Guess?
    private var guesses = 0
    /// What the turn that is waited for does, in its own words.
    private let progress = Shared<String?>(nil)

    private struct Speaking {
        let id: Int
        let voice: ReplyVoice
    }

    private struct Guess {
        let number: Int
        let transcription: Task<Transcription, Never>
    }

    /// What an action is about.
    private enum Matter {
        case utterance(HeardUtterance)
        case reply(VoiceService.Announcement)
        case none
    }

    init(
        service: VoiceService, _ configuration: VoiceService.Configuration, _ turn: VoiceTurn,
        _ engines: VoiceService.Engines, _ listener: Listener, microphone ears: Ears
    ) {
        self.service = service
        self.ears = ears
        self.turn = turn
        self.engines = engines
        self.listener = listener
        loop = VoiceLoop(configuration.loop, habit: configuration.habit, isMuted: configuration.isMuted)
        listener.setWake(loop.mode != .open)
    }

    var state: VoiceState { loop.state }

    mutating func reconfigure(
        _ configuration: VoiceService.Configuration, _ turn: VoiceTurn, _ engines: VoiceService.Engines,
        _ listener: Listener
    ) {
        loop.reconfigure(configuration.loop)
        self.turn = turn
        self.engines = engines
        self.listener = listener
        listener.setWake(loop.mode != .open)
    }

    mutating func end() async {
        guess?.transcription.cancel()
        for speaking in voices { await speaking.voice.end() }
    }

    mutating func on(_ input: VoiceService.Input, _ group: inout DiscardingTaskGroup) async {
        switch input {
        case .reconfigure: break
        case .loop(let event): await perform(loop.on(event, at: time), .none, &group)
        case .reply(let announcement): await perform(loop.on(.replied, at: time), .reply(announcement), &group)
        case .guessed(let completeness, let number):
            guard guess?.number == number else { return }
            await perform(loop.on(.guessed(completeness), at: time), .none, &group)
        case .weighed(let isForUs, let isSelf, let done):
            if isSelf { listener.deceived() }
            await perform(loop.on(.weighed(isForUs: isForUs), at: time), .none, &group)
            weighing = nil
            done.give(())
        case .ended(let id, let outcome):
            voices.removeAll { $0.id == id }
            let event = VoiceLoop.Event.turnEnded(
                expectsAnswer: outcome.expectsAnswer, control: outcome.control,
                hasSpoken: outcome.spokenMilliseconds != nil)
            await perform(loop.on(event, at: time), .none, &group)
            listener.setWake(loop.mode != .open)
        case .heard(let event, let now):
            time = now
            await hear(event, &group)
        }
    }

    /// Milliseconds of sound heard.
    private var time = 0

    private mutating func hear(_ event: ListenerEvent, _ group: inout DiscardingTaskGroup) async {
        switch event {
        case .began:
            turn.tell(.speechStarted)
            await perform(loop.on(.began, at: time), .none, &group)
        case .spoke: await perform(loop.on(.spoke, at: time), .none, &group)
        case .paused(let heard):
            let event = VoiceLoop.Event.paused(hasWake: heard.hasWake, voiced: heard.voicedAfterWake)
            await perform(loop.on(event, at: time), .utterance(heard), &group)
        case .resumed(let pause): await perform(loop.on(.resumed(after: pause), at: time), .none, &group)
        case .woke:
            turn.tell(.woke)
            await perform(loop.on(.woke, at: time), .none, &group)
        case .ended(let heard):
            let event = VoiceLoop.Event.ended(hasWake: heard.hasWake, voiced: heard.voicedAfterWake)
            await perform(loop.on(event, at: time), .utterance(heard), &group)
            dropGuess()
        case .dropped:
            await perform(loop.on(.dropped, at: time), .none, &group)
            dropGuess()
        case .nobodySpoke:
            turn.tell(.nothingHeard(reason: "nobody spoke"))
            await perform(loop.on(.nobodySpoke, at: time), .none, &group)
        case .tick: await perform(loop.on(.tick, at: time), .none, &group)
        case .failed(let reason):
            turn.tell(.engineFailed(engine: "listener", kind: "stopped", reason: reason))
        case .over: break
        }
    }
}

// MARK: Performing

extension VoiceSession {
    private mutating func perform(
        _ actions: [VoiceLoop.Action], _ matter: Matter, _ group: inout DiscardingTaskGroup
    ) async {
        for action in actions { await perform(action, matter, &group) }
    }

    private mutating func perform(
        _ action: VoiceLoop.Action, _ matter: Matter, _ group: inout DiscardingTaskGroup
    ) async {
        switch action {
        case .guess:
            if case .utterance(let heard) = matter { guess(heard, &group) }
        case .dropGuess: dropGuess()
        case .settle(let trailing): listener.settle(trailing: trailing)
        case .take(let manner):
            guard case .utterance(let heard) = matter else { return }
            await take(heard, manner, &group)
        case .speak:
            if case .reply(let announcement) = matter { speak(announcement, &group) }
        case .prepare:
            let (engines, respondent) = (engines, turn.respondent)
            start(&group) { engines.prepare(await respondent.expected()) }
        case .expectSpeech(let settling, let patience): listener.expectSpeech(after: settling, patience: patience)
        case .hold(let isHeld): voices.forEach { $0.voice.hold(isHeld) }
        case .duck(let isDucked): voices.forEach { $0.voice.duck(isDucked) }
        case .interrupt: await voices.first?.voice.interrupt()
        case .resume: voices.first?.voice.resume()
        case .stopSpeaking:
            // The one that came last may be what stops the others.
            for speaking in voices where speaking.id != weighing { await speaking.voice.end() }
        case .tone(let tone): play(tone, &group)
        case .wait(let step): wait(step, &group)
        case .holdUtterance(let isHeld): listener.hold(isHeld)
        case .finishUtterance: listener.finish()
        case .ticks(let isOn): listener.setTicks(isOn)
        case .closeMicrophone: await ears.close()
        case .openMicrophone: ears.open()
        case .keep(let memory):
            let respondent = turn.respondent
            start(&group) { await respondent.keep(memory) }
        }
    }

    /// A task of the session, counted as work.
    private func start(_ group: inout DiscardingTaskGroup, _ body: @escaping @Sendable () async -> Void) {
        let work = turn.work
        work?.begin()
        group.addTask {
            await body()
            work?.end()
        }
    }

    private mutating func guess(_ heard: HeardUtterance, _ group: inout DiscardingTaskGroup) {
        dropGuess()
        guesses += 1
        let (number, turn, service) = (guesses, turn, service)
        let transcription = Task {
            await turn.transcribe(heard.utterance) { text in
                // A sentence that is whole already is not waited for; what is done is done on the whole text.
                guard let last = text.last, ".?!".contains(last) else { return }
                Task { service.give(.guessed(await turn.respondent.judge(text), guess: number)) }
            }
        }
        guess = Guess(number: number, transcription: transcription)
        start(&group) {
            guard let text = await transcription.value.transcript?.text, !transcription.isCancelled else { return }
            service.give(.guessed(await turn.respondent.judge(text), guess: number))
        }
    }

    private mutating func dropGuess() {
        guess?.transcription.cancel()
        guess = nil
    }

    private mutating func take(
        _ heard: HeardUtterance, _ manner: VoiceLoop.Manner, _ group: inout DiscardingTaskGroup
    ) async {
        // Nobody has heard the answer, and nobody will: what follows belongs to it.
        if manner == .continuing { await voices.last?.voice.end() }
        let speaking = begin()
        progress.value = nil
        let (turn, service, transcription) = (turn, service, guess?.transcription)
        guess = nil
        let others = voices.dropLast().map(\.voice)
        var observer = observer
        // What was heard of a reply is known to whoever goes on with it.
        observer.settled = { for voice in others where voice.isEnded { await voice.told() } }
        if manner == .interrupting {
            weighing = speaking.id
            observer.weighed = { isForUs, isSelf in
                await withCheckedContinuation { continuation in
                    let done = OneAnswer<Void> { _ in continuation.resume() }
                    service.give(.weighed(isForUs: isForUs, isSelf: isSelf, done))
                }
            }
        }
        start(&group) { [observer] in
            let outcome = await turn.take(
                heard, as: manner, guess: transcription, voice: speaking.voice, observer)
            service.give(.ended(speaking.id, outcome))
        }
    }

    private mutating func speak(_ announcement: VoiceService.Announcement, _ group: inout DiscardingTaskGroup) {
        let speaking = begin()
        let (turn, service, observer) = (turn, service, observer)
        start(&group) {
            let outcome = await turn.speak(announcement.reply, voice: speaking.voice, observer)
            announcement.done(outcome.spokenMilliseconds)
            service.give(.ended(speaking.id, outcome))
        }
    }

    private mutating func begin() -> Speaking {
        lastID += 1
        let speaking = Speaking(id: lastID, voice: ReplyVoice(work: turn.work))
        voices.append(speaking)
        return speaking
    }

    private var observer: VoiceTurn.Observer {
        VoiceTurn.Observer(
            speakingBegan: { [service] in service.give(.loop(.speakingBegan)) },
            progress: { [progress] in progress.value = $0 })
    }

    private func play(_ tone: Tone, _ group: inout DiscardingTaskGroup) {
        let mouth = turn.mouth
        start(&group) { await mouth.play(tone.sound) }
    }

    private func wait(_ step: WaitingLadder.Step, _ group: inout DiscardingTaskGroup) {
        switch step {
        case .taken: play(.taken, &group)
        case .thinking: play(.thinking, &group)
        case .hold: say(progress.value ?? FixedPhrase.moment, &group)
        case .still: say(FixedPhrase.still, &group)
        }
    }

    /// Says something beside the answer, which waits for its end.
    private func say(_ text: String, _ group: inout DiscardingTaskGroup) {
        let turn = turn
        start(&group) {
            guard let sound = try? await turn.synthesizers.sound(of: text, at: turn.pace.value) else { return }
            await turn.mouth.play(sound)
        }
    }
}
