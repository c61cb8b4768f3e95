import GRDB

/// The migrations, oldest first. A landed one is never changed; integrity is the schema's work.
enum Schema {
    static var migrator: DatabaseMigrator {
        var migrator = DatabaseMigrator()
        migrator.registerMigration("1") { database in
            try database.execute(sql: version1)
        }
        migrator.registerMigration("2") { database in
            try database.execute(sql: version2)
        }
        migrator.registerMigration("3") { database in
            try database.execute(sql: version3)
        }
        migrator.registerMigration("4") { database in
            try database.execute(sql: version4)
            try KnownWords.collect(in: database)
        }
        migrator.registerMigration("5") { database in
            try database.execute(sql: version5)
        }
        migrator.registerMigration("6") { database in
            try database.execute(sql: version6)
        }
        return migrator
    }

    /// Throws `StoreError.notADatabase` unless the database is Aloud's or has nothing in it yet.
    static func check(_ database: Database, path: String) throws {
        let tables = try Set(String.fetchAll(database, sql: "SELECT name FROM sqlite_master WHERE type = 'table'"))
        let mark = try Int.fetchOne(database, sql: "PRAGMA application_id") ?? 0
        // The migrator's own table is there a moment before the first migration.
        if mark == 0, tables.isSubset(of: [migrationTable]) { return }
        guard tables.isSuperset(of: [migrationTable, "planVersion", "operation", "audit"]) else {
            throw StoreError.notADatabase(path: path)
        }
    }

    static let migrationTable = "grdb_migrations"

