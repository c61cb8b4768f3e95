import GRDB

/// The tables as a page for those who read the database with other programs, made from the migrations themselves.
package enum SchemaReference {
    /// Markdown. Throws `StoreError` only when SQLite does.
    package static func markdown() throws -> String {
        let queue = try DatabaseQueue()
        try Schema.migrator.migrate(queue)
        let tables = try queue.read { database in
            try String.fetchAll(
                database,
                sql: """
                    SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'
                        AND name NOT LIKE 'passageText_%' AND name <> ? ORDER BY rowid
                    """, arguments: [Schema.migrationTable]
            ).map { try table($0, in: database) }
        }
        return head + tables.joined(separator: "\n")
    }

    private static let head = """
        # The database

        One SQLite file in WAL mode, found with `aloud paths`. Read it with any program while Aloud runs; write to it only with
        Aloud, which keeps an audit of every change. Times are UTC milliseconds, ids are UUIDs of version 7 (RFC 9562), lists and
        objects are JSON. It only ever moves forward: a version of Aloud that is older than the file ends with exit code 78.

        This page is made from the migrations by `aloud config schema`.


        """

    private static func table(_ name: String, in database: Database) throws -> String {
        let columns = try Row.fetchAll(database, sql: "SELECT * FROM pragma_table_info(?)", arguments: [name])
        let references = try Row.fetchAll(
            database, sql: "SELECT * FROM pragma_foreign_key_list(?)", arguments: [name]
        ).reduce(into: [String: String]()) { found, row in
            let (table, column, action): (String, String?, String) = (row["table"], row["to"], row["on_delete"])
            let how = action == "NO ACTION" ? "" : ", \(action.lowercased()) with it"
            found[row["from"]] = "\(table).\(column ?? "id")\(how)"
        }
        var text = "## \(name)\n\n\(about[name] ?? "")\n\n| column | type | default | refers to |\n|---|---|---|---|\n"
        for column in columns where column["name"] != "rowid" {
            let (title, type, isRequired): (String, String, Bool) = (column["name"], column["type"], column["notnull"])
            let standard: String? = column["dflt_value"]
            let kind = (type.isEmpty ? "text" : type.lowercased()) + (isRequired || type.isEmpty ? "" : ", may be null")
            text += "| \(title) | \(kind) | \(standard.map { "`\($0)`" } ?? "") | \(references[title] ?? "") |\n"
        }
        return text
    }

    /// What the rows of each table are.
    static let about = [
        "project": "What plans are about.",
        "counter": "Numbers that are given out once, and how far the memory has come.",
        "plan": "Living documents of a project; their text is in `planVersion` and `planDraft`.",
        "conversation": "Stretches of talk, each within four hours of the last word.",
        "focus": "What is open in a conversation.",
        "turn": "What was said, by the user or by Aloud: as it was heard, as it was used and as it was spoken.",
        "stageTiming": "How long each stage of a turn took.",
        "utterance": "The sound of spoken turns, Ogg Opus, kept for `audio.retention`.",
        "planVersion": "The states of a plan; they never change.",
        "planDraft": "The text of a plan that is not saved yet.",
        "planTask": "Tasks of a plan, numbered within it.",
        "note": "What was noted, until a version takes it in, and afterwards.",
        "engineCall": "Uses of recognisers, voices, language models and embedders.",
        "operation": "What was asked for once; undo and redo go by it.",
        "audit": "Each row that an operation changed, before and after; `seq` is the feed of changes.",
        "decision": "What was decided and learnt, numbered over the whole store.",
        "modelCall":
            "What a language model was asked and answered, beside its `engineCall`; kept for `agent.retention`.",
        "turnSource": "What an answer of the agent was made with.",
        "conversationSummary": "What conversations came to.",
        "passage": "Pieces of text that the memory finds, and where they are from.",
        "passageText": "Their words, in a full-text index (FTS5).",
        "passageVector": "What they mean, as vectors of 8-bit numbers with a scale before them.",
        "passageWaiting": "Passages that wait for their vector.",
        "passageWord": "The words there are, for what was misspelt.",
        "embedding": "Which model made the vectors, and of which kinds it is told nothing.",
        "planActivity": "When something in a plan changed last, kept by triggers.",
        "voiceState":
            "What the voice loop has learned of its user, by name, as JSON: `pauses` is how long they pause, `pace` how fast Aloud speaks, `mode` when speech is for it, `muted` whether the microphone is closed.",
    ]
}
