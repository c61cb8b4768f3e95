import LanguageModel
import Memory
import Planning
import Storage
import Support

/// What the agent may do in one turn. Each call is one operation of the store, done in the model's name.
///
/// A change that began is finished even when the turn is cancelled; the store sees to that.
actor AgentTools {
    let store: Store
    let memory: Memory
    let origin: Origin
    private let conversation: Conversation.ID?
    var project: Project?
    var plan: Plan?
    /// What was changed, in words, in the order it was done.
    private(set) var done: [String] = []
    /// Results by call, so that a model that repeats itself changes nothing twice.
    private var results: [String: String] = [:]

    init(store: Store, scene: Scene, model: String, memory: Memory? = nil) {
        self.store = store
        self.memory = memory ?? Memory(store: store)
        conversation = scene.origin.conversationId
        origin = Origin(
            actor: model, surface: scene.origin.surface, conversationId: scene.origin.conversationId,
            turnId: scene.origin.turnId)
        project = scene.project
        plan = scene.plan
    }

    static let longestTitle = 200
    static let longestText = 200_000

    /// The result as JSON; what goes wrong is a result too, and the model reads it.
    func run(_ call: ToolCall) async throws -> String {
        let key = "\(call.name) \(call.text)"
        if let result = results[key] { return result }
        let result: JSONValue
        do {
            guard let arguments = call.arguments else { throw ToolError("the arguments are not a JSON object") }
            result = try await perform(call.name, ToolArguments(arguments))
        } catch let error as ToolError {
            return try JSONText.line(["error": JSONValue.string(error.description)])
        } catch let error as StoreError {
            guard error.isAboutTheCall else { throw error }
            return try JSONText.line(["error": JSONValue.string(error.description)])
        }
        let text = try JSONText.line(result)
        results[key] = text
        return text
    }

    private func perform(_ name: String, _ arguments: ToolArguments) async throws -> JSONValue {
        switch name {
        case "create_plan": try await createPlan(arguments)
        case "revise_plan": try await revisePlan(arguments)
        case "add_task": try await addTask(arguments)
        case "search_projects": try await searchProjects(arguments)
        default: throw ToolError("there is no tool \(name)")
        }
    }

    func did(_ what: String) { done.append(what) }
}

/// What a model can mend: its own call.
struct ToolError: Error, Equatable, CustomStringConvertible {
    let description: String

    init(_ description: String) { self.description = description }
}

extension StoreError {
    /// Whether the model can do something about it.
    fileprivate var isAboutTheCall: Bool {
        switch self {
        case .nameTaken, .missing, .refused, .stale: true
        default: false
        }
    }
}

/// The arguments of a call, checked as they are read. What was made up beyond the schema is passed over.
struct ToolArguments {
    private let value: JSONValue

    init(_ value: JSONValue) { self.value = value }

    func text(_ name: String, atMost limit: Int) throws -> String {
        guard let text = try optionalText(name, atMost: limit) else { throw ToolError("\(name) is missing") }
        return text
    }

    func optionalText(_ name: String, atMost limit: Int) throws -> String? {
        guard let value = value[name], value != .null else { return nil }
        guard let text = value.string else { throw ToolError("\(name) must be text") }
        guard text.count <= limit else { throw ToolError("\(name) is longer than \(limit) characters") }
        return text.allSatisfy(\.isWhitespace) ? nil : text
    }

    func optionalNumber(_ name: String) throws -> Int? {
        guard let value = value[name], value != .null else { return nil }
        // Numbers as text are the commonest slip of small models, and mean one thing only.
        guard let number = value.number.flatMap({ Int(exactly: $0) }) ?? value.string.flatMap({ Int($0) }) else {
            throw ToolError("\(name) must be a whole number")
        }
        return number
    }

    func texts(_ name: String, atMost limit: Int) throws -> [String] {
        try list(name).map { value in
            guard let text = value.string, text.count <= limit else {
                throw ToolError("\(name) holds texts of at most \(limit) characters")
            }
            return text
        }
    }

    func flag(_ name: String) -> Bool { value[name]?.bool ?? false }

    func list(_ name: String) throws -> [JSONValue] {
        guard let value = value[name], value != .null else { return [] }
        guard let list = value.array else { throw ToolError("\(name) must be a list") }
        return list
    }
}
