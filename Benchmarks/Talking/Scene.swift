import Assistant
import Audio
import Planning
import Speech
import Support

/// Aloud in a room of its own. What it answers is told by the measure; all else is real.
final class Scene: Sendable {
    struct Answer: Sendable {
        var text: String
        /// Milliseconds of the room's clock.
        var after = 0
        var asks = false
    }

    /// A turn as the conversation got it.
    struct Turn: Sendable {
        let at: Int
        let text: String
        let continues: Bool
    }

    let room: VirtualRoom
    let service: VoiceService
    let turns = Shared<[Turn]>([])
    let events = Shared<[(at: Int, event: VoiceEvent)]>([])
    /// What was really heard of each reply, by its id.
    let heard = Shared<[String: String]>([:])
    /// Turns whose answer was told to be over.
    let answered = Shared(0)
    private let running: Task<Void, Never>

    init(
        _ mode: VoiceLoop.Mode = .open, in room: VirtualRoom, with planner: Planner, followUp: Int = 0,
        habit: PauseHabit = PauseHabit(),
        answer: @escaping @Sendable (String) async -> Answer = { _ in Answer(text: "") }
    ) {
        self.room = room
        var configuration = VoiceService.Configuration()
        configuration.loop.mode = mode
        configuration.loop.followUp = followUp
        configuration.habit = habit
        configuration.listener.endpointer.trailing = PauseHabit.bounds.upperBound / 10
        let (turns, events, heard, answered, dialogue) = (turns, events, heard, answered, planner.dialogue)
        let respondent = Respondent(
            expected: { (try? await dialogue.expected()) ?? ExpectedSpeech() },
            judge: { await dialogue.judge($0) },
            respond: { said in
                turns.update { $0.append(Turn(at: room.now, text: said.text, continues: said.continues)) }
                return Scene.answering(said.text, answer, room)
            },
            spoken: { id, text, _, _ in
                heard.update { $0[id] = text }
                answered.update { $0 += 1 }
            }, lost: { _, _ in })
        service = VoiceService(
            configuration,
            VoiceService.Engines(
                transcribers: TranscriberList([.local(planner.recognizer)]),
                synthesizers: SynthesizerList([.local(LocalVoice(.rms))])),
            ears: room.ears, mouth: room.mouth, work: room.work, respondent: respondent
        ) { event in
            events.update { $0.append((room.now, event)) }
        }
        let service = service
        running = Task { await service.run() }
    }

    /// Lets Aloud speak. When this returns it is about to, and `done` will tell how many milliseconds it was.
    func begin(speaking text: String, id: String, asks: Bool = false) async -> Shared<Int?> {
        let done = Shared<Int?>(nil)
        let service = service
        Task {
            done.value =
                await service.speak(.whole(text: text, expectsAnswer: asks, control: nil, id: id)) ?? 0
        }
        // The clock stands still meanwhile.
        while service.state != .thinking, service.state != .speaking { await Task.yield() }
        return done
    }

    func count(_ isIt: (VoiceEvent) -> Bool) -> Int { events.value.count { isIt($0.event) } }

    func end() async {
        running.cancel()
        room.end()
        await running.value
    }

    // MARK: Answering

    private static func answering(
        _ text: String, _ answer: @escaping @Sendable (String) async -> Answer, _ room: VirtualRoom
    ) -> Answering {
        let isStopped = Watched(false, work: room.work)
        return Answering(Thought(text: text, answer: answer, room: room, isStopped: isStopped)) {
            isStopped.update { $0 = true }
        }
    }

    /// An answer that is thought about by the room's clock.
    private struct Thought: AsyncSequence, AsyncIteratorProtocol, Sendable {
        let text: String
        let answer: @Sendable (String) async -> Answer
        let room: VirtualRoom
        let isStopped: Watched<Bool>
        var isOver = false

        func makeAsyncIterator() -> Thought { self }

        mutating func next(isolation: isolated (any Actor)?) async throws -> Response? { try await next() }

        mutating func next() async throws -> Response? {
            guard !isOver else { return nil }
            isOver = true
            let answer = await answer(text)
            let isWhole = await room.wait(answer.after, unless: isStopped)
            return .whole(text: isWhole ? answer.text : "", expectsAnswer: answer.asks, control: nil, id: "turn")
        }
    }
}
