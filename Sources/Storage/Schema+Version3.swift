extension Schema {
    /// What was decided and learnt; what language models were asked, beside the engine calls; what an answer was made with;
    /// and what a conversation came to. Words of these are removed with the turns and projects that they come from.
    static let version3 = """
        CREATE TABLE decision (
            rowid INTEGER PRIMARY KEY,
            id TEXT NOT NULL UNIQUE CHECK (length(id) = 36),
            number INTEGER NOT NULL UNIQUE CHECK (number > 0),
            kind TEXT NOT NULL CHECK (kind IN ('decision', 'lesson')),
            text TEXT NOT NULL CHECK (length(trim(text)) > 0),
            status TEXT NOT NULL CHECK (status IN ('proposed', 'accepted', 'rejected', 'superseded')),
            projectId TEXT REFERENCES project (id),
            planId TEXT REFERENCES plan (id),
            turnId TEXT REFERENCES turn (id) ON DELETE SET NULL,
            supersededBy INTEGER REFERENCES decision (number) CHECK (supersededBy <> number),
            createdAt INTEGER NOT NULL,
            updatedAt INTEGER NOT NULL,
            CHECK ((status = 'superseded') = (supersededBy IS NOT NULL))
        ) STRICT;
        CREATE INDEX decisionByProject ON decision (projectId, number);
        INSERT INTO counter VALUES ('decision', 0);

        CREATE TABLE modelCall (
            rowid INTEGER PRIMARY KEY,
            callId TEXT NOT NULL UNIQUE REFERENCES engineCall (id) ON DELETE CASCADE,
            purpose TEXT NOT NULL,
            model TEXT NOT NULL,
            prompt TEXT NOT NULL CHECK (length(prompt) <= 300000),
            response TEXT NOT NULL CHECK (length(response) <= 300000),
            promptHash TEXT NOT NULL CHECK (length(promptHash) = 64),
            estimatedTokens INTEGER NOT NULL CHECK (estimatedTokens >= 0),
            promptTokens INTEGER CHECK (promptTokens >= 0),
            completionTokens INTEGER CHECK (completionTokens >= 0),
            costMicros INTEGER CHECK (costMicros >= 0),
            createdAt INTEGER NOT NULL
        ) STRICT;
        CREATE INDEX modelCallByTime ON modelCall (createdAt);
        CREATE INDEX modelCallByModel ON modelCall (model, rowid);

        CREATE TABLE turnSource (
            rowid INTEGER PRIMARY KEY,
            turnId TEXT NOT NULL REFERENCES turn (id) ON DELETE CASCADE,
            kind TEXT NOT NULL,
            source TEXT NOT NULL,
            projectId TEXT,
            title TEXT NOT NULL,
            tokens INTEGER NOT NULL CHECK (tokens >= 0),
            isCut INTEGER NOT NULL CHECK (isCut IN (0, 1))
        ) STRICT;
        CREATE INDEX turnSourceByTurn ON turnSource (turnId);

        CREATE TABLE conversationSummary (
            rowid INTEGER PRIMARY KEY,
            conversationId TEXT NOT NULL UNIQUE REFERENCES conversation (id) ON DELETE CASCADE,
            text TEXT NOT NULL,
            model TEXT NOT NULL,
            createdAt INTEGER NOT NULL
        ) STRICT;
        """
}
