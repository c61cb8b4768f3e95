import ArgumentParser
import Assistant
import Planning
import Storage
import Support

extension PlanCommand {
    struct Check: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Show what a plan still misses.",
            discussion: """
                Looked for are required sections of its template that are missing or empty, variables without a value, \
                placeholders such as TODO, TBD and “Open.”, and empty code blocks, in the draft or else in the newest \
                version. When its project has a repository, the paths and symbols that stand in backticks are looked for \
                there, without following links; what is not found is new or wrong. Ends with 2 when something is found.
                """)

        @OptionGroup var plan: PlanArgument

        @Option(help: "Hold it against this template in place of its own.")
        var template: String?

        @Flag(help: "Show a JSON array.")
        var json = false

        func run() async throws {
            try await Composition.run { composition in
                let store = composition.store
                let plan = try await plan.find(in: store)
                let draft = try await store.draft(of: plan.id)?.content
                let saved = try await store.version(plan.latestVersion, of: plan.id)?.content
                let document = Outline(markdown: draft ?? saved ?? "")
                let template = try template(
                    of: plan, document, TemplateFolder(composition.loaded.locations.templatesFolder).read())
                let findings = template.findings(in: document) + (try await absences(plan, document, store))
                if json {
                    try Terminal.showJSON(findings)
                } else {
                    for finding in findings {
                        Terminal.show("\(finding.section): \(finding.problem); \(finding.remedy)")
                    }
                    if findings.isEmpty {
                        Terminal.show("\(plan.title) misses nothing of the template \(template.name).")
                    }
                }
                guard findings.isEmpty else { throw ExitCode(ExitStatus.problemsFound.rawValue) }
            }
        }

        /// What the plan names and its project's repository does not hold.
        private func absences(_ plan: Plan, _ document: Outline, _ store: Store) async throws -> [TemplateFinding] {
            guard let repository = try await store.project(plan.projectId)?.repositoryPath else { return [] }
            let result = await RepositoryCheck(repository).result(for: document)
            if let shortfall = result.shortfall { Terminal.complain(shortfall) }
            return result.absent.map { reference in
                TemplateFinding(
                    kind: .notFound, section: reference.section,
                    problem: "the \(reference.kind.rawValue) `\(reference.name)` is not in \(repository)",
                    remedy: "check its spelling, or say that it is new")
            }
        }

        /// Of a template that is gone nothing is required any more; what nobody should leave in a plan is found all the same.
        private func template(
            of plan: Plan, _ document: Outline, _ templates: TemplateSet
        ) throws -> PlanTemplate {
            if let template { return try templates.find(template) }
            if let name = plan.template, templates[name] == nil {
                Terminal.complain("the template \(name) is gone; only what stands in the plan is looked at")
            }
            return templates.template(of: plan, text: document)
        }
    }
}