    /// Times are UTC milliseconds. Entity tables have a UUIDv7 beside the rowid that SQLite works with.
    private static let version1 = """
        CREATE TABLE project (
            rowid INTEGER PRIMARY KEY,
            id TEXT NOT NULL UNIQUE CHECK (length(id) = 36),
            name TEXT NOT NULL COLLATE NOCASE UNIQUE CHECK (length(trim(name)) BETWEEN 1 AND 200),
            description TEXT NOT NULL DEFAULT '',
            status TEXT NOT NULL CHECK (status IN ('active', 'paused', 'completed', 'archived')),
            tags TEXT NOT NULL DEFAULT '[]' CHECK (json_valid(tags)),
            repositoryPath TEXT,
            createdAt INTEGER NOT NULL,
            updatedAt INTEGER NOT NULL
        ) STRICT;
        CREATE INDEX projectByStatus ON project (status, updatedAt);

        CREATE TABLE counter (name TEXT NOT NULL PRIMARY KEY, value INTEGER NOT NULL) STRICT, WITHOUT ROWID;
        INSERT INTO counter VALUES ('plan', 0);

        CREATE TABLE plan (
            rowid INTEGER PRIMARY KEY,
            id TEXT NOT NULL UNIQUE CHECK (length(id) = 36),
            number INTEGER NOT NULL UNIQUE CHECK (number > 0),
            projectId TEXT NOT NULL REFERENCES project (id),
            title TEXT NOT NULL COLLATE NOCASE CHECK (length(trim(title)) BETWEEN 1 AND 200),
            description TEXT NOT NULL DEFAULT '',
            status TEXT NOT NULL CHECK (status IN ('draft', 'approved', 'in_progress', 'completed', 'archived')),
            metadata TEXT NOT NULL DEFAULT '{}' CHECK (json_valid(metadata)),
            latestVersion INTEGER NOT NULL DEFAULT 0 CHECK (latestVersion >= 0),
            createdAt INTEGER NOT NULL,
            updatedAt INTEGER NOT NULL,
            UNIQUE (projectId, title)
        ) STRICT;

        CREATE TABLE conversation (
            rowid INTEGER PRIMARY KEY,
            id TEXT NOT NULL UNIQUE CHECK (length(id) = 36),
            startedAt INTEGER NOT NULL,
            lastActiveAt INTEGER NOT NULL CHECK (lastActiveAt >= startedAt)
        ) STRICT;
        CREATE INDEX conversationByActivity ON conversation (lastActiveAt);

        CREATE TABLE focus (
            rowid INTEGER PRIMARY KEY,
            conversationId TEXT NOT NULL UNIQUE REFERENCES conversation (id) ON DELETE CASCADE,
            projectId TEXT REFERENCES project (id),
            planId TEXT REFERENCES plan (id)
        ) STRICT;

        CREATE TABLE turn (
            rowid INTEGER PRIMARY KEY,
            id TEXT NOT NULL UNIQUE CHECK (length(id) = 36),
            conversationId TEXT NOT NULL REFERENCES conversation (id) ON DELETE CASCADE,
            role TEXT NOT NULL CHECK (role IN ('user', 'assistant')),
            modality TEXT NOT NULL CHECK (modality IN ('voice', 'text')),
            surface TEXT NOT NULL CHECK (surface IN ('voice', 'socket', 'cli', 'http', 'web', 'mcp')),
            heard TEXT NOT NULL,
            used TEXT NOT NULL,
            spoken TEXT,
            tier TEXT CHECK (tier IN ('exact', 'fuzzy', 'agent', 'answer')),
            command TEXT,
            slots TEXT CHECK (slots IS NULL OR json_valid(slots)),
            createdAt INTEGER NOT NULL
        ) STRICT;
        CREATE INDEX turnByConversation ON turn (conversationId, rowid);
        CREATE INDEX turnByTime ON turn (createdAt);

        CREATE TABLE stageTiming (
            rowid INTEGER PRIMARY KEY,
            turnId TEXT NOT NULL REFERENCES turn (id) ON DELETE CASCADE,
            stage TEXT NOT NULL,
            milliseconds REAL NOT NULL CHECK (milliseconds >= 0)
        ) STRICT;
        CREATE INDEX stageTimingByTurn ON stageTiming (turnId);
        CREATE INDEX stageTimingByStage ON stageTiming (stage, milliseconds);

        CREATE TABLE utterance (
            rowid INTEGER PRIMARY KEY,
            turnId TEXT NOT NULL UNIQUE REFERENCES turn (id) ON DELETE CASCADE,
            opus BLOB NOT NULL,
            milliseconds INTEGER NOT NULL CHECK (milliseconds >= 0),
            createdAt INTEGER NOT NULL
        ) STRICT;
        CREATE INDEX utteranceByTime ON utterance (createdAt);

        CREATE TABLE planVersion (
            rowid INTEGER PRIMARY KEY,
            id TEXT NOT NULL UNIQUE CHECK (length(id) = 36),
            planId TEXT NOT NULL REFERENCES plan (id),
            number INTEGER NOT NULL CHECK (number > 0),
            content TEXT NOT NULL,
            changeSummary TEXT NOT NULL,
            author TEXT NOT NULL,
            surface TEXT NOT NULL,
            conversationId TEXT REFERENCES conversation (id) ON DELETE SET NULL,
            createdAt INTEGER NOT NULL,
            UNIQUE (planId, number)
        ) STRICT;
        CREATE TRIGGER planVersionIsImmutable BEFORE UPDATE OF planId, number, content, createdAt ON planVersion
        BEGIN SELECT RAISE(ABORT, 'a plan version never changes'); END;

        CREATE TABLE planDraft (
            rowid INTEGER PRIMARY KEY,
            planId TEXT NOT NULL UNIQUE REFERENCES plan (id),
            content TEXT NOT NULL,
            baseVersion INTEGER NOT NULL CHECK (baseVersion >= 0),
            askedSection TEXT,
            updatedAt INTEGER NOT NULL
        ) STRICT;

        CREATE TABLE planTask (
            rowid INTEGER PRIMARY KEY,
            id TEXT NOT NULL UNIQUE CHECK (length(id) = 36),
            planId TEXT NOT NULL REFERENCES plan (id),
            number INTEGER NOT NULL CHECK (number > 0),
            title TEXT NOT NULL CHECK (length(trim(title)) BETWEEN 1 AND 500),
            description TEXT NOT NULL DEFAULT '',
            status TEXT NOT NULL CHECK (status IN ('todo', 'in_progress', 'blocked', 'done', 'cancelled')),
            priority TEXT NOT NULL CHECK (priority IN ('low', 'medium', 'high', 'critical')),
            estimateMinutes INTEGER CHECK (estimateMinutes > 0),
            dependsOn TEXT NOT NULL DEFAULT '[]' CHECK (json_valid(dependsOn)),
            assignee TEXT,
            evidence TEXT,
            turnId TEXT REFERENCES turn (id) ON DELETE SET NULL,
            createdAt INTEGER NOT NULL,
            updatedAt INTEGER NOT NULL,
            UNIQUE (planId, number)
        ) STRICT;

        CREATE TABLE note (
            rowid INTEGER PRIMARY KEY,
            id TEXT NOT NULL UNIQUE CHECK (length(id) = 36),
            projectId TEXT REFERENCES project (id),
            planId TEXT REFERENCES plan (id),
            turnId TEXT REFERENCES turn (id) ON DELETE SET NULL,
            text TEXT NOT NULL CHECK (length(trim(text)) > 0),
            foldedInto INTEGER NOT NULL DEFAULT 0,
            createdAt INTEGER NOT NULL
        ) STRICT;
        CREATE INDEX noteByPlan ON note (planId, foldedInto);

        CREATE TABLE engineCall (
            rowid INTEGER PRIMARY KEY,
            id TEXT NOT NULL UNIQUE CHECK (length(id) = 36),
            turnId TEXT REFERENCES turn (id) ON DELETE CASCADE,
            kind TEXT NOT NULL CHECK (kind IN ('transcribe', 'synthesize', 'chat', 'embed', 'wake')),
            engine TEXT NOT NULL,
            host TEXT,
            startedAt INTEGER NOT NULL,
            milliseconds REAL NOT NULL CHECK (milliseconds >= 0),
            outcome TEXT NOT NULL,
            detail TEXT
        ) STRICT;
        CREATE INDEX engineCallByTurn ON engineCall (turnId);
        CREATE INDEX engineCallByTime ON engineCall (startedAt);

        -- One row for what was asked for once; undo and redo go by it.
        CREATE TABLE operation (
            rowid INTEGER PRIMARY KEY,
            id TEXT NOT NULL UNIQUE CHECK (length(id) = 36),
            kind TEXT NOT NULL CHECK (kind IN ('do', 'undo', 'redo')),
            summary TEXT NOT NULL,
            conversationId TEXT REFERENCES conversation (id) ON DELETE SET NULL,
            reverses TEXT REFERENCES operation (id),
            undoneBy TEXT REFERENCES operation (id),
            createdAt INTEGER NOT NULL
        ) STRICT;
        CREATE INDEX operationByConversation ON operation (conversationId, rowid);

        CREATE TABLE audit (
            seq INTEGER PRIMARY KEY AUTOINCREMENT,
            operationId TEXT NOT NULL REFERENCES operation (id),
            actor TEXT NOT NULL,
            surface TEXT NOT NULL,
            conversationId TEXT,
            turnId TEXT,
            entity TEXT NOT NULL,
            entityId TEXT NOT NULL,
            before TEXT CHECK (before IS NULL OR json_valid(before)),
            after TEXT CHECK (after IS NULL OR json_valid(after)),
            createdAt INTEGER NOT NULL,
            CHECK (before IS NOT NULL OR after IS NOT NULL)
        ) STRICT;
        CREATE INDEX auditByOperation ON audit (operationId, seq);
        CREATE INDEX auditByEntity ON audit (entityId, seq);
        """

