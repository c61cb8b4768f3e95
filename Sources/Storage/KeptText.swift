import Support

/// The rules that names have beyond those of the schema, with words for whoever broke them.
package enum KeptText {
    /// Unicode scalars, as SQLite counts them.
    package static let longestName = 200
    package static let longestTaskTitle = 500

    /// The name as it is kept; throws `StoreError.refused` when nothing of it is left or it is too long.
    static func name(_ text: String, _ what: String, atMost limit: Int) throws(StoreError) -> String {
        let name = CleanText.line(text)
        guard !name.isEmpty, name.unicodeScalars.count <= limit else {
            throw .refused(reason: "\(what) has 1 to \(limit) characters")
        }
        return name
    }
}
