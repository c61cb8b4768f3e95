import LanguageModel
import Memory
import Planning
import Storage
import Support

/// What tools work on and what they did: one turn of the agent, or one client that speaks MCP.
///
/// All its changes are one operation of the store, which one undo takes back. A change that began is finished even when the
/// turn is cancelled; the store sees to that.
package actor ToolSession {
    let store: Store
    let memory: Memory
    let origin: Origin
    let templates: TemplateSet
    /// Whether what destroys is done at once: whoever calls has asked the user.
    private let isConfirmed: Bool
    /// Breaks a plan down into tasks; nil without a language model.
    let breakdown: Breakdown?
    var project: Project?
    var plan: Plan?
    /// What was changed, in words, in the order it was done: “added task 1, write the tests”.
    private(set) var done: [String] = []
    /// The same as undo names it.
    private var doings: [String] = []
    private var undertaking: Undertaking?
    /// What the user must be asked before it is done.
    private(set) var pending: PendingTool?
    /// Results of changes by call, so that a model that repeats itself changes nothing twice.
    private var results: [String: String] = [:]

    package init(
        store: Store, origin: Origin, project: Project? = nil, plan: Plan? = nil, templates: TemplateSet = .builtIn,
        breakdown: Breakdown? = nil, isConfirmed: Bool = false, memory: Memory? = nil
    ) {
        self.store = store
        self.memory = memory ?? Memory(store: store)
        self.origin = origin
        self.project = project
        self.plan = plan
        self.templates = templates
        self.breakdown = breakdown
        self.isConfirmed = isConfirmed
    }

    static let longestTitle = 200
    static let longestText = 200_000
    /// Bytes of a result; more would crowd out what it is about.
    static let longestResult = 24_000

    /// The result as JSON; what goes wrong with the call is a result too, and the model reads it.
    package func run(_ call: ToolCall) async throws -> String {
        let key = "\(call.name) \(call.text)"
        if let result = results[key] { return result }
        guard let tool = ToolList[call.name] else {
            let known = ToolList.all.map(\.name).joined(separator: ", ")
            return try JSONText.line(ToolError("there is no tool \(call.name.prefix(60)); there are \(known)").json)
        }
        let result: String
        do {
            guard let arguments = call.arguments else { throw ToolError("the arguments are not a JSON object") }
            result = try JSONText.line(try await perform(tool, arguments))
        } catch let error as ToolError {
            return try JSONText.line(error.json)
        } catch let error as StoreError {
            guard error.isAboutTheCall else { throw error }
            return try JSONText.line(ToolError(error.description).json)
        }
        guard result.utf8.count <= Self.longestResult else {
            return try JSONText.line(
                ToolError("the result is too long; ask for less of it, with limit, offset or section").json)
        }
        if tool.effect != .reads { results[key] = result }
        return result
    }

    /// Checks everything before anything is done. Throws `ToolError` for what whoever calls can mend.
    package func perform(_ tool: Tool, _ arguments: JSONValue) async throws -> JSONValue {
        let faults = tool.arguments.faults(in: arguments)
        guard faults.isEmpty else {
            throw ToolError(
                "nothing was done, because the arguments do not fit",
                ["fields": .array(faults.map { .string($0.description) })])
        }
        let checked = ToolArguments(value: arguments)
        guard let question = tool.question, !isConfirmed else { return try await tool.perform(self, checked) }
        guard pending == nil else {
            throw ToolError("one question waits for the user already; ask for one such thing at a time")
        }
        let asked = try await question(self, checked)
        pending = PendingTool(
            name: tool.name, arguments: arguments, question: asked, project: project?.id, plan: plan?.id)
        return [
            "done": false, "asked_the_user": .string(asked),
            "note": "It is not done yet. The user is asked this at the end of your reply; do not repeat it.",
        ]
    }

    /// Makes a change as a part of what this session does.
    ///
    /// - Parameters:
    ///   - doing: As undo names it: “adding task write the tests”.
    @discardableResult
    func change<Value: Sendable>(
        _ doing: String, _ body: @Sendable @escaping (Change) throws -> Value
    ) async throws -> Value {
        let all = doings + [doing]
        let shown = all.count <= 3 ? all : all.prefix(2) + ["\(all.count - 2) more changes"]
        let (value, begun) = try await store.change(origin, Said.list(Array(shown)), partOf: undertaking, body)
        undertaking = begun
        doings = all
        return value
    }

    /// Says what was done. More than a handful nobody listens to.
    var told: [String] { done.count <= 6 ? done : done.prefix(5) + ["made \(done.count - 5) more changes"] }

    func did(_ what: String) { done.append(what) }
}

/// What a model wanted done and the user must want too.
package struct PendingTool: Equatable, Sendable {
    package let name: String
    let arguments: JSONValue
    /// “Archive project website, with three plans? Say yes or no.”
    package let question: String
    /// What was open then, which names in the arguments stand for.
    let project: Project.ID?
    let plan: Plan.ID?
}

extension StoreError {
    /// Whether whoever called can do something about it.
    fileprivate var isAboutTheCall: Bool {
        switch self {
        case .nameTaken, .missing, .refused, .stale: true
        default: false
        }
    }
}
