import Planning

/// Tasks as a table with one row for each, for spreadsheets; `CSVText` says how cells are written.
///
/// Carries everything of the tasks, and nothing of the plan. Lists stand line by line in their cell; tasks are named by their
/// numbers. On import only the column Title must be there, columns may stand in any order, and unknown ones are passed
/// over with a note.
enum CSVPlan {
    enum Column: String, CaseIterable {
        case number = "Number"
        case title = "Title"
        case status = "Status"
        case priority = "Priority"
        case estimate = "Estimate Minutes"
        case actual = "Actual Minutes"
        case assignee = "Assignee"
        case labels = "Labels"
        case milestone = "Milestone"
        case due = "Due"
        case parent = "Parent"
        case dependsOn = "Depends On"
        case related = "Related"
        case discoveredFrom = "Discovered From"
        case acceptance = "Acceptance"
        case description = "Description"
        case evidence = "Evidence"
        case created = "Created"
        case started = "Started"
        case completed = "Completed"
        case marker = "Aloud"
    }

    static func write(_ plan: PlanFile) throws -> Exported {
        let markers = try ExchangeFormat.csv.markers(of: plan)
        let items = ExchangeFormat.csv.carried(plan).items
        let numbers = Dictionary(
            plan.items.map { ($0.key, $0.number.map(String.init) ?? $0.key) }, uniquingKeysWith: { first, _ in first })
        let rows = items.map { item in
            Column.allCases.map { $0.cell(of: item, numbers, markers[item.key]) }
        }
        return Exported(plan.fileName("csv"), CSVText.write([Column.allCases.map(\.rawValue)] + rows))
    }

    static func narrow(_ plan: inout PlanFile) {
        for index in plan.items.indices {
            plan.items[index].body = plan.items[index].body.withLineFeeds
            plan.items[index].evidence = plan.items[index].evidence?.withLineFeeds
            plan.items[index].sortLinks()
        }
    }

    static func read(_ source: ImportSource) throws -> Imported {
        let text = try SourceText(source.single(.csv))
        let rows = try CSVText.read(text.text, text.file)
        guard let header = rows.first else {
            throw InterchangeError(text.file, "it is empty; a row of names is expected")
        }
        var notes: [String] = []
        let columns = header.cells.map { name in
            let column = Column.allCases.first { $0.rawValue.lowercased() == name.lowercased() }
            if column == nil { notes.append("the column “\(name.prefix(60))” was passed over") }
            return column
        }
        guard columns.contains(.title) else {
            throw InterchangeError(
                text.file, line: header.line, "there is no column Title; the first row names the columns")
        }
        var plan = PlanFile(title: source.name)
        var markers: [String: Marker] = [:]
        for row in rows.dropFirst() {
            guard row.cells.count <= columns.count else {
                throw InterchangeError(
                    text.file, line: row.line, "it has \(row.cells.count) cells, and there are \(columns.count) columns"
                )
            }
            var item = PlanFile.Item(key: "line \(row.line)", title: "")
            var marker: Marker?
            for (column, cell) in zip(columns, row.cells) where !cell.isEmpty {
                guard let column else { continue }
                if column == .marker { marker = Marker(cell) }
                guard column.read(cell, into: &item) else {
                    throw InterchangeError(text.file, line: row.line, "\(column.rawValue) is \(column.expects)")
                }
            }
            guard !item.title.isBlank else { throw InterchangeError(text.file, line: row.line, "Title is empty") }
            if let number = item.number { item.key = String(number) }
            plan.key = plan.key ?? marker?.plan
            markers[item.key] = marker
            plan.items.append(item)
        }
        return Imported(plan: plan, notes: notes, markers: markers)
    }
}

extension CSVPlan.Column {
    fileprivate func cell(of item: PlanFile.Item, _ names: [String: String], _ marker: Marker?) -> String {
        func list(_ keys: [String]) -> String { keys.compactMap { names[$0] }.joined(separator: " ") }
        func links(_ kind: PlanTask.Link.Kind) -> String { list(item.links.filter { $0.kind == kind }.map(\.key)) }
        return switch self {
        case .number: item.number.map(String.init) ?? ""
        case .title: item.title
        case .status: item.status.rawValue
        case .priority: item.priority.rawValue
        case .estimate: item.estimateMinutes.map(String.init) ?? ""
        case .actual: item.actualMinutes.map(String.init) ?? ""
        case .assignee: item.assignee ?? ""
        case .labels: item.labels.joined(separator: "\n")
        case .milestone: item.milestone ?? ""
        case .due: item.dueOn?.description ?? ""
        case .parent: item.parent.map { list([$0]) } ?? ""
        case .dependsOn: list(item.dependsOn)
        case .related: links(.related)
        case .discoveredFrom: links(.discoveredFrom)
        case .acceptance: CheckLines.write(item.acceptance, bullet: "")
        case .description: item.body
        case .evidence: item.evidence ?? ""
        case .created: item.createdAt?.description ?? ""
        case .started: item.startedAt?.description ?? ""
        case .completed: item.completedAt?.description ?? ""
        case .marker: marker?.text ?? ""
        }
    }

    /// Whether the cell is what is expected.
    fileprivate func read(_ cell: String, into item: inout PlanFile.Item) -> Bool {
        func put<Value>(_ path: WritableKeyPath<PlanFile.Item, Value?>, _ value: Value?) -> Bool {
            item[keyPath: path] = value
            return value != nil
        }
        switch self {
        case .number: return put(\.number, Int(cell).flatMap { $0 > 0 ? $0 : nil })
        case .title: item.title = cell
        case .status:
            guard let status = PlanTask.Status(rawValue: cell.lowercased()) else { return false }
            item.status = status
        case .priority:
            guard let priority = Priority(rawValue: cell.lowercased()) else { return false }
            item.priority = priority
        case .estimate: return put(\.estimateMinutes, Int(cell))
        case .actual: return put(\.actualMinutes, Int(cell))
        case .assignee: item.assignee = cell
        case .labels: item.labels = cell.lines.map { String($0) }
        case .milestone: item.milestone = cell
        case .due: return put(\.dueOn, Day(cell))
        case .parent: item.parent = cell
        case .dependsOn: item.dependsOn = words(cell)
        case .related: item.links += words(cell).map { .init(.related, $0) }
        case .discoveredFrom: item.links += words(cell).map { .init(.discoveredFrom, $0) }
        case .acceptance: item.acceptance = CheckLines.read(cell)
        case .description: item.body = cell
        case .evidence: item.evidence = cell
        case .created: return put(\.createdAt, Timestamp(cell))
        case .started: return put(\.startedAt, Timestamp(cell))
        case .completed: return put(\.completedAt, Timestamp(cell))
        case .marker: return true
        }
        return true
    }

    private func words(_ cell: String) -> [String] {
        cell.split { $0 == " " || $0 == "," || $0 == "\n" }.map { String($0) }
    }

    fileprivate var expects: String {
        switch self {
        case .status: "one of " + PlanTask.Status.allCases.map(\.rawValue).joined(separator: ", ")
        case .priority: "one of " + Priority.allCases.map(\.rawValue).joined(separator: ", ")
        case .number, .estimate, .actual: "a whole number"
        case .due: "a day such as 2027-03-01"
        case .created, .started, .completed: "a time such as 2027-03-01T09:30:00Z"
        default: "text"
        }
    }
}
