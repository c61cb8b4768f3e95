import ArgumentParser
import Foundation
import Planning
import Server
import Storage
import Support

struct StatusCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "status", abstract: "Show whether a daemon runs, what it does and what is open.")

    @Flag(help: "Show a JSON object.")
    var json = false

    func run() async throws {
        let loaded = try LoadedConfiguration.load(environment: ProcessEnvironment.current)
        let live = try await LiveRequest(socket: loaded.locations.socket).status()
        try await Composition.run { composition in
            let store = composition.store
            let focus = try await store.focus(of: store.currentConversation().id)
            var project: Project?
            var plan: Plan?
            if let id = focus.projectId { project = try await store.project(id) }
            if let id = focus.planId { plan = try await store.plan(id) }
            let count = try await store.projectCount()
            guard !json else {
                return try Terminal.showJSON(
                    JSONValue.object([
                        "daemon": live ?? .null, "project": project.map { .string($0.name) } ?? .null,
                        "plan": plan.map { .string($0.title) } ?? .null, "projects": .number(Double(count)),
                        "database": .string(store.path),
                    ]))
            }
            let state = live.map { $0["state"]?.string ?? "running" } ?? "not running (aloud serve starts it)"
            Terminal.show("daemon    \(state)")
            if let microphone = live?["microphone"]?.string { Terminal.show("hears     \(microphone)") }
            for line in (live?["engines"]?.array ?? []).compactMap(EngineReport.line) {
                Terminal.show("engine    \(line)")
            }
            Terminal.show("project   \(project?.name ?? "none open"), of \(count)")
            Terminal.show(
                "plan      \(plan.map { "\($0.number), \($0.title), version \($0.latestVersion)" } ?? "none open")")
            Terminal.show("database  \(store.path)")
        }
    }
}

/// A request for live state, which only the daemon has.
struct LiveRequest {
    let socket: String

    /// What the daemon says of itself; nil when none runs.
    func status() async throws -> JSONValue? {
        guard LocalSocketClient.isAlive(socket) else { return nil }
        return try await ask("status")
    }

    @discardableResult
    func ask(_ method: String) async throws -> JSONValue {
        let answer = Shared<JSONValue>(.null)
        try await LocalSocketClient(path: socket).request(
            ["method": .string(method)], deadline: .seconds(5), isLast: { _ in true }
        ) { answer.value = $0 }
        return answer.value
    }
}

struct MuteCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "mute", abstract: "Close the daemon's microphone.")

    func run() async throws {
        try await LiveRequest(socket: Locations(environment: ProcessEnvironment.current).socket).ask("mute")
        Terminal.show("Muted: the microphone is closed.")
    }
}

struct UnmuteCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "unmute", abstract: "Open the daemon's microphone again.")

    func run() async throws {
        try await LiveRequest(socket: Locations(environment: ProcessEnvironment.current).socket).ask("unmute")
        Terminal.show("Listening again.")
    }
}
