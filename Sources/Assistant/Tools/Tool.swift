import LanguageModel
import Support

/// Something that may be done for a language model: the agent's, or one that speaks MCP.
package struct Tool: Sendable {
    package enum Effect: String, Codable, Sendable {
        case reads, changes
        /// It takes something away from sight: nobody but the user decides it.
        case destroys
    }

    package let name: String
    package let description: String
    package let arguments: JSONShape
    package let effect: Effect
    /// As a model is told.
    package let definition: ToolDefinition
    /// What would be done, as a question to the user; only of what destroys.
    let question: (@Sendable (ToolSession, ToolArguments) async throws -> String)?
    let perform: @Sendable (ToolSession, ToolArguments) async throws -> JSONValue

    init(
        _ name: String, _ effect: Effect, _ description: String, _ fields: [JSONShape.Field] = [],
        _ perform: @escaping @Sendable (ToolSession, ToolArguments) async throws -> JSONValue
    ) {
        self.name = name
        self.effect = effect
        self.description = description
        arguments = .object(fields)
        definition = ToolDefinition(name, description, parameters: arguments.schema)
        question = nil
        self.perform = perform
    }

    /// One that destroys.
    init(
        _ name: String, _ description: String, _ fields: [JSONShape.Field],
        asking question: @escaping @Sendable (ToolSession, ToolArguments) async throws -> String,
        _ perform: @escaping @Sendable (ToolSession, ToolArguments) async throws -> JSONValue
    ) {
        self.name = name
        self.description = description
        effect = .destroys
        arguments = .object(fields)
        definition = ToolDefinition(name, description, parameters: arguments.schema)
        self.question = question
        self.perform = perform
    }
}

/// What a model can mend: its own call.
package struct ToolError: Error, Equatable, CustomStringConvertible {
    package let description: String
    /// Further members of the result, such as the candidates of a name that means several things.
    package let details: [String: JSONValue]

    init(_ description: String, _ details: [String: JSONValue] = [:]) {
        self.description = description
        self.details = details
    }

    var json: JSONValue { .object(["error": .string(description)].merging(details) { first, _ in first }) }
}

/// The arguments of a call that fit the tool's schema.
package struct ToolArguments: Sendable {
    let value: JSONValue

    /// Without the white space around it; nil when nothing is left.
    func text(_ name: String) -> String? {
        guard let text = value[name]?.string else { return nil }
        return text.allSatisfy(\.isWhitespace) ? nil : text
    }

    /// Text that is there, also when it is empty.
    func given(_ name: String) -> String? { value[name]?.string }

    /// Of what the schema requires.
    func need(_ name: String) throws -> String {
        guard let text = text(name) else { throw ToolError("\(name) is empty") }
        return text
    }

    func number(_ name: String) -> Int? { value[name]?.number.flatMap { Int(exactly: $0) } }

    func need(number name: String) throws -> Int {
        guard let number = number(name) else { throw ToolError("\(name) is missing") }
        return number
    }

    func flag(_ name: String) -> Bool { value[name]?.bool ?? false }

    /// nil when the list is not there.
    func list(_ name: String) -> [ToolArguments]? { value[name]?.array?.map(ToolArguments.init(value:)) }

    func texts(_ name: String) -> [String]? { value[name]?.array?.compactMap(\.string) }

    func numbers(_ name: String) -> [Int]? {
        value[name]?.array?.compactMap { $0.number.flatMap { Int(exactly: $0) } }
    }

    func choice<Value: RawRepresentable<String>>(_ name: String, _ type: Value.Type) -> Value? {
        value[name]?.string.flatMap(Value.init(rawValue:))
    }

    /// A name, or a number as text.
    func reference(_ name: String) -> String? {
        number(name).map(String.init) ?? text(name)
    }
}
