import Logging
import Memory
import Planning
import Storage
import Support

/// The one conversation that voice, text and every other door lead into.
package actor Dialogue {
    let store: Store
    let matcher: Matcher
    let table: CommandTable
    let planner: any Planner
    let templates: TemplateFolder
    let exporter: Exporter?
    let clock: @Sendable () -> Timestamp
    let memory: Memory
    private let endings: Shared<EndWord?>
    private let repairs: Shared<WordRepair>
    /// Removes what lies elsewhere of what is forgotten.
    let alsoForget: @Sendable () throws -> Void
    private let mailbox = Mailbox(bound: 32)
    private(set) var question: Question?
    private var lastReply: Reply?
    /// The command that was done last, for “no, I meant …”.
    var lastCommand: DoneCommand?
    /// What is being read, part by part.
    var reading: ReadingPlace?
    private var lastTurn: LastTurn?
    private let log = Logger(label: "aloud.dialogue")

    /// - Parameters:
    ///   - templates: Where the user's own templates lie; without it there are the built-in ones.
    ///   - memory: What finds; without it, by words alone.
    ///   - exporter: Writes plans into files; without one none are written.
    ///   - repair: Writes what was heard as it is written.
    ///   - endWord: By which a speaker says that they have finished.
    ///   - alsoForget: Removes what lies outside the store of what was said.
    ///   - clock: The time of day.
    package init(
        store: Store, table: CommandTable, phones: @escaping NameFinder.Phones, planner: any Planner,
        templates: TemplateFolder = .empty, memory: Memory? = nil, exporter: Exporter? = nil,
        endWord: Shared<EndWord?> = Shared(EndWord("over")), repair: Shared<WordRepair> = Shared(WordRepair()),
        alsoForget: @escaping @Sendable () throws -> Void = {},
        clock: @escaping @Sendable () -> Timestamp = { .now }
    ) {
        self.store = store
        self.table = table
        self.planner = planner
        self.templates = templates
        self.exporter = exporter
        endings = endWord
        repairs = repair
        self.clock = clock
        self.alsoForget = alsoForget
        self.memory = memory ?? Memory(store: store)
        matcher = Matcher(table, phones: phones)
    }

    /// Takes a turn. The events end with the reply; turns are answered one after the other.
    ///
    /// - Parameter stop: Ends what can be ended of the turn; so does letting go of the events.
    package nonisolated func take(
        _ heard: Heard, stop: Stop = Stop()
    ) -> AsyncThrowingStream<DialogueEvent, any Error> {
        let (events, continuation) = AsyncThrowingStream.makeStream(
            of: DialogueEvent.self, bufferingPolicy: .bufferingNewest(4096))
        guard heard.text.utf8.count <= Heard.longest else {
            continuation.finish(throwing: DialogueError.tooLong)
            return events
        }
        continuation.onTermination = { if case .cancelled = $0 { stop.now() } }
        let isTaken = mailbox.take {
            do {
                try await self.answer(heard, stop) { continuation.yield($0) }
                continuation.finish()
            } catch {
                continuation.finish(throwing: error)
            }
        }
        if !isTaken { continuation.finish(throwing: DialogueError.busy) }
        return events
    }

    /// Whether a question waits that a restart forgets: a confirmation, or a word that was left out.
    package var hasOpenQuestion: Bool { question != nil }

    /// What may be said now and which names are alive: for the recogniser and for prompts.
    package func expected() async throws -> ExpectedSpeech {
        let scene = try await scene(for: store.currentConversation(at: clock()))
        return ExpectedSpeech(
            phrases: isDictating ? Dictation.phrases(endWord) : table.phrases, names: scene.names)
    }

    /// Keeps what was really spoken of a reply, and what speaking it took.
    package func spoke(
        _ turn: Turn.ID, _ text: String, timings: [StageTiming] = [], calls: [EngineCall] = []
    ) async throws {
        try await store.spoke(turn, text, timings: timings, calls: calls.map { $0.of(turn) })
    }

    /// Keeps what was said although no engine understood it.
    package func keep(_ heard: Heard) async throws {
        let turn = try await record(heard, in: store.currentConversation(at: clock()))
        try await store.record(heard.calls.map { $0.of(turn.id) })
    }

    /// As it is written, unless it is a command only as it was heard.
    private func repaired(_ text: String, _ scene: Scene) -> String {
        let written = repairs.value.repaired(text).text
        guard written != text, matcher.understand(text, names: scene.names)?.tier == .exact,
            matcher.understand(written, names: scene.names)?.tier != .exact
        else { return written }
        return text
    }

    private func record(_ heard: Heard, in conversation: Conversation) async throws -> Turn {
        let turn = Turn(
            conversationId: conversation.id, role: .user, modality: heard.modality, surface: heard.surface,
            heard: heard.text, at: clock())
        let sound = heard.sound.map { Recording(turnId: turn.id, opus: $0.opus, milliseconds: $0.milliseconds) }
        try await store.record(turn, sound: sound)
        return turn
    }

    private func answer(
        _ heard: Heard, _ stop: Stop, _ emit: @escaping @Sendable (DialogueEvent) -> Void
    ) async throws {
        let began = ContinuousClock.now
        let conversation = try await store.currentConversation(at: clock())
        let turn = try await record(heard, in: conversation)
        emit(.kept(turn.id))

        let whole = try await whole(heard.without(isDictating ? nil : endWord), after: lastTurn, conversation, turn)
        let scene = try await scene(for: conversation, turn: turn, text: whole)
        let text = heard.modality == .voice ? repaired(whole, scene) : whole
        let asked = question
        let decision = decide(text, scene)
        let routed = ContinuousClock.now
        emit(.routed(decision.routing))
        let reply = try await perform(decision, scene, stop, emit)
        let done = ContinuousClock.now

        question = reply.question ?? (decision.leavesQuestion ? asked : nil)
        if !reply.reply.text.isEmpty { lastReply = reply.reply }
        lastTurn = LastTurn(id: turn.id, text: decision.used, tier: decision.routing.tier)
        let answer = Turn(
            conversationId: conversation.id, role: .assistant, modality: heard.modality, surface: heard.surface,
            heard: reply.reply.text, at: clock())
        try await store.finish(
            turn.id, used: decision.used, tier: decision.routing.tier, command: decision.routing.command,
            slots: try JSONText.line(decision.routing.slots), reply: answer,
            timings: heard.timings + [
                StageTiming(stage: "route", milliseconds: (routed - began).milliseconds),
                StageTiming(stage: "respond", milliseconds: (done - routed).milliseconds),
            ], calls: heard.calls.map { $0.of(turn.id) })
        emit(.reply(reply.reply, turn: answer.id))
    }
}

