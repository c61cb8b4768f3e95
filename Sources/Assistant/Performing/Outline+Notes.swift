import Planning

extension Outline {
    /// Adds the notes that wait to the section that holds them.
    mutating func takeIn(_ notes: [Note]) {
        guard !notes.isEmpty else { return }
        let lines = notes.map { "- \($0.text)" }.joined(separator: "\n")
        var section = self["Notes"] ?? Section(level: 2, heading: "Notes", text: "")
        section.text = section.text.isEmpty ? lines : section.text + "\n" + lines
        self["Notes"] = section
    }
}
