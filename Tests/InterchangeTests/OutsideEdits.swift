import Foundation
import Interchange
import Planning

/// What somebody does to an exported plan, from a seed.
struct OutsideEdits {
    private var writer: PlanWriter
    private let format: ExchangeFormat
    private var highest = 0

    init(_ seed: Int, _ format: ExchangeFormat) {
        writer = PlanWriter(seed)
        self.format = format
    }

    /// - Parameter isOpen: Whether nothing of it is done or cancelled yet.
    mutating func plan(isOpen: Bool = false) -> PlanFile {
        var plan = writer.plan()
        // A text that begins with a heading would be the title in some formats, and one that ends a block goes on in the next.
        plan.content = "Text.\n\n" + plan.content.filter { $0 != "\r" }
        for index in plan.items.indices {
            plan.items[index].createdAt = Timestamp(milliseconds: 1_700_000_000_000)
            if isOpen {
                plan.items[index].status = .todo
                plan.items[index].completedAt = nil
            }
            // Where there are no numbers, a task is known by its words.
            if format == .openSpec { plan.items[index].title = "Task\(index) of\(index) plan \(index)" }
        }
        highest = plan.items.compactMap(\.number).max() ?? 0
        return plan
    }

    private mutating func isSo(oneIn chances: Int) -> Bool { writer.number(below: chances) == 0 }

    mutating func edit(
        _ plan: PlanFile, adds: Bool = true, _ isWanted: (PlanFile.Item) -> Bool
    ) -> PlanFile {
        var edited = plan
        // A heading is the title of a task that has parts: whoever changes one of them means both.
        let headings = Set(plan.items.compactMap(\.milestone))
        for index in edited.items.indices where isWanted(edited.items[index]) {
            var item = edited.items[index]
            let before = edited.items[..<index].map(\.key)
            if isSo(oneIn: 4), !headings.contains(item.title) { item.title += " again" }
            if isSo(oneIn: 3) { status(&item) }
            if isSo(oneIn: 4) { item.body = writer.block() }
            if isSo(oneIn: 4) { item.evidence = writer.line() }
            if isSo(oneIn: 4) { item.priority = Priority.allCases[writer.number(below: 4)] }
            if isSo(oneIn: 4) { item.assignee = isSo(oneIn: 3) ? nil : writer.line(most: 2) }
            if isSo(oneIn: 4) { item.estimateMinutes = isSo(oneIn: 3) ? nil : 1 + writer.number(below: 500) }
            if isSo(oneIn: 4) { item.acceptance.append(.init(writer.line(), isDone: isSo(oneIn: 2))) }
            if isSo(oneIn: 4) { item.dependsOn = before.filter { _ in isSo(oneIn: 3) } }
            if format == .specKit {
                if isSo(oneIn: 3) { item.labels = item.labels.contains("parallel") ? [] : ["parallel"] + item.labels }
            } else if isSo(oneIn: 4) {
                item.labels = isSo(oneIn: 3) ? [] : item.labels + [writer.line(most: 2)]
            }
            edited.items[index] = item
        }
        if adds { for _ in 0..<writer.number(below: 3) { add(to: &edited) } }
        if format.fields.contains(.content), isSo(oneIn: 2) { edited.content += "\nMore.\n" }
        return format.carried(edited)
    }

    private mutating func status(_ item: inout PlanFile.Item) {
        // spec-kit leaves out what is cancelled.
        let words: [PlanTask.Status] =
            format == .specKit || format == .openSpec ? [.todo, .done] : PlanTask.Status.allCases
        item.status = words[writer.number(below: words.count)]
        item.completedAt = item.status == .done ? Timestamp(milliseconds: 1_800_000_000_000) : nil
    }

    /// At the end: there it is in formats that have no numbers, too.
    private mutating func add(to plan: inout PlanFile) {
        highest += 1
        let number = highest
        var item = PlanFile.Item(key: "NEW-\(number)", title: "New work \(number) \(writer.line())")
        item.number = number
        item.milestone = plan.items.last?.milestone
        item.body = writer.block()
        item.createdAt = plan.items.first?.createdAt
        item.dependsOn = plan.items.prefix(2).map(\.key)
        plan.items.append(item)
    }
}

extension PlanFile {
    /// What is read of this when it is the export of `plan` after an edit: its markers are those of `plan`.
    func exported(as format: ExchangeFormat, from plan: PlanFile) throws -> Imported {
        var hashes: [Substring: Substring] = [:]
        let before = try format.write(plan).files.map { String(decoding: $0.bytes, as: UTF8.self) }
        for (key, hash) in before.flatMap(\.markers) { hashes[key] = hash }
        let files = try format.write(self).files.map { file in
            var text = String(decoding: file.bytes, as: UTF8.self)
            for (key, hash) in text.markers {
                guard let old = hashes[key], old != hash else { continue }
                text = text.replacingOccurrences(
                    of: "aloud:key=\(key) hash=\(hash)", with: "aloud:key=\(key) hash=\(old)")
            }
            return ExchangedFile(file.name, Array(text.utf8))
        }
        return try format.read(ImportSource("name", files))
    }
}

extension String {
    /// The keys and hashes of the markers in a text.
    fileprivate var markers: [(key: Substring, hash: Substring)] {
        components(separatedBy: "aloud:key=").dropFirst().compactMap { piece in
            guard let end = piece.range(of: " hash=") else { return nil }
            return (Substring(String(piece[..<end.lowerBound])), Substring(String(piece[end.upperBound...].prefix(12))))
        }
    }
}
