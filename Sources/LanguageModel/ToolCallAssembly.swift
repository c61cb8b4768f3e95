import Support

/// Puts tool calls together from pieces, as the known servers send them: by index, by id, whole in one piece, several
/// with the same index, or with neither index nor id.
struct ToolCallAssembly: Equatable {
    private struct Draft: Equatable {
        var index: Int?
        var id: String
        var name: String
        var text: String

        var isWhole: Bool { !text.isEmpty && (try? JSONValue(parsing: text)) != nil }
    }

    private var drafts: [Draft] = []
    private var size = 0

    /// More calls than this in one answer, or more bytes of arguments, and none of them is meant.
    private static let mostCalls = 64
    private static let mostBytes = 1 << 20

    var isTooMuch: Bool { drafts.count > Self.mostCalls || size > Self.mostBytes }

    mutating func add(_ piece: JSONValue) {
        guard !isTooMuch else { return }
        let index = piece["index"]?.number.flatMap { Int(exactly: $0) }
        let id = piece["id"]?.string ?? ""
        let function = piece["function"]
        let name = function?["name"]?.string ?? piece["name"]?.string ?? ""
        let text = ToolCallAssembly.text(function?["arguments"] ?? piece["arguments"])
        size += text.utf8.count
        guard let place = place(index, id, name) else {
            drafts.append(Draft(index: index, id: id, name: name, text: text))
            return
        }
        if drafts[place].id.isEmpty { drafts[place].id = id }
        if drafts[place].name.isEmpty { drafts[place].name = name }
        drafts[place].text += text
    }

    /// The calls, in the order they were begun. A missing id is made up, because the result must name one.
    var calls: [ToolCall] {
        drafts.enumerated().filter { !$0.element.name.isEmpty }.map { number, draft in
            ToolCall(id: draft.id.isEmpty ? "call_\(number + 1)" : draft.id, name: draft.name, text: draft.text)
        }
    }

    /// The draft that a piece belongs to; nil when it begins a new one.
    private func place(_ index: Int?, _ id: String, _ name: String) -> Int? {
        let found: Int? =
            if let index {
                drafts.lastIndex { $0.index == index }
            } else if !id.isEmpty {
                drafts.lastIndex { $0.id == id } ?? (drafts.last?.id.isEmpty == true ? drafts.indices.last : nil)
            } else {
                drafts.indices.last
            }
        guard let found else { return nil }
        let draft = drafts[found]
        let namesAnother = !id.isEmpty && !draft.id.isEmpty && id != draft.id
        // A call that is whole takes no more: a new id or any name then begins the next one.
        if namesAnother || !name.isEmpty && (id.isEmpty || id != draft.id), draft.isWhole { return nil }
        if !name.isEmpty, !draft.name.isEmpty, name != draft.name { return nil }
        return found
    }

    /// Some servers send the object itself in place of its text.
    private static func text(_ value: JSONValue?) -> String {
        switch value {
        case .string(let text)?: text
        case .object?: (try? JSONText.line(value)) ?? ""
        default: ""
        }
    }
}
