/// The templates that come along, in the order they are named. Each is written as a user would write it.
enum BuiltInTemplates {
    static let texts = [
        newFeature, bugFix, refactoring, performance, security, apiIntegration, databaseMigration, testingStrategy,
        documentation, implementation,
    ]

    static let all: [PlanTemplate] = texts.map { text in
        do {
            return try PlanTemplate(markdown: text)
        } catch {
            preconditionFailure("a built-in template cannot be read: \(error)")
        }
    }
}

extension PlanTemplate {
    /// What most plans are.
    package static let feature = BuiltInTemplates.all[0]
}
