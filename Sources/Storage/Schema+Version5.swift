extension Schema {
    /// How many passages the memory found for the answer to a turn; those that it was made with are in `turnSource`.
    static let version5 = "ALTER TABLE turn ADD COLUMN passagesFound INTEGER CHECK (passagesFound >= 0)"
}
