import AloudProcess
import Assistant
import Audio
import Planning
import Server
import Speech
import Storage
import Support
import Testing

@testable import aloud

/// The whole of Aloud in a room on a virtual clock: real sound in, the real conversation, real sound out.
@Suite(.serialized) struct RoomTests {
    private let home = AloudHome()

    private func inARoom(
        _ names: [String] = [], _ talk: (VirtualRoom, Composition, RoomUser) async throws -> Void
    ) async throws {
        let loaded = try LoadedConfiguration.load(environment: home.environment())
        let composition = try await Composition.make(loaded)
        let room = VirtualRoom()
        var configuration = composition.voiceConfiguration()
        configuration.loop.mode = .open
        let service = VoiceService(
            configuration, composition.voiceEngines(), ears: room.ears, mouth: room.mouth, work: room.work,
            respondent: Voice(composition: composition, hub: EventHub()).respondent, tell: { _ in })
        let running = Task { await service.run() }
        for text in names {
            for try await _ in composition.dialogue.take(Heard(text, surface: .cli)) {}
        }
        try await talk(room, composition, RoomUser(room: room))
        running.cancel()
        room.end()
        await running.value
        try composition.store.close()
    }

    private let planned = [
        "create new project voice notes", "create devplan offline sync", "add a task: write the docs",
    ]

    // MARK: 15. A misheard command destroys data

    @Test func nothingIsDeletedWithoutAClearYes() async throws {
        try await inARoom(planned) { room, composition, user in
            await room.pass(0.5)
            try await user.say("delete task one")
            await room.pass(6)
            // A cough, and somebody who talks of something else, are no yes.
            try await user.say("the weather is nice today")
            await room.pass(6)
            let plan = try #require(try await composition.store.plan(number: 1))
            #expect(try await composition.store.tasks(of: plan.id).count == 1)
            let replies = try await composition.store.turns(of: composition.store.currentConversation().id)
                .filter { $0.role == .assistant }.map(\.heard)
            #expect(replies.contains("Delete task 1, write the docs? Say yes or no."), "\(replies)")
        }
    }

    @Test func aYesDeletesAndUndoBringsBack() async throws {
        try await inARoom(planned) { room, composition, user in
            await room.pass(0.5)
            try await user.say("delete task one")
            await room.pass(6)
            try await user.say("yes")
            await room.pass(5)
            let plan = try #require(try await composition.store.plan(number: 1))
            #expect(try await composition.store.tasks(of: plan.id).isEmpty)
            try await user.say("undo")
            await room.pass(5)
            #expect(try await composition.store.tasks(of: plan.id).count == 1)
        }
    }

    // MARK: Its pace

    @Test func slowerSaysWhatWasCutOffAgainMoreSlowly() async throws {
        try await inARoom(planned) { room, composition, user in
            await room.pass(0.5)
            try await user.say("what can I say")
            await room.pass(3)
            try await user.say("speak slower")
            await room.pass(14)
            let replies = try await composition.store.turns(of: composition.store.currentConversation().id)
                .filter { $0.role == .assistant && $0.modality == .voice }
            #expect(replies.count == 2, "\(replies.map(\.heard))")
            let (help, again) = (try #require(replies.first), try #require(replies.last))
            #expect(!again.heard.isEmpty && help.heard.hasSuffix(again.heard), "\(again.heard)")
            #expect(try await composition.store.voiceState(.pace) == Pace.normal.changed(.slower))
        }
    }

    @Test func holdingOnAndGoingOnLosesNothing() async throws {
        try await inARoom(planned) { room, composition, user in
            await room.pass(0.5)
            try await user.say("what can I say")
            await room.pass(3)
            try await user.say("hold on a moment")
            await room.pass(8)
            try await user.say("go on")
            await room.pass(14)
            let replies = try await composition.store.turns(of: composition.store.currentConversation().id)
                .filter { $0.role == .assistant && $0.modality == .voice }.map(\.heard)
            #expect(replies.count == 3 && replies[1].isEmpty, "\(replies)")
            #expect(replies[0].hasSuffix(replies[2]) && !replies[2].isEmpty, "\(replies)")
        }
    }

    // MARK: A long note

    @Test func aLongNoteIsTakenInItsPauses() async throws {
        try await inARoom(planned) { room, composition, user in
            await room.pass(0.5)
            try await user.say("start dictation")
            await room.pass(6)
            try await user.say("the server keeps a list of all the changes")
            await room.pass(9)
            try await user.say("and sends them to the client")
            await room.pass(6)
            try await user.say("end dictation")
            await room.pass(8)
            let plan = try #require(try await composition.store.plan(number: 1))
            let notes = try await composition.store.waitingNotes(of: plan.id)
            let turns = try await composition.store.turns(of: composition.store.currentConversation().id)
            #expect(notes.count == 1, "\(turns.map(\.heard))")
            #expect(notes.first?.text.contains("changes. And send them") == true, "\(notes.map(\.text))")
        }
    }

    // MARK: 8. What was cut off counts as unsaid

    @Test func whatWasNotSpokenIsNotKeptAsSpoken() async throws {
        try await inARoom(planned) { room, composition, user in
            await room.pass(0.5)
            try await user.say("what can I say")
            await room.pass(4)
            try await user.say("wait, stop, that is enough")
            await room.pass(4)
            let help = try await composition.store.turns(of: composition.store.currentConversation().id)
                .filter { $0.role == .assistant && $0.modality == .voice }.max { $0.heard.count < $1.heard.count }
            let turn = try #require(help)
            let spoken = try #require(turn.spoken)
            #expect(!spoken.isEmpty && spoken.count < turn.heard.count, "\(spoken)")
        }
    }
}

/// Somebody with a voice.
struct RoomUser {
    let room: VirtualRoom
    private let voice = LocalVoice(.slt)

    init(room: VirtualRoom) { self.room = room }

    func say(_ text: String) async throws {
        var samples: [Int16] = []
        for try await chunk in voice.speak(text) { samples += chunk.samples }
        await room.pass(saying: samples)
    }
}
