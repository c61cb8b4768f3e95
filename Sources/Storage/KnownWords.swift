import GRDB

/// The words that passages are made of, for telling what a misspelt one was meant to be. FTS5 knows its words too, but to
/// list some of them it reads all the places where they stand.
struct KnownWords {
    /// What was written already in this transaction.
    private var written: Set<String> = []

    private static let lengths = 4...40

    /// Words that are there already stay; those of what was removed go when something is forgotten.
    mutating func add(_ passage: Passage, in database: Database) throws {
        let insert = try database.cachedStatement(sql: "INSERT OR IGNORE INTO passageWord VALUES (?)")
        for text in [passage.title, passage.text, passage.parts] {
            for word in KnownWords.words(of: text) where written.insert(word).inserted {
                try insert.execute(arguments: [word])
            }
        }
    }

    /// Makes the list again from all passages.
    static func collect(in database: Database) throws {
        try database.execute(sql: "DELETE FROM passageWord")
        var known = KnownWords()
        let rows = try Row.fetchCursor(
            database,
            sql: """
                SELECT passage.*, title, text, parts FROM passage JOIN passageText ON passageText.rowid = passage.rowid
                """)
        while let row = try rows.next() { try known.add(Passage(row: row), in: database) }
    }

    /// Runs of ASCII letters, in small letters.
    static func words(of text: String) -> [String] {
        var words: [String] = []
        var word: [UInt8] = []
        for byte in text.utf8 {
            switch byte {
            case 97...122: word.append(byte)
            case 65...90: word.append(byte + 32)
            default:
                if lengths ~= word.count { words.append(String(decoding: word, as: UTF8.self)) }
                word.removeAll(keepingCapacity: true)
            }
        }
        if lengths ~= word.count { words.append(String(decoding: word, as: UTF8.self)) }
        return words
    }
}
