import Support

/// Where something exported came from, and a hash of what was carried there: whoever finds it again knows whose it is and
/// whether it is still the same.
///
///     aloud:key=<plan>/<task> hash=<the first 12 digits of SHA-256>
package struct Marker: Hashable, Sendable {
    package let plan: String
    /// nil for the plan itself.
    package let task: String?
    package let hash: String

    package init(plan: String, task: String?, hash: String) {
        self.plan = plan
        self.task = task
        self.hash = hash
    }

    package var text: String { "aloud:key=\(plan)\(task.map { "/\($0)" } ?? "") hash=\(hash)" }

    /// An HTML comment, the first line of a body.
    package var comment: String { "<!-- \(text) -->" }

    package init?(_ text: some StringProtocol) {
        var cursor = LineCursor(text)
        guard cursor.take("aloud:key=") else { return nil }
        plan = cursor.take(while: Marker.isOfKey)
        task = cursor.take("/") ? cursor.take(while: Marker.isOfKey) : nil
        guard cursor.take(" hash=") else { return nil }
        hash = cursor.take { 0x30...0x39 ~= $0 || 0x61...0x66 ~= $0 }
        guard cursor.isAtEnd, !plan.isEmpty, task?.isEmpty != true, hash.utf8.count == 12 else { return nil }
    }

    init?(comment line: some StringProtocol) {
        var cursor = LineCursor(line)
        guard cursor.take("<!-- ") else { return nil }
        let text = cursor.text
        guard text.utf8.count > 4, text.hasSuffix(" -->") else { return nil }
        self.init(text.dropLast(4))
    }

    private static func isOfKey(_ byte: UInt8) -> Bool {
        0x30...0x39 ~= byte || 0x61...0x7A ~= byte || 0x41...0x5A ~= byte || byte == 0x2D
    }

    /// A body, and the marker that was its first line.
    static func split(_ body: String) -> (marker: Marker?, body: String) {
        let first = body.lines.first ?? ""
        guard let marker = Marker(comment: first) else { return (nil, body) }
        let end = first.endIndex
        return (marker, end < body.endIndex ? String(Substring(body.utf8[body.utf8.index(after: end)...])) : "")
    }
}

extension ExchangeFormat {
    /// The marker of each item by its key; none when the plan is none of ours.
    func markers(of plan: PlanFile) throws -> [String: Marker] {
        guard let key = plan.key else { return [:] }
        return Dictionary(
            try carried(plan).items.map {
                ($0.key, Marker(plan: key, task: $0.key, hash: try Self.hash($0)))
            }, uniquingKeysWith: { first, _ in first })
    }

    /// The marker of the whole plan.
    func marker(of plan: PlanFile) throws -> Marker? {
        guard let key = plan.key else { return nil }
        return Marker(plan: key, task: nil, hash: try Self.hash(carried(plan)))
    }

    static func hash(_ value: some Encodable) throws -> String {
        String(SHA256.hex(try JSONText.line(value)).prefix(12))
    }

    /// The item's body below its marker.
    func marked(_ body: String, _ marker: Marker?) -> String {
        [marker?.comment, body.isEmpty ? nil : body].compactMap(\.self).joined(separator: "\n")
    }
}
