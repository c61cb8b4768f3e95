/// The names that exist right now: what a speaker may refer to, in the order they are most likely meant.
package struct LiveNames: Equatable, Sendable {
    package var projects: [String]
    package var plans: [String]
    /// Titles of the open plan's tasks, by their number.
    package var tasks: [Int: String]
    /// The highest version number of the open plan.
    package var versions: Int
    /// The headings of the open plan's sections.
    package var sections: [String]
    /// The names of the templates that a plan can be made from.
    package var templates: [String]
    package var openProject: String?
    package var openPlan: String?

    package init(
        projects: [String] = [], plans: [String] = [], tasks: [Int: String] = [:], versions: Int = 0,
        sections: [String] = [], templates: [String] = [], openProject: String? = nil, openPlan: String? = nil
    ) {
        self.projects = projects
        self.plans = plans
        self.tasks = tasks
        self.versions = versions
        self.sections = sections
        self.templates = templates
        self.openProject = openProject
        self.openPlan = openPlan
    }
}

/// What the recogniser should expect: the sayable phrases and the names alive in them.
package struct ExpectedSpeech: Equatable, Sendable {
    package var phrases: [Phrase]
    package var names: LiveNames
    /// Further words of the user's own projects, most frequent first, for the dictation model and for prompts.
    package var words: [String]

    package init(phrases: [Phrase] = [], names: LiveNames = LiveNames(), words: [String] = []) {
        self.phrases = phrases
        self.names = names
        self.words = words
    }
}
