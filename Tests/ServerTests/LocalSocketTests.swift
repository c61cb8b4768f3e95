import AloudProcess
import Assistant
import Foundation
import Planning
import Storage
import Support
import Testing

@testable import Server

/// A daemon's socket in this process, with a real store behind it.
private struct OpenSocket {
    let folder: String
    let store: Store
    let path: String
    private let service: Task<Void, any Error>

    init() async throws {
        folder = NSTemporaryDirectory() + "as-" + UUID().uuidString.prefix(8)
        path = folder + "/run/aloud.sock"
        store = try await Store.open(path: folder + "/aloud.db")
        let dialogue = try Dialogue(
            store: store, table: CommandTable(CommandTable.english), phones: { _ in [] },
            planner: LocalPlanner(store: store))
        let live = LiveState(
            status: { ["state": "waiting"] }, setMuted: { _ in }, speak: { reply, _ in reply.text.count })
        let (ready, signal) = AsyncStream.makeStream(of: Void.self)
        let socket = LocalSocket(
            address: .path(path), house: House(dialogue: dialogue, hub: EventHub(), live: live),
            onReady: { signal.finish() })
        service = Task { try await socket.run() }
        for await _ in ready {}
    }

    func end() async throws {
        service.cancel()
        _ = try? await service.value
        try store.close()
        try FileManager.default.removeItem(atPath: folder)
    }
}

@Suite(.serialized) struct LocalSocketTests {
    @Test func aLineOfTextIsATurn() async throws {
        let open = try await OpenSocket()
        #expect(
            await RawClient.exchange(open.path, Array("create new project demo\nshow my projects\n".utf8))
                == "Created project demo.\nYou have one project: demo.\n")
        try await open.end()
    }

    @Test func aJSONLineIsAnsweredWithItsId() async throws {
        let open = try await OpenSocket()
        let answer = await RawClient.exchange(
            open.path,
            Array(#"{"id":"a","method":"say","text":"status"}"#.utf8) + [10] + Array(#"{"id":2,"method":"ping"}"#.utf8)
                + [10])
        let lines = try answer.split(separator: "\n").map { try JSONValue(parsing: String($0)) }
        #expect(lines.map { $0["event"]?.string } == ["kept", "routed", "reply", "pong"])
        #expect(lines.prefix(3).allSatisfy { $0["id"] == "a" })
        #expect(lines.last?["id"] == 2)
        try await open.end()
    }

    @Test func aReplyIsSpokenWhenThatIsAskedFor() async throws {
        let open = try await OpenSocket()
        let answer = await RawClient.exchange(
            open.path, Array(#"{"id":1,"method":"say","text":"create new project demo","aloud":true}"#.utf8) + [10])
        let lines = try answer.split(separator: "\n").map { try JSONValue(parsing: String($0)) }
        #expect(lines.map { $0["event"]?.string } == ["kept", "routed", "reply", "spoken"])
        #expect(lines.last?["duration_ms"] == 21)
        try await open.end()
    }

    @Test(arguments: [
        "{", "{}", #"{"id":7,"method":"dance"}"#, #"{"method":"say"}"#, #"{"method":"say","text":" "}"#,
        #"{"method":5}"#,
    ])
    func aBadRequestIsAnsweredAndTheConnectionGoesOn(request: String) async throws {
        let open = try await OpenSocket()
        let answer = await RawClient.exchange(open.path, Array((request + "\n{\"method\":\"ping\"}\n").utf8))
        let lines = try answer.split(separator: "\n").map { try JSONValue(parsing: String($0)) }
        #expect(lines.map { $0["event"]?.string } == ["error", "pong"])
        #expect(lines.first?["code"] == "bad_request")
        #expect(lines.first?["id"] == (request.contains("7") ? 7 : nil))
        try await open.end()
    }

    @Test func aLineOfTenMegabytesIsTurnedAwayAndNoiseIsNoText() async throws {
        let open = try await OpenSocket()
        let long = await RawClient.exchange(open.path, [UInt8](repeating: 0x61, count: 10 << 20) + [10])
        #expect(long.isEmpty || long == "error: a line is at most 64 KiB; goodbye\n")
        let noise = await RawClient.exchange(open.path, [0xFF, 0x00, 0x80, 10] + Array("status\n".utf8))
        #expect(
            noise
                == "error: that was not UTF-8 text; send one line of text, or a JSON object\n"
                + "No project is open. You have no projects.\n")
        try await open.end()
    }

    @Test func halfALineIsNotDone() async throws {
        let open = try await OpenSocket()
        #expect(await RawClient.exchange(open.path, Array("create new project demo".utf8)) == "")
        _ = await RawClient.exchange(open.path, Array("create new project de".utf8), closesFirst: true)
        #expect(try await open.store.projects().isEmpty)
        try await open.end()
    }

    @Test func clientsStillWaitingWhenTheDaemonEndsDoItNoHarm() async throws {
        for _ in 1...20 {
            let open = try await OpenSocket()
            await withTaskGroup(of: Void.self) { group in
                for _ in 1...8 {
                    group.addTask { _ = await RawClient.exchange(open.path, Array("status\n".utf8), closesFirst: true) }
                }
                await group.next()
                group.addTask { try? await open.end() }
            }
        }
    }

    @Test func twoHundredClientsAtOnceAreAllAnswered() async throws {
        let open = try await OpenSocket()
        let answers = await withTaskGroup(of: String.self) { group in
            for number in 1...200 {
                group.addTask {
                    await RawClient.exchange(open.path, Array(#"{"id":\#(number),"method":"status"}"#.utf8) + [10])
                }
            }
            return await group.reduce(into: [String]()) { $0.append($1) }
        }
        #expect(answers.count { $0.contains(#""state":"waiting""#) } == 200)
        try await open.end()
    }

    @Test func aSubscriberHearsOfTheTurnsOfOthers() async throws {
        let open = try await OpenSocket()
        let heard = Shared<[String]>([])
        let client = LocalSocketClient(path: open.path)
        let subscribed = AsyncStream.makeStream(of: Void.self)
        let listening = Task {
            try await client.request(["method": "subscribe"]) {
                $0["event"] == "reply"
            } onLine: { line in
                if line["event"] == "subscribed" { subscribed.continuation.finish() }
                heard.update { $0.append(line["event"]?.string ?? "?") }
            }
        }
        for await _ in subscribed.stream {}
        _ = await RawClient.exchange(open.path, Array("create new project demo\n".utf8))
        try await listening.value
        #expect(heard.value == ["subscribed", "kept", "routed", "reply"])
        try await open.end()
    }

    @Test func theSocketIsForItsUserAloneAndALivingOneIsNotTaken() async throws {
        let open = try await OpenSocket()
        let mode = try FileManager.default.attributesOfItem(atPath: open.path)[.posixPermissions] as? Int
        #expect(mode == 0o600)
        #expect(throws: SocketError.inUse(open.path)) { try ListeningAddress.prepare(open.path) }
        try await open.end()
        #expect(!FileManager.default.fileExists(atPath: open.path))
    }
}
