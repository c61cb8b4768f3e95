import Planning
import Storage
import Support

extension ToolSession {
    /// The plan that is named, else the open one as it is now. A name that fits several is an error with all of them.
    func findPlan(_ arguments: ToolArguments) async throws -> Plan {
        guard let name = arguments.reference("plan") else {
            guard let id = plan?.id, let open = try await store.plan(id) else {
                throw ToolError("no plan is open; name one, or create one first")
            }
            return open
        }
        if let number = Int(name) {
            guard let found = try await store.plan(number: number) else {
                throw ToolError("there is no plan \(number)")
            }
            return found
        }
        var all = try await store.plans(of: project?.id)
        var fitting = Self.fitting(name, all, \.title)
        if fitting.isEmpty, project != nil {
            all = try await store.plans()
            fitting = Self.fitting(name, all, \.title)
        }
        guard let found = fitting.first else { throw ToolError("there is no plan called \(name)") }
        guard fitting.count == 1 else {
            throw ToolError(
                "\(fitting.count) plans are called like \(name); give the number of one",
                ["candidates": .array(fitting.prefix(Self.candidates).map { .string("\($0.number), \($0.title)") })])
        }
        return found
    }

    /// The project that is named, else the open one as it is now.
    func findProject(_ arguments: ToolArguments) async throws -> Project {
        guard let name = arguments.reference("project") else {
            guard let id = project?.id, let open = try await store.project(id) else {
                throw ToolError("no project is open; name one, or create one first")
            }
            return open
        }
        if let exact = try await store.project(named: name) { return exact }
        let fitting = Self.fitting(name, try await store.projects(), \.name)
        guard let found = fitting.first else { throw ToolError("there is no project called \(name)") }
        guard fitting.count == 1 else {
            throw ToolError(
                "\(fitting.count) projects are called like \(name); give the whole name of one",
                ["candidates": .array(fitting.prefix(Self.candidates).map { .string($0.name) })])
        }
        return found
    }

    func findTask(_ number: Int, of plan: Plan) async throws -> PlanTask {
        guard let found = try await store.tasks(of: plan.id).first(where: { $0.number == number }) else {
            throw ToolError("plan \(plan.number) has no task \(number)")
        }
        return found
    }

    private static let candidates = 8

    /// Those that are called just so, else those that are called so in part.
    private static func fitting<Item>(_ name: String, _ all: [Item], _ title: (Item) -> String) -> [Item] {
        let wished = CleanText.line(name).lowercased()
        let exact = all.filter { title($0).lowercased() == wished }
        return exact.isEmpty ? all.filter { title($0).lowercased().contains(wished) } : exact
    }
}

extension Outline {
    /// The place of the section that `name` means: its heading, or the path to it. nil when there is none; throws when there
    /// are several.
    func place(of name: String) throws -> Int? {
        let wished = CleanText.line(String(name.drop { $0 == "#" || $0.isWhitespace })).lowercased()
        guard !wished.isEmpty else { throw ToolError("section is empty") }
        let keys = keys
        let byPath = sections.indices.filter { keys[$0].description.lowercased() == wished && sections[$0].level > 0 }
        let found =
            byPath.count == 1
            ? byPath
            : sections.indices.filter {
                sections[$0].level > 0 && sections[$0].heading.lowercased() == wished
            }
        guard found.count < 2 else {
            throw ToolError(
                "\(found.count) sections are called \(name); give the path of one",
                ["candidates": .array(found.prefix(8).map { .string(keys[$0].description) })])
        }
        return found.first
    }

    /// The same; throws when there is none, with the sections that there are.
    func needPlace(of name: String) throws -> Int {
        guard let place = try place(of: name) else {
            let known = zip(sections, keys).filter { $0.0.level > 1 }.prefix(30).map {
                JSONValue.string($0.1.description)
            }
            throw ToolError("there is no section \(name.prefix(100))", ["sections": .array(Array(known))])
        }
        return place
    }

    /// The section with all that stands below it, as Markdown.
    func whole(at place: Int) -> String {
        let level = sections[place].level
        return Outline(sections: [sections[place]] + sections[(place + 1)...].prefix { $0.level > level }).markdown
    }
}

/// A part of a list, and what is left of it.
struct ToolPage {
    private let offset: Int
    private let limit: Int

    init(_ arguments: ToolArguments, limit usual: Int = 20) {
        offset = arguments.number("offset") ?? 0
        limit = arguments.number("limit") ?? usual
    }

    func json<Item>(_ name: String, _ all: [Item], _ show: (Item) -> JSONValue) -> JSONValue {
        let shown = all.dropFirst(offset).prefix(limit)
        let next = offset + shown.count
        var members: [String: JSONValue] = [name: .array(shown.map(show)), "total": .number(Double(all.count))]
        if next < all.count { members["next_offset"] = .number(Double(next)) }
        return .object(members)
    }
}

extension JSONValue {
    init(_ text: String?) { self = text.map(JSONValue.string) ?? .null }

    init(_ number: Int?) { self = number.map { .number(Double($0)) } ?? .null }

    /// An object without what is not there.
    static func present(_ members: [String: JSONValue]) -> JSONValue { .object(members.filter { $0.value != .null }) }
}
