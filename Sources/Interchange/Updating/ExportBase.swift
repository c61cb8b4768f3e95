import Planning

/// The state of a plan that a file was exported from: found again, amongst the states that the plan was in, by the hashes of
/// the file's markers.
package struct ExportBase: Sendable {
    private let format: ExchangeFormat
    private let wanted: Set<Marker>
    /// The state that all markers are of, else the newest that the marker of the plan is of.
    package private(set) var plan: PlanFile?
    /// Tasks whose marker is of another state than the plan's, as the format carries them, by their keys.
    private(set) var items: [String: PlanFile.Item] = [:]
    private var isWhole = false

    /// - Parameter key: The id of the plan; markers of other plans say nothing.
    package init(of imported: Imported, _ key: String, _ format: ExchangeFormat) {
        self.format = format
        wanted = Set(imported.markers.values.filter { $0.plan == key && $0.task != nil })
            .union(imported.marker.flatMap { $0.plan == key ? [$0] : nil } ?? [])
    }

    /// Whether nothing says any more what the file was exported from.
    package var isUnknown: Bool { plan == nil && items.isEmpty }

    /// Compares with a state of the plan, the newest first. Whether an older one may say more.
    package mutating func look(at state: PlanFile) throws -> Bool {
        guard !wanted.isEmpty, !isWhole else { return false }
        let carried = format.carried(state)
        let byKey = Dictionary(carried.items.map { ($0.key, $0) }, uniquingKeysWith: { first, _ in first })
        let whole = try wanted.contains { $0.task == nil } ? format.marker(of: state)?.hash : nil
        let hashes = try wanted.contains { $0.task != nil } ? format.markers(of: state).mapValues(\.hash) : [:]
        var count = 0
        for marker in wanted {
            guard let task = marker.task else {
                guard marker.hash == whole else { continue }
                count += 1
                plan = plan ?? state
                continue
            }
            guard marker.hash == hashes[task] else { continue }
            count += 1
            items[task] = items[task] ?? byKey[task]
        }
        guard count == wanted.count else { return true }
        isWhole = true
        plan = state
        items = [:]
        return false
    }

    /// What the format carried of the plan then.
    var carried: PlanFile? { plan.map(format.carried) }
}
