import GRDB
import Planning
import Support

extension Change {
    package func addDecision(
        _ text: String, kind: Decision.Kind = .decision, status: Decision.Status = .accepted, project: Project.ID?,
        plan: Plan.ID? = nil
    ) throws -> Decision {
        guard status != .superseded else {
            throw StoreError.refused(reason: "a decision is superseded by another one, which must be there first")
        }
        let decision = Decision(
            number: try nextDecisionNumber(), kind: kind, text: try KeptText.decision(text), status: status,
            projectId: project, planId: plan, turnId: origin.turnId, at: moment)
        try audited(.decision, decision.id.rawValue) { try decision.insert(database) }
        return decision
    }

    /// Accepts it, rejects it, or proposes it anew. It is superseded no more.
    @discardableResult
    package func setDecision(_ number: Int, _ status: Decision.Status) throws -> Decision {
        guard status != .superseded else {
            throw StoreError.refused(reason: "say which decision stands in the place of decision \(number)")
        }
        return try updateDecision(number) {
            $0.status = status
            $0.supersededBy = nil
        }
    }

    /// Puts `other` in the place of a decision. Throws when they belong to different projects, or when `other` is itself
    /// superseded, by way of others, by this one.
    @discardableResult
    package func supersedeDecision(_ number: Int, by other: Int) throws -> Decision {
        let (old, new) = (try decision(number), try decision(other))
        guard old.projectId == new.projectId else {
            throw StoreError.refused(reason: "decisions \(number) and \(other) belong to different projects")
        }
        var next: Int? = other
        while let current = next {
            guard current != number else {
                throw StoreError.refused(reason: "a decision cannot stand in its own place: \(number) and \(other)")
            }
            next = try decision(current).supersededBy
        }
        return try updateDecision(number) {
            $0.status = .superseded
            $0.supersededBy = other
        }
    }

    private func updateDecision(_ number: Int, _ edit: (inout Decision) -> Void) throws -> Decision {
        let before = try decision(number)
        var changed = before
        edit(&changed)
        changed.updatedAt = moment
        try audited(.decision, changed.id.rawValue) { try update(before, to: changed) }
        return changed
    }

    package func decision(_ number: Int) throws -> Decision {
        guard let decision = try Decision.first(where: "number = ?", [number], in: database) else {
            throw StoreError.missing(kind: "decision", id: String(number))
        }
        return decision
    }

    /// Not audited, so that an undo does not give a number out twice.
    private func nextDecisionNumber() throws -> Int {
        try database.value("UPDATE counter SET value = value + 1 WHERE name = 'decision' RETURNING value") ?? 1
    }
}

extension KeptText {
    /// Unicode scalars.
    package static let longestDecision = 2000

    fileprivate static func decision(_ text: String) throws(StoreError) -> String {
        let text = CleanText.block(text)
        guard !CleanText.line(text).isEmpty, text.unicodeScalars.count <= longestDecision else {
            throw .refused(reason: "a decision has 1 to \(longestDecision) characters")
        }
        return text
    }
}

extension Store {
    /// The newest first. Without a status those that are superseded or rejected are there too.
    package func decisions(
        of project: Project.ID? = nil, kind: Decision.Kind? = nil, status: Decision.Status? = nil, limit: Int = 100
    ) async throws -> [Decision] {
        try await read { database in
            var all = Decision.order(Column("number").desc).limit(limit)
            if let project { all = all.filter(Column("projectId") == project) }
            if let kind { all = all.filter(Column("kind") == kind.rawValue) }
            if let status { all = all.filter(Column("status") == status.rawValue) }
            return try all.fetchAll(database)
        }
    }

    package func decision(_ number: Int) async throws -> Decision? {
        try await read { try Decision.filter(Column("number") == number).fetchOne($0) }
    }
}
