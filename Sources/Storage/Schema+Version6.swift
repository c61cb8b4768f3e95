extension Schema {
    /// What the voice loop has learned of its user and must know again after a restart, such as how long they pause.
    static let version6 = """
        CREATE TABLE voiceState (
            name TEXT NOT NULL PRIMARY KEY,
            value TEXT NOT NULL CHECK (json_valid(value)),
            changedAt INTEGER NOT NULL
        ) STRICT, WITHOUT ROWID;
        """
}
