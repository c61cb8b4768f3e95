import Assistant
import Planning
import Support

extension Examination {
    /// A template that cannot be read keeps nobody from planning.
    func templates(_ locations: Locations) -> Check {
        let folder = locations.templatesFolder
        let templates = TemplateFolder(folder).read()
        let own = templates.entries.count { $0.file != nil }
        guard let fault = templates.faults.first else {
            return Check(
                "templates", "templates", .ok,
                own == 0 ? "the built-in ones (none in \(folder))" : "\(own) in \(folder)")
        }
        let rest = templates.faults.count - 1
        return Check(
            "templates", "templates", .warn, "\(fault)" + (rest > 0 ? ", and \(rest) more" : ""),
            fix: "mend it; aloud template list names each one")
    }
}
