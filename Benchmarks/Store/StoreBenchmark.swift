import AloudProcess
import Foundation
import Memory
import Planning
import Server
import Storage

/// What a large store costs. `store` measures, `store plans` and `store turns 1000000` a part of it; `store fill plans
/// 10000 PATH` and `store fill turns 1000000 PATH` only make one. Processes are the `aloud` beside this program.
@main
struct StoreBenchmark {
    static func main() async throws {
        let arguments = Array(CommandLine.arguments.dropFirst())
        if arguments.first == "fill" {
            guard arguments.count == 4, let count = Int(arguments[2]), 1...10_000_000 ~= count else {
                print("store fill plans|turns COUNT PATH")
                exit(64)
            }
            let store = try await Store.open(path: arguments[3])
            arguments[1] == "turns" ? try await Filling(store).turns(count) : try await Filling(store).plans(count)
            return try store.close()
        }
        let many = arguments.last.flatMap(Int.init) ?? 1_000_000
        var table = Table()
        if arguments.first != "turns" { try await plans(10_000, &table) }
        if arguments.first != "plans" { try await turns(10_000, many, &table) }
        exit(table.hasFailed ? 1 : 0)
    }

    // MARK: Plans

    private static func plans(_ count: Int, _ table: inout Table) async throws {
        let home = AloudHome()
        let store = try await Store.open(path: home.database)
        try await Filling(store).plans(count)
        let origin = Origin(surface: .cli)
        let conversation = try await store.currentConversation()
        let said = Origin(surface: .cli, conversationId: conversation.id)
        table.head("\(count) plans, ms", ["p50", "p95", "limit"])
        func operation(_ name: String, _ body: (Int) async throws -> Void) async throws {
            table.line(name, try await Times.of(200, body), limit: 1)
        }
        let bare = try BareCommit(path: home.database)
        table.line("a bare commit", try await Times.of(200) { _ in try await bare.make() }, limit: nil)
        try bare.close()
        try await operation("read a plan by its number") { _ = try await store.plan(number: 1 + $0) }
        let some = try await store.plans(of: nil).shuffled().prefix(203)
        let plans = Array(some)
        try await operation("read its text") { _ = try await store.text(of: plans[$0]) }
        try await operation("read its tasks") { _ = try await store.tasks(of: plans[$0].id) }
        try await operation("find a project by name") { _ = try await store.project(named: "project \($0)") }
        try await operation("names for what is said") { _ in _ = try await store.projectNames(limit: 200) }
        try await operation("create a project") { number in
            try await store.change(said, "a") { _ = try $0.createProject(name: "new \(number)") }
        }
        try await operation("create a plan") { number in
            try await store.change(said, "b") {
                _ = try $0.createPlan(in: plans[number].projectId, title: "new \(number)")
            }
        }
        try await operation("save a version") { number in
            try await store.change(said, "c") { change in
                _ = try change.saveVersion(
                    of: plans[number].id, content: "# text \(number)\n", base: 1, summary: "s", author: "user")
            }
        }
        try await operation("add a task") { number in
            try await store.change(said, "d") { _ = try $0.addTask(to: plans[number].id, title: "task") }
        }
        try await operation("change a task") { number in
            try await store.change(origin, "e") {
                _ = try $0.updateTask(1, of: plans[number].id) { $0.title = "task \(number)" }
            }
        }
        try await operation("take a note") { number in
            try await store.change(said, "f") {
                _ = try $0.addNote("note \(number)", project: plans[number].projectId, plan: plans[number].id)
            }
        }
        try await operation("undo") { _ in _ = try await store.undo(said) }
        try await operation("keep a turn") { _ in
            try await store.record(
                Turn(
                    conversationId: conversation.id, role: .assistant, modality: .text, surface: .cli, heard: "yes"))
        }
        var wish = ListWish()
        wish.limit = 1000
        let page = wish
        table.line("list 1000 projects", try await Times.of(50) { _ in _ = try await store.projects(page) }, limit: 5)
        table.line("list 1000 plans", try await Times.of(50) { _ in _ = try await store.plans(page) }, limit: 5)
        try store.close()
        let version = try await process(home, "--version")
        let show = try await process(home, "plan", "show", "\(count / 2 + 1)")
        table.head("\nprocesses, ms", ["--version", "this", "ratio", "limit"])
        table.pair("aloud plan show", version, show, factor: 2)
    }

    // MARK: Turns

    private static func turns(_ few: Int, _ many: Int, _ table: inout Table) async throws {
        let (small, large) = (AloudHome(), AloudHome())
        for (home, count) in [(small, few), (large, many)] {
            let store = try await Store.open(path: home.database)
            let took = try await ContinuousClock().measure { try await Filling(store).turns(count) }
            print("\nfilled with \(count) turns in \(Int(took / .seconds(1))) s")
            try store.close()
        }
        table.head("\nturns, ms", ["\(few)", "\(many)", "ratio", "limit"])
        func pair(_ name: String, _ measure: (AloudHome) async throws -> Times) async throws {
            table.pair(name, try await measure(small), try await measure(large), factor: 2)
        }
        try await pair("open and close the store") { home in
            try await Times.of(20) { _ in try await Store.open(path: home.database).close() }
        }
        try await pair("names for what is said") { home in
            try await opened(home) { store in
                try await Times.of(100) { _ in _ = try await store.projectNames(limit: 200) }
            }
        }
        try await pair("the last turns") { home in
            try await opened(home) { store in
                let conversation = try await store.currentConversation()
                return try await Times.of(100) { _ in _ = try await store.turns(of: conversation.id) }
            }
        }
        try await pair("search, a rare word") { home in
            try await opened(home) { store in
                let memory = Memory(store: store)
                return try await Times.of(100) { _ = try await memory.find("number\($0 * 10 + 6)") }
            }
        }
        try await pair("search, common words") { home in
            try await opened(home) { store in
                let memory = Memory(store: store)
                return try await Times.of(30) { _ in _ = try await memory.find("merge conflict in the review") }
            }
        }
        try await pair("aloud plan list") { try await process($0, "plan", "list", "--limit", "20") }
        try await pair("aloud project list") { try await process($0, "project", "list") }
        try await pair("aloud search") { try await process($0, "search", "Part17Design") }
        try await pair("aloud say status") { try await process($0, "say", "status") }
        try await pair("aloud serve until it answers") { home in
            try await Times.of(8, warmUp: 1) { _ in
                let daemon = try home.start("serve", "--no-audio")
                while !LocalSocketClient.isAlive(home.socket) { try await Task.sleep(for: .milliseconds(1)) }
                daemon.signal(SIGKILL)
                _ = await daemon.ended()
                unlink(home.socket)
            }
        }
    }

    private static func opened(_ home: AloudHome, _ body: (Store) async throws -> Times) async throws -> Times {
        let store = try await Store.open(path: home.database)
        let times = try await body(store)
        try store.close()
        return times
    }

    private static func process(_ home: AloudHome, _ arguments: String...) async throws -> Times {
        try await Times.of(20) { _ in
            let ended = try await home.run(arguments)
            guard ended.status == 0 else { fatalError("\(arguments): \(ended.errors)") }
        }
    }
}