// MARK: Deciding

extension Dialogue {
    /// What a turn is: an answer to the open question, a command, or free speech.
    struct Decision {
        let routing: Routing
        let used: String
        let act: Act

        enum Act {
            case command(Understanding)
            case confirm(Understanding)
            case drop
            case forget(Forgetting)
            case settle(Settlement)
            case tool(PendingTool)
            case keepDraft
            case agent(String)
            case nothingAsked
            case goOn, wait
            case dictate(Dictation.Piece, Dictation)
        }

        /// Whether it is about how something is said, so that what was asked still waits for its answer.
        var leavesQuestion: Bool {
            switch act {
            case .goOn, .wait: true
            case .command(let understanding): understanding.intent.isAboutSpeaking
            default: false
            }
        }
    }

    private func decide(_ text: String, _ scene: Scene) -> Decision {
        let asked = question
        question = nil
        switch asked {
        case .dictate(let dictation)?:
            return Decision(
                routing: Routing(tier: .answer, command: Intent.dictate.rawValue), used: text,
                act: .dictate(Dictation.read(text, endWord), dictation))
        case .choose(var understanding, let unclear)?:
            switch unclear.answer(text, matcher, scene.names) {
            case .chosen(let choice):
                understanding.slots[unclear.slot.rawValue] = choice.value
                understanding.unclear = nil
                let asks = table.asksFirst(understanding)
                return answer(text, understanding, asks ? .confirm(understanding) : .command(understanding))
            case .neither: return answer(text, understanding, .drop)
            case .other: break
            }
        case .confirm(let understanding)?:
            switch Consent(text) {
            case .yes: return answer(text, understanding, .command(understanding))
            case .no: return answer(text, understanding, .drop)
            case .unclear: break
            }
        case .fill(var understanding, let slot)?:
            if Consent(text) == .no { return answer(text, understanding, .drop) }
            if matcher.understand(text, names: scene.names)?.tier != .exact {
                let words = Courtesy.stripped(SpokenWords(text))
                if case .value(let value, _) = matcher.read(slot, words, names: scene.names) {
                    understanding.slots[slot.rawValue] = value
                }
                return answer(text, understanding, .command(understanding))
            }
        case .forget(let what)?:
            let routing = Routing(tier: .answer, command: Intent.forget.rawValue)
            switch Consent(text) {
            case .yes: return Decision(routing: routing, used: text, act: .forget(what))
            case .no: return Decision(routing: routing, used: text, act: .drop)
            case .unclear: break
            }
        case .settle(let settlement)?:
            let routing = Routing(tier: .answer, command: Intent.savePlan.rawValue)
            switch Consent(text) {
            case .yes: return Decision(routing: routing, used: text, act: .settle(settlement))
            case .no: return Decision(routing: routing, used: text, act: .keepDraft)
            case .unclear: break
            }
        case .tool(let pending)?:
            let routing = Routing(tier: .answer, command: pending.name)
            switch Consent(text) {
            case .yes: return Decision(routing: routing, used: text, act: .tool(pending))
            case .no: return Decision(routing: routing, used: text, act: .drop)
            case .unclear: break
            }
        case nil: break
        }
        guard let understanding = matcher.understand(text, names: scene.names), !isRatherAnswer(understanding, scene)
        else {
            if asked == nil, scene.askedSection == nil, Consent(text) != .unclear { return strayAnswer(text) }
            return Decision(routing: Routing(tier: .agent), used: text, act: .agent(text))
        }
        let asks = table.asksFirst(understanding)
        let routing = Routing(
            tier: understanding.tier, command: understanding.intent.rawValue, slots: understanding.slots,
            needsConfirmation: asks)
        let act: Decision.Act =
            switch understanding.intent {
            case .next where Pacing.asksToGoOn(text): .goOn
            case .stop where Pacing.asksToWait(text): .wait
            default: asks ? .confirm(understanding) : .command(understanding)
            }
        return Decision(routing: routing, used: text, act: act)
    }

