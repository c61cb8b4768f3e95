import Support

/// What a JSON value may be: the schema that a model is told, and the check of what it sends.
package indirect enum JSONShape: Equatable, Sendable {
    /// Characters at most; a line holds no line break. Of white space alone it is as if it were left out.
    case text(atMost: Int)
    case line(atMost: Int)
    case whole(ClosedRange<Int>)
    case flag
    case choice([String])
    /// A name or a number, as one says “plan 3” or “plan offline sync”.
    case reference
    case list(JSONShape, atMost: Int)
    case object([Field])

    package struct Field: Equatable, Sendable {
        package let name: String
        package let shape: JSONShape
        package let description: String
        package let isRequired: Bool

        package init(_ name: String, _ shape: JSONShape, _ description: String = "", required: Bool = false) {
            self.name = name
            self.shape = shape
            self.description = description
            isRequired = required
        }
    }
}

extension JSONShape {
    /// JSON Schema, in the words that all known servers read (draft 2020-12). Lengths are left to the check: some servers
    /// build grammars of them that take minutes.
    package var schema: JSONValue {
        switch self {
        case .text, .line: ["type": "string"]
        case .whole(let range):
            [
                "type": "integer", "minimum": .number(Double(range.lowerBound)),
                "maximum": .number(Double(range.upperBound)),
            ]
        case .flag: ["type": "boolean"]
        case .choice(let values): ["type": "string", "enum": .array(values.map(JSONValue.string))]
        case .reference: ["type": ["string", "integer"]]
        case .list(let item, _): ["type": "array", "items": item.schema]
        case .object(let fields):
            [
                "type": "object",
                "properties": .object(
                    Dictionary(fields.map { ($0.name, $0.schema) }, uniquingKeysWith: { first, _ in first })),
                "required": .array(fields.filter(\.isRequired).map { .string($0.name) }),
                "additionalProperties": false,
            ]
        }
    }

    /// What it takes, in words.
    package var takes: String {
        switch self {
        case .text(let most): "text of at most \(most) characters"
        case .line(let most): "one line of at most \(most) characters"
        case .whole(let range): "a whole number from \(range.lowerBound) to \(range.upperBound)"
        case .flag: "true or false"
        case .choice(let values): "one of " + values.joined(separator: ", ")
        case .reference: "a name or a number"
        case .list(let item, let most): "a list of at most \(most), each \(item.takes)"
        case .object(let fields):
            "an object with "
                + fields.map { $0.isRequired ? $0.name : "\($0.name) (optional)" }.joined(separator: ", ")
        }
    }
}

extension JSONShape.Field {
    fileprivate var schema: JSONValue {
        guard !description.isEmpty, case .object(var schema) = shape.schema else { return shape.schema }
        schema["description"] = .string(description)
        return .object(schema)
    }
}
