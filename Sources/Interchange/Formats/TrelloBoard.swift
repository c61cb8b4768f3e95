import Planning

/// A board as Trello's own JSON export has it. Trello reads no such file; Linear's importer and boards of one's own do.
///
/// A list for each state, a card for each task. What must hold is the check list Acceptance, and the parts of a task are the
/// check list Sub-tasks besides being cards. Trello knows no blockers: the description names them. A description has at most
/// 16,384 characters.
enum TrelloBoard {
    private struct Board: Encodable {
        let id: String
        let name: String
        let desc: String
        let closed = false
        let lists: [List]
        let labels: [Label]
        let cards: [Card]
        let checklists: [Checklist]
        let actions: [String] = []
        let members: [String] = []
    }

    private struct List: Encodable {
        let id: String
        let name: String
        let closed = false
        let pos: Int
    }

    private struct Label: Encodable {
        let id: String
        let idBoard: String
        let name: String
        let color: String
    }

    private struct Card: Encodable {
        let id: String
        let idBoard: String
        let idList: String
        let name: String
        let desc: String
        let closed: Bool
        let due: Due
        let dueComplete: Bool
        let pos: Int
        let idLabels: [String]
        let labels: [Label]
        let idChecklists: [String]
        let attachments: [String] = []
    }

    private struct Checklist: Encodable {
        let id: String
        let idBoard: String
        let idCard: String
        let name: String
        let checkItems: [CheckItem]
    }

    private struct CheckItem: Encodable {
        let id: String
        let name: String
        let state: String
        let pos: Int
    }

    /// Written as null when there is none.
    private struct Due: Encodable {
        let day: Day?

        func encode(to encoder: any Encoder) throws {
            var container = encoder.singleValueContainer()
            if let day { try container.encode("\(day)T00:00:00.000Z") } else { try container.encodeNil() }
        }
    }

    private static let longestText = 16_384

    static func write(_ plan: PlanFile) throws -> Exported {
        let texts = try TrackerText(plan, .trello)
        let board = "b\(plan.number ?? 1)"
        let lists = ["To Do", "In Progress", "Done"].enumerated().map { List(id: "l\($0 + 1)", name: $1, pos: $0 + 1) }
        var labels = Labels(board: board)
        var notes: [String] = []
        var cards: [Card] = []
        var checklists: [Checklist] = []
        let parts = Dictionary(grouping: plan.items.filter { $0.parent != nil }, by: { $0.parent ?? "" })
        for (index, item) in plan.items.enumerated() {
            let card = "c\(index + 1)"
            var ids: [String] = []
            func add(_ name: String, _ items: [(name: String, isDone: Bool)]) {
                guard !items.isEmpty else { return }
                let id = "k\(checklists.count + 1)"
                ids.append(id)
                checklists.append(
                    Checklist(
                        id: id, idBoard: board, idCard: card, name: name,
                        checkItems: items.enumerated().map { place, item in
                            CheckItem(
                                id: "\(id)i\(place + 1)", name: item.name,
                                state: item.isDone ? "complete" : "incomplete", pos: place + 1)
                        }))
            }
            add("Acceptance", item.acceptance.map { ($0.text, $0.isDone) })
            add("Sub-tasks", (parts[item.key] ?? []).map { ($0.title, !$0.status.isOpen) })
            let own = names(of: item).map { labels.label($0.name, $0.color) }
            let text = texts.text(of: item, withAcceptance: false, withRelations: true)
            cards.append(
                Card(
                    id: card, idBoard: board, idList: lists[list(item.status)].id, name: item.title,
                    desc: TrackerText.cut(text, to: longestText, item.title, &notes), closed: item.status == .cancelled,
                    due: Due(day: item.dueOn), dueComplete: item.status == .done, pos: index + 1,
                    idLabels: own.map(\.id), labels: own, idChecklists: ids))
        }
        let marker = try ExchangeFormat.trello.marker(of: plan)
        let about = ExchangeFormat.trello.marked(plan.description.asBlock, marker)
        let file = Board(
            id: board, name: plan.title, desc: TrackerText.cut(about, to: longestText, plan.title, &notes),
            lists: lists,
            labels: labels.all, cards: cards, checklists: checklists)
        return Exported(plan.fileName("trello.json"), try ForeignJSON.pretty(file), notes: notes)
    }

    private static func list(_ status: PlanTask.Status) -> Int {
        switch status {
        case .todo, .blocked, .cancelled: 0
        case .inProgress: 1
        case .done: 2
        }
    }

    private static func names(of item: PlanFile.Item) -> [(name: String, color: String)] {
        var names: [(name: String, color: String)] = []
        switch item.priority {
        case .critical: names.append(("priority: critical", "purple"))
        case .high: names.append(("priority: high", "red"))
        case .medium: break
        case .low: names.append(("priority: low", "sky"))
        }
        if item.status == .blocked { names.append(("blocked", "red")) }
        if let milestone = item.milestone { names.append(("milestone: \(milestone)", "blue")) }
        return names + item.labels.map { ($0, "green") }
    }

    /// Each name once.
    private struct Labels {
        let board: String
        private(set) var all: [Label] = []

        init(board: String) { self.board = board }

        mutating func label(_ name: String, _ color: String) -> Label {
            if let known = all.first(where: { $0.name == name }) { return known }
            let label = Label(id: "g\(all.count + 1)", idBoard: board, name: name, color: color)
            all.append(label)
            return label
        }
    }
}
