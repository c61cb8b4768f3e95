extension Schema {
    /// What passages mean, as vectors, and the passages that wait for theirs. The numbers of both are never used again, so
    /// that whoever remembers one finds that row or none; `memory:gone` counts the vectors that went. One row says which
    /// model made them all: vectors of two models cannot be compared. `passageWord` holds the words there are, for what
    /// was misspelt.
    static let version4 = """
        CREATE TABLE embedding (
            rowid INTEGER PRIMARY KEY CHECK (rowid = 1),
            model TEXT NOT NULL,
            dimensions INTEGER NOT NULL CHECK (dimensions BETWEEN 0 AND 8192),
            excluded TEXT NOT NULL CHECK (json_valid(excluded))
        ) STRICT;

        CREATE TABLE passageVector (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            passageId INTEGER NOT NULL UNIQUE REFERENCES passage (rowid) ON DELETE CASCADE,
            vector BLOB NOT NULL
        ) STRICT;
        CREATE TRIGGER passageVectorIsGone AFTER DELETE ON passageVector
        BEGIN UPDATE counter SET value = value + 1 WHERE name = 'memory:gone'; END;

        CREATE TABLE passageWaiting (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            passageId INTEGER NOT NULL UNIQUE REFERENCES passage (rowid) ON DELETE CASCADE,
            kind TEXT NOT NULL
        ) STRICT;
        CREATE INDEX passageWaitingByKind ON passageWaiting (kind, id);
        CREATE TRIGGER passageWaits AFTER INSERT ON passage
        BEGIN INSERT INTO passageWaiting (passageId, kind) VALUES (new.rowid, new.kind); END;

        CREATE TABLE passageWord (word TEXT NOT NULL PRIMARY KEY) STRICT, WITHOUT ROWID;

        INSERT INTO counter VALUES ('memory:gone', 0);
        INSERT INTO passageWaiting (passageId, kind) SELECT rowid, kind FROM passage;

        CREATE INDEX planTaskByTime ON planTask (planId, updatedAt);
        CREATE INDEX noteByTime ON note (planId, createdAt);
        CREATE TABLE planActivity (
            planId TEXT NOT NULL PRIMARY KEY REFERENCES plan (id) ON DELETE CASCADE,
            projectId TEXT NOT NULL,
            changedAt INTEGER NOT NULL
        ) STRICT, WITHOUT ROWID;
        CREATE INDEX planActivityByProject ON planActivity (projectId, changedAt);
        CREATE INDEX planActivityByTime ON planActivity (changedAt);
        INSERT INTO planActivity \(activity) FROM plan;
        \(activityTriggers)
        """

    /// The last change in a plan: of itself, of a task, of its draft and of a note. Kept beside the plan, so that a list of
    /// thousands need not look for it; four look-ups in an index at every change.
    private static let activity = """
        SELECT plan.id, projectId, max(
            updatedAt, coalesce((SELECT max(updatedAt) FROM planTask WHERE planId = plan.id), 0),
            coalesce((SELECT updatedAt FROM planDraft WHERE planId = plan.id), 0),
            coalesce((SELECT max(createdAt) FROM note WHERE planId = plan.id), 0))
        """

    private static let activityTriggers: String = {
        func trigger(_ table: String, _ event: String, _ plans: String) -> String {
            """
            CREATE TRIGGER \(table)\(event)IsActivity AFTER \(event) ON \(table) BEGIN
                INSERT INTO planActivity \(activity) FROM plan WHERE plan.id IN (\(plans))
                ON CONFLICT (planId) DO UPDATE SET projectId = excluded.projectId, changedAt = excluded.changedAt;
            END;
            """
        }
        var triggers = [trigger("plan", "INSERT", "new.id"), trigger("plan", "UPDATE", "new.id")]
        for table in ["planTask", "planDraft", "note"] {
            triggers += [
                trigger(table, "INSERT", "new.planId"), trigger(table, "UPDATE", "new.planId, old.planId"),
                trigger(table, "DELETE", "old.planId"),
            ]
        }
        return triggers.joined(separator: "\n")
    }()
}