    /// Tasks with everything that trackers know of theirs; which template a plan is made from, by name, since a user's may
    /// change or go; what can be found, as pieces of text with where they came from and an index over their words, which are
    /// compared by their English stem and without accents (`parts` holds the parts of names such as PlanStore); and “Alou”
    /// as the mark of the file, which file(1) shows. `date()` gives a day back as it is only when there is such a day.
    private static let version2 = """
        ALTER TABLE planTask ADD COLUMN labels TEXT NOT NULL DEFAULT '[]' CHECK (json_valid(labels));
        ALTER TABLE planTask ADD COLUMN acceptance TEXT NOT NULL DEFAULT '[]' CHECK (json_valid(acceptance));
        ALTER TABLE planTask ADD COLUMN milestone TEXT;
        ALTER TABLE planTask ADD COLUMN dueOn TEXT CHECK (dueOn IS date(dueOn));
        ALTER TABLE planTask ADD COLUMN actualMinutes INTEGER CHECK (actualMinutes > 0);
        ALTER TABLE planTask ADD COLUMN parent INTEGER CHECK (parent <> number);
        ALTER TABLE planTask ADD COLUMN links TEXT NOT NULL DEFAULT '[]' CHECK (json_valid(links));
        ALTER TABLE planTask ADD COLUMN startedAt INTEGER;
        ALTER TABLE planTask ADD COLUMN completedAt INTEGER;
        CREATE INDEX planTaskByDueDay ON planTask (dueOn) WHERE dueOn IS NOT NULL;

        ALTER TABLE plan ADD COLUMN template TEXT;

        CREATE TABLE passage (
            rowid INTEGER PRIMARY KEY,
            kind TEXT NOT NULL CHECK (kind IN ('project', 'section', 'task', 'note', 'turn')),
            source TEXT NOT NULL,
            projectId TEXT,
            planId TEXT,
            conversationId TEXT,
            createdAt INTEGER NOT NULL
        ) STRICT;
        CREATE INDEX passageBySource ON passage (source);
        CREATE VIRTUAL TABLE passageText USING fts5 (
            title, text, parts, tokenize = 'porter unicode61 remove_diacritics 2');
        INSERT INTO counter VALUES ('memory:audit', 0), ('memory:turn', 0);

        PRAGMA application_id = 1097625461;
        """
}
