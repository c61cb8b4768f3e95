import Support

/// One thing that is wrong with a value, and what would be right: “tasks[2].priority: must be one of low, high”.
package struct JSONFault: Equatable, Sendable, CustomStringConvertible {
    package let path: String
    package let problem: String

    package var description: String { path.isEmpty ? problem : "\(path): \(problem)" }
}

extension JSONShape {
    /// Faults that are told at once; one who makes more begins anew.
    private static let most = 20

    /// Everything that is wrong with `value`; empty when it fits. Nothing is bent into shape.
    package func faults(in value: JSONValue) -> [JSONFault] {
        Array(faults(in: value, at: "").prefix(JSONShape.most))
    }

    private func faults(in value: JSONValue, at path: String) -> [JSONFault] {
        func wrong(_ why: String? = nil) -> [JSONFault] {
            [JSONFault(path: path, problem: "must be \(takes), not \(why ?? value.kind)")]
        }
        switch self {
        case .text(let most):
            guard let text = value.string else { return wrong() }
            return text.count <= most ? [] : wrong("\(text.count) characters")
        case .line(let most):
            guard let text = value.string else { return wrong() }
            guard !text.contains(where: \.isNewline) else { return wrong("several lines") }
            return text.count <= most ? [] : wrong("\(text.count) characters")
        case .whole(let range):
            guard let number = value.number.flatMap({ Int(exactly: $0) }) else { return wrong() }
            return range.contains(number) ? [] : wrong("\(number)")
        case .flag: return value.bool == nil ? wrong() : []
        case .choice(let values):
            guard let text = value.string else { return wrong() }
            return values.contains(text) ? [] : wrong("“\(text.prefix(40))”")
        case .reference:
            if let text = value.string { return text.count <= 300 ? [] : wrong("\(text.count) characters") }
            return value.number.flatMap { Int(exactly: $0) } == nil ? wrong() : []
        case .list(let item, let most):
            guard let list = value.array else { return wrong() }
            guard list.count <= most else { return wrong("\(list.count) entries") }
            return list.enumerated().flatMap { index, value in item.faults(in: value, at: "\(path)[\(index)]") }
        case .object(let fields):
            guard let members = value.object else { return wrong() }
            return JSONShape.faults(in: members, fields, at: path)
        }
    }

    private static func faults(in members: [String: JSONValue], _ fields: [Field], at path: String) -> [JSONFault] {
        func place(_ name: String) -> String { path.isEmpty ? name : "\(path).\(name)" }
        var faults: [JSONFault] = []
        for field in fields {
            // Some servers send what is left out as null.
            guard let value = members[field.name], value != .null else {
                if field.isRequired {
                    faults.append(
                        JSONFault(path: place(field.name), problem: "is missing; it takes \(field.shape.takes)"))
                }
                continue
            }
            let inside = field.shape.faults(in: value, at: place(field.name))
            if inside.isEmpty, field.isRequired, field.shape.isEmptyText(value) {
                faults.append(JSONFault(path: place(field.name), problem: "is empty; it takes \(field.shape.takes)"))
            }
            faults += inside
        }
        let known = Set(fields.map(\.name))
        for name in members.keys.sorted() where !known.contains(name) {
            let all = fields.map(\.name).joined(separator: ", ")
            faults.append(
                JSONFault(
                    path: place(String(name.prefix(40))),
                    problem: "is not known; there is \(all.isEmpty ? "nothing to give" : all)"))
        }
        return faults
    }

    private func isEmptyText(_ value: JSONValue) -> Bool {
        switch self {
        case .line, .reference: value.string?.allSatisfy(\.isWhitespace) ?? false
        default: false
        }
    }
}

extension JSONValue {
    /// What kind of value it is, in words.
    fileprivate var kind: String {
        switch self {
        case .null: "null"
        case .bool(let value): "\(value)"
        case .number, .integer: "the number \(self.shown)"
        case .string(let text): "the text “\(text.prefix(40))”"
        case .array: "a list"
        case .object: "an object"
        }
    }

    private var shown: String {
        switch self {
        case .number(let number): Int64(exactly: number).map { String($0) } ?? String(number)
        case .integer(let number): String(number)
        default: ""
        }
    }
}