    private func answer(_ text: String, _ understanding: Understanding, _ act: Decision.Act) -> Decision {
        Decision(
            routing: Routing(tier: .answer, command: understanding.intent.rawValue, slots: understanding.slots),
            used: text, act: act)
    }

    /// While a section's question waits, what is only nearly a command that names nothing of Aloud's is its answer: “search
    /// by tag”, “notes carry tags”, “export to CSV”.
    private func isRatherAnswer(_ understanding: Understanding, _ scene: Scene) -> Bool {
        guard scene.askedSection != nil else { return false }
        // What is not said as it is taught must name something that is there.
        if !understanding.isTaught {
            let named = [Slot.task, .tasks, .project, .plan, .version, .section].contains {
                understanding.slots[$0.rawValue] != nil
            }
            return understanding.tier != .exact || !named
        }
        let anyWords: Set = [Slot.text.rawValue, Slot.query.rawValue, Slot.format.rawValue]
        return understanding.tier != .exact && !understanding.slots.isEmpty
            && anyWords.isSuperset(of: understanding.slots.keys)
    }

    /// A yes or a no that nobody asked for.
    private func strayAnswer(_ text: String) -> Decision {
        Decision(routing: Routing(tier: .answer), used: text, act: .nothingAsked)
    }
}

// MARK: Performing

extension Dialogue {
    /// A reply, and the question it leaves open.
    struct Outcome {
        var reply: Reply
        var question: Question?

        init(_ reply: Reply, question: Question? = nil) {
            self.reply = reply
            self.question = question
        }

        init(_ text: String) { self.init(Reply(text)) }
    }

    private func perform(
        _ decision: Decision, _ scene: Scene, _ stop: Stop, _ emit: @escaping @Sendable (DialogueEvent) -> Void
    ) async throws -> Outcome {
        do {
            switch decision.act {
            case .command(let understanding): return try await runAndKeep(understanding, scene)
            case .confirm(let understanding): return try await ask(understanding, scene)
            case .nothingAsked: return Outcome("I had not asked anything.")
            case .goOn:
                if let rest = try await rest(scene) { return rest }
                let isInterview = scene.askedSection != nil
                return isInterview
                    ? try await plan(decision.used, scene, stop, emit) : try await readOn(.next, scene)
            case .wait: return Outcome(Reply("", control: .wait))
            case .dictate(let piece, let dictation): return try await dictate(piece, dictation, scene)
            case .tool(let pending): return try await run(pending, scene)
            case .drop: return Outcome("Okay, I left it as it was.")
            case .forget(let what): return try await forget(what)
            case .settle(let settlement): return try await settle(settlement, scene)
            case .keepDraft: return Outcome("Okay, your draft stays as it is.")
            case .agent(let text):
                return try await plan(text, scene, stop, emit)
            }
        } catch let error as StoreError {
            switch error {
            case .nameTaken, .missing, .refused, .stale: return Outcome(error.spoken)
            default: throw error
            }
        }
    }

    var previousReply: Reply? { lastReply }

    var endWord: EndWord? { endings.value }

    var isDictating: Bool {
        if case .dictate? = question { true } else { false }
    }
}

package enum DialogueError: Error, Equatable, CustomStringConvertible {
    /// More turns wait than the mailbox holds.
    case busy
    case tooLong

    package var description: String {
        switch self {
        case .busy: "too many turns are waiting; try again in a moment"
        case .tooLong: "one turn is at most \(Heard.longest / 1024) KiB of text; nothing was done"
        }
    }
}

extension Duration {
    package var milliseconds: Double {
        Double(components.seconds) * 1000 + Double(components.attoseconds) / 1e15
    }
}
