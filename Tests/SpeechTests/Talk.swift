import Audio
import Planning
import Support
import Testing

@testable import Speech

/// A user, Aloud, and the room between them, on a virtual clock. The recogniser, the voices, the echo canceller and the
/// voice activity are the real ones; what Aloud answers is written down.
final class Talk: Sendable {
    /// What Aloud answers to a text, and how long it thinks.
    struct Answer: Sendable {
        var text: String
        /// Milliseconds of the room's clock.
        var after = 0
        var asks = false
        var control: Response.Control?
        /// Told while it thinks.
        var progress: String?
        /// Called when it is stopped.
        var stopped: @Sendable () -> Void = {}

        init(_ text: String, after: Int = 0, asks: Bool = false) {
            self.text = text
            self.after = after
            self.asks = asks
        }
    }

    /// What a turn was, as the conversation got it.
    struct Turn: Equatable, Sendable {
        let text: String
        let continues: Bool
    }

    let room: VirtualRoom
    let service: VoiceService
    /// Answers, and what was really heard of each.
    let turns = Shared<[Turn]>([])
    let spoken = Shared<[String]>([])
    let events = Shared<[(at: Int, event: VoiceEvent)]>([])
    private let running: Task<Void, Never>
    private let voice: LocalVoice

    static let recognizer = LocalRecognizer()

    init(
        _ mode: VoiceLoop.Mode = .open, followUp: Int = 0, echo: VirtualRoom.Echo? = nil, voice: LocalVoice.Name = .slt,
        transcriber: Transcriber? = nil, judge: @escaping @Sendable (String) async -> Completeness = Talk.judge,
        answer: @escaping @Sendable (String) -> Answer
    ) {
        let room = VirtualRoom(echo: echo)
        self.room = room
        self.voice = LocalVoice(voice)
        var configuration = VoiceService.Configuration()
        configuration.loop.mode = mode
        configuration.loop.followUp = followUp
        configuration.listener.endpointer.trailing = PauseHabit.bounds.upperBound / 10
        let (turns, spoken, events) = (turns, spoken, events)
        let respondent = Respondent(
            expected: { Talk.expected },
            judge: judge,
            respond: { heard in
                turns.update { $0.append(Turn(text: heard.text, continues: heard.continues)) }
                return Talk.answering(answer(heard.text), room)
            },
            spoken: { _, text, _, _ in spoken.update { $0.append(text) } }, lost: { _, _ in })
        service = VoiceService(
            configuration,
            VoiceService.Engines(
                transcribers: TranscriberList([transcriber ?? .local(Talk.recognizer)]),
                synthesizers: SynthesizerList([.local(LocalVoice(.rms))])),
            ears: room.ears, mouth: room.mouth, work: room.work, respondent: respondent
        ) { event in
            events.update { $0.append((room.now, event)) }
        }
        let service = service
        running = Task { await service.run() }
    }

    /// What one may say, without a conversation.
    static let expected: ExpectedSpeech = {
        let phrases = [
            "show my projects", "list tasks", "read the plan", "add a task {title}", "open project {project}", "stop",
            "what's next", "status", "yes", "no", "undo",
        ]
        return ExpectedSpeech(
            phrases: phrases.compactMap { try? Phrase(parsing: $0) }, names: LiveNames(projects: ["voice notes"]))
    }()

    @Sendable static func judge(_ text: String) async -> Completeness {
        let whole: Set = [
            "show my projects", "list tasks", "read the plan", "stop", "what's next", "status", "yes", "no",
        ]
        if whole.contains(text.lowercased()) { return .complete }
        let last = text.split(separator: " ").last.map(String.init)
        return ["and", "the", "a", "task"].contains(last) ? .incomplete : .open
    }

    /// An answer that is thought about by the room's clock.
    private struct Thought: AsyncSequence, AsyncIteratorProtocol, Sendable {
        var answer: Answer
        let room: VirtualRoom
        let isStopped: Watched<Bool>
        var step = 0

        func makeAsyncIterator() -> Thought { self }

        mutating func next(isolation: isolated (any Actor)?) async throws -> Response? { try await next() }

        mutating func next() async throws -> Response? {
            step += 1
            switch step {
            case 1: return .progress(answer.progress ?? "One moment.")
            case 2:
                let isWhole = await room.wait(answer.after, unless: isStopped)
                return .whole(
                    text: isWhole ? answer.text : "", expectsAnswer: answer.asks, control: answer.control, id: "turn")
            default: return nil
            }
        }
    }

    private static func answering(_ answer: Answer, _ room: VirtualRoom) -> Answering {
        let isStopped = Watched(false, work: room.work)
        return Answering(Thought(answer: answer, room: room, isStopped: isStopped)) {
            answer.stopped()
            isStopped.update { $0 = true }
        }
    }

    /// The user says it, in one breath. When it began to be audible and when it ended, in milliseconds.
    @discardableResult
    func say(_ text: String) async throws -> Range<Int> {
        var samples: [Int16] = []
        for try await chunk in voice.speak(text) { samples += chunk.samples }
        let start = room.now
        let first = samples.firstIndex { abs(Int($0)) > Self.audible } ?? 0
        let last = samples.lastIndex { abs(Int($0)) > Self.audible } ?? samples.count
        await room.pass(saying: samples)
        return start + first / 16..<max(start + last / 16, start + first / 16 + 1)
    }

    /// 36 dB below full scale.
    private static let audible = 500

    func pause(_ seconds: Double) async { await room.pass(seconds) }

    func end() async {
        running.cancel()
        room.end()
        await running.value
    }

    /// When each event of this kind came, in milliseconds.
    func times(_ isIt: (VoiceEvent) -> Bool) -> [Int] { events.value.filter { isIt($0.event) }.map(\.at) }

    /// Stretches in which Aloud was audible, in milliseconds; gaps of less than 150 ms are none.
    var sounding: [Range<Int>] {
        var stretches: [Range<Int>] = []
        let samples = room.played
        for frame in 0..<samples.count / 160 {
            let loudest = samples[frame * 160..<(frame + 1) * 160].map { abs(Int($0)) }.max() ?? 0
            guard loudest > 60 else { continue }
            let at = frame * 10
            if let last = stretches.last, at - last.upperBound < 150 {
                stretches[stretches.count - 1] = last.lowerBound..<at + 10
            } else {
                stretches.append(at..<at + 10)
            }
        }
        return stretches
    }
}
