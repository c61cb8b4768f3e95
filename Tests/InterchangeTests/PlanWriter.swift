import Interchange
import Planning
import SeededRandom
import Support

/// Plans from a seed, with texts that formats stumble over: the same in every run.
struct PlanWriter {
    private var random: SeededRandom

    init(_ seed: Int) { random = SeededRandom(UInt64(truncatingIfNeeded: seed)) }

    mutating func number(below limit: Int) -> Int { random.next(below: limit) }

    private mutating func isSo(oneIn chances: Int) -> Bool { number(below: chances) == 0 }

    private mutating func one<Value>(of values: [Value]) -> Value { values[number(below: values.count)] }

    static let nasty = [
        "plan", "store", "the", "\"quoted\"", "it's", "a, b", "-->", "<!--", "=SUM(A1)", "+1", "-x", "@home", "[P]",
        "[US1]",
        "(depends on T001)", "(depends on T001, T002)", "# heading", "## Tasks", "> quote", "- [ ] box", "* [x] box",
        "1. first", "2) second", "1\\. kept", "```", "~~~", "<div>", "---", "===", "| a | b |", "\\", "\\[P] x",
        "[a]: /b",
        "naïve", "\u{1F469}\u{200D}\u{1F4BB}", "e\u{301}", "\u{301}mark", "'\u{301}", "日本語", "עברית", "`code`",
        "**bold**",
        "_x_", "&amp;", "%20", "$HOME", "$(rm -rf x)", "`id`", "';--", "T003", "1.2", "#1", "task: 3", "true", "null",
        "~",
        "key: value", "{", "[", "'", "''=1", "'=1", "aloud:key=a/b hash=123456789abc", "\u{FFFD}", "\u{FFFE}", "::",
        "null",
        "<!-- SECTION:DESCRIPTION:END -->", "<!-- \\AC:END -->", "<!-- aloud:tasks -->", "<!-- aloud:content -->",
        "<!-- aloud:key=p/t hash=0123456789ab -->", "Phase 2: Storage", "User Story 1 - Voice", "Tasks", "1. Storage",
        "C:\\Users",
    ]

    /// One line, as names are kept.
    mutating func line(most: Int = 5) -> String {
        if isSo(oneIn: 60) { return String(repeating: "very long ", count: 48).trimmedLine }
        let words = (0..<1 + number(below: most)).map { _ in one(of: Self.nasty) }
        let line = CleanText.line(words.joined(separator: isSo(oneIn: 4) ? "" : " "))
        let cut = CleanText.line(String(line.unicodeScalars.prefix(180).map(Character.init)))
        return cut.isEmpty ? "plain" : cut
    }

    /// Several lines, as texts are kept.
    mutating func block() -> String {
        if isSo(oneIn: 80) { return String(repeating: "a paragraph of many words, \"and\" signs\n", count: 200) }
        let ends = ["\n", "\n", "\n\n", "\n\n\n", " \n", "\r\n", "\n  ", "\n\t", "\n    ", "\n- ", "\n\u{301}"]
        var text = ""
        for _ in 0..<number(below: 9) { text += one(of: Self.nasty) + one(of: [" ", ""] + ends) }
        return CleanText.block(text)
    }

    private mutating func moment() -> Timestamp {
        Timestamp(
            milliseconds: 1_700_000_000_000 + Int64(number(below: 1_000_000_000)) * 1000 + Int64(number(below: 1000)))
    }

    private mutating func maybe<Value>(_ value: (inout PlanWriter) -> Value) -> Value? {
        isSo(oneIn: 2) ? value(&self) : nil
    }

    private mutating func id() -> String {
        var random = self
        let id = Identifier<PlanTask>.make(at: moment(), using: &random).rawValue
        self = random
        return id
    }

    mutating func plan() -> PlanFile {
        var plan = PlanFile(title: String(line(most: 3).unicodeScalars.prefix(200).map(Character.init)).trimmedLine)
        plan.key = id()
        plan.project = line(most: 2)
        plan.number = 1 + number(below: 99)
        plan.description = block()
        plan.status = one(of: Plan.Status.allCases)
        plan.metadata.owner = maybe { $0.line() }
        plan.metadata.dependencies = (0..<number(below: 3)).map { _ in line() }
        plan.content = block()
        plan.createdAt = moment()
        plan.updatedAt = moment()
        var place = 0
        for _ in 0..<number(below: 9) + (isSo(oneIn: 20) ? 30 : 0) {
            place += 1 + number(below: 3) / 2
            plan.items.append(item(place, after: plan.items))
        }
        return plan
    }

    /// It waits for others and is a part of others that were there before it: no circle closes.
    private mutating func item(_ number: Int, after others: [PlanFile.Item]) -> PlanFile.Item {
        var item = PlanFile.Item(key: id(), title: line())
        item.number = number
        item.body = block()
        item.acceptance = (0..<self.number(below: 3)).map { _ in .init(line(), isDone: isSo(oneIn: 2)) }
        item.status = one(of: PlanTask.Status.allCases)
        item.priority = one(of: Priority.allCases)
        item.estimateMinutes = maybe { 1 + $0.number(below: 5000) }
        item.actualMinutes = maybe { 1 + $0.number(below: 5000) }
        item.labels = (0..<self.number(below: 4)).map { _ in
            isSo(oneIn: 3) ? one(of: ["parallel", "US1", "US2"]) : line()
        }
        item.assignee = maybe { $0.line(most: 2) }
        item.milestone = maybe { $0.line(most: 2) }
        item.dueOn =
            maybe {
                Day(year: 2026 + $0.number(below: 9), month: 1 + $0.number(below: 12), day: 1 + $0.number(below: 28))
            } ?? nil
        item.createdAt = moment()
        item.startedAt = maybe { $0.moment() }
        item.completedAt = item.status == .done ? moment() : nil
        item.evidence = maybe { $0.block() }.flatMap { $0.isEmpty ? nil : $0 }
        guard !others.isEmpty else { return item }
        let keys = others.map(\.key)
        item.dependsOn = keys.filter { _ in isSo(oneIn: 4) }
        item.parent = isSo(oneIn: 2) ? one(of: keys) : nil
        for key in keys where isSo(oneIn: 6) {
            item.links.append(.init(isSo(oneIn: 2) ? .related : .discoveredFrom, key))
        }
        return item
    }
}

extension PlanWriter: RandomNumberGenerator {
    mutating func next() -> UInt64 {
        UInt64(number(below: 1 << 32)) << 32 | UInt64(number(below: 1 << 32))
    }
}

extension String {
    fileprivate var trimmedLine: String { CleanText.line(self) }
}

extension PlanFile {
    /// With keys that count the items, since other programs have ids of their own.
    var counted: PlanFile {
        var plan = self
        let places = Dictionary(items.enumerated().map { ($1.key, "#\($0)") }, uniquingKeysWith: { first, _ in first })
        func place(_ key: String) -> String { places[key] ?? "?\(key)" }
        for index in plan.items.indices {
            plan.items[index].key = place(plan.items[index].key)
            plan.items[index].dependsOn = plan.items[index].dependsOn.map(place)
            plan.items[index].parent = plan.items[index].parent.map(place)
            plan.items[index].links = plan.items[index].links.map { .init($0.kind, place($0.key)) }
        }
        return plan
    }
}
