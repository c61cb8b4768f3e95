import GRDB

/// The tables whose changes the audit keeps, each with the column that names a row.
enum AuditedTable: String {
    case project, plan, planVersion, planDraft, planTask, note, decision, focus

    var key: String {
        switch self {
        case .planDraft: "planId"
        case .focus: "conversationId"
        default: "id"
        }
    }

    /// JSON of the row, nil when there is none. SQLite makes it, so that the same row always gives the same text.
    func image(of key: String, in database: Database) throws -> String? {
        try image(of: key, columns: columns(in: database), in: database)
    }

    /// Whether the row still is what `image` says. Columns that came with a later schema say nothing about it.
    func matches(_ image: String?, key: String, in database: Database) throws -> Bool {
        guard let image else { return try self.image(of: key, in: database) == nil }
        return try self.image(of: key, columns: columns(of: image, in: database), in: database) == image
    }

    private func image(of key: String, columns: [String], in database: Database) throws -> String? {
        let pairs = columns.map { "'\($0)', \($0)" }.joined(separator: ", ")
        return try database.value("SELECT json_object(\(pairs)) FROM \(rawValue) WHERE \(self.key) = ?", [key])
    }

    /// Makes the row what `image` says; nil removes it.
    func restore(_ image: String?, key: String, in database: Database) throws {
        let exists = try self.image(of: key, in: database) != nil
        guard let image else {
            try database.run("DELETE FROM \(rawValue) WHERE \(self.key) = ?", [key])
            return
        }
        let columns = try columns(of: image, in: database)
        if exists {
            let changed = columns.map { "\($0) = json_extract(:image, '$.\($0)')" }.joined(separator: ", ")
            try database.run(
                "UPDATE \(rawValue) SET \(changed) WHERE \(self.key) = :key", ["image": image, "key": key])
        } else {
            let values = columns.map { "json_extract(:image, '$.\($0)')" }.joined(separator: ", ")
            try database.run(
                "INSERT INTO \(rawValue) (\(columns.joined(separator: ", "))) VALUES (\(values))", ["image": image])
        }
    }

    /// The image as a row; a column that the image does not know is null.
    func row(of image: String, in database: Database) throws -> Row? {
        let columns = try columns(in: database).map { "json_extract(:image, '$.\($0)') AS \($0)" }
        return try Row.fetchOne(
            database, sql: "SELECT \(columns.joined(separator: ", "))", arguments: ["image": image])
    }

    /// The columns that an image knows, of those there are: an older one knows fewer.
    private func columns(of image: String, in database: Database) throws -> [String] {
        let known = try Set(columns(in: database))
        return try String.fetchAll(
            database.cachedStatement(sql: "SELECT key FROM json_each(?)"), arguments: [image]
        ).filter(known.contains)
    }

    private func columns(in database: Database) throws -> [String] {
        try database.columns(in: rawValue).map(\.name).filter { $0 != "rowid" }
    }
}
