import Planning

extension Dialogue {
    /// Own templates come first, so that they are heard among many.
    func listTemplates(_ scene: Scene) -> String {
        let names = scene.templates.names
        let shown = names.prefix(Dialogue.spokenTemplates)
        let rest = names.count - shown.count
        let faults = scene.templates.faults.count
        return "There are \(Said.count(names.count, "template")): "
            + Said.list(Array(shown) + (rest > 0 ? ["\(rest) more"] : [])) + "."
            + (faults > 0
                ? " I cannot use \(Said.count(faults, "file")) of yours; aloud template list says why." : "")
            + " Say, for example: create a \(shown.first ?? "") plan called, and a title."
    }

    /// Names one must have heard to choose among.
    private static let spokenTemplates = 12
}

extension Scene {
    /// What stands in every plan that is made here.
    var templateValues: [String: String] {
        PlanTemplate.commonValues(project: project?.name ?? "", planner: origin.actor)
    }
}

extension PlanTemplate {
    /// How large a plan from it is: “a page with five questions”.
    package var extent: String {
        let size =
            switch size {
            case .note: "a note"
            case .page: "a page"
            case .full: "a full plan"
            }
        return "\(size) with \(Said.count(questionCount, "question"))"
    }
}
