import Synchronization

/// Which text is which stretch of the sound, so that what was really heard can be told.
final class SpokenLedger: Sendable {
    private struct Entry {
        let text: String
        /// Milliseconds.
        var length = 0.0
    }

    private let entries = Mutex<[Entry]>([])

    func begin(_ text: String) { entries.withLock { $0.append(Entry(text: text)) } }

    func add(milliseconds: Double) {
        entries.withLock { entries in
            guard !entries.isEmpty else { return }
            entries[entries.count - 1].length += milliseconds
        }
    }

    /// The texts of which at least half was heard in the first `milliseconds`.
    func heard(in milliseconds: Double) -> String {
        entries.withLock { entries in
            var position = 0.0
            var heard: [String] = []
            for entry in entries where entry.length > 0 {
                guard milliseconds >= position + entry.length / 2 else { break }
                heard.append(entry.text)
                position += entry.length
            }
            return heard.joined(separator: " ")
        }
    }
}
