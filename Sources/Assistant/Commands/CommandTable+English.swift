extension CommandTable {
    /// The first phrase of a row is the one that help teaches.
    package static let english: [Entry] = [
        Entry(
            .createProject, "start a new project",
            [
                "(create|make|start|begin|set up|add) [a] new project [(called|named)] {name}",
                "(create|make|start|add) [a] project [(called|named)] {name}",
                "new project [(called|named)] {name}",
                "create [a] new project",
            ]),
        Entry(
            .listProjects, "name your projects",
            [
                "show [me] [all] [of] (my|the|all) projects",
                "(list|read) [all] [(my|the)] projects",
                "(what|which) projects (do i have|are there)",
                "what are my projects",
            ]),
        Entry(
            .openProject, "open a project",
            [
                "open [the] [project] {project}",
                "(switch|go|change) to [the] [project] {project}",
                "(load|continue) [the] [project] {project}",
                "work on [the] [project] {project}",
            ]),
        Entry(
            .closeProject, "close the open project",
            [
                "close [(the|this)] project", "close [the] project {project}",
            ]),
        Entry(
            .archiveProject, "put a project away", destructive: true,
            [
                "archive [the] project {project}", "archive {project}", "archive (the|this) project",
            ]),
        Entry(
            .deleteProject, "put a project away; it is never deleted by this", destructive: true,
            ["(delete|remove) [the] project {project}", "(delete|remove) (the|this) project"]),
        Entry(
            .restoreProject, "bring an archived project back",
            [
                "restore [the] project {project}", "restore {project}",
                "(unarchive|bring back) [the] [project] {project}",
            ]),
        Entry(
            .createPlan, "start a plan in the open project",
            [
                "(create|make|start|draft|write) [a] [new] (devplan|dev plan|development plan|plan) [(called|named|for)] {title}",
                "new (devplan|dev plan|plan) [(called|named|for)] {title}",
                "(create|make|start) [a] [new] (devplan|dev plan|plan)",
                "(create|make|start|write) [(a|an)] {template} (devplan|dev plan|plan) [(called|named|for)] {title}",
                "(create|make|start|write) [(a|an)] {template} (devplan|dev plan|plan)",
                "(create|make) [a] (devplan|dev plan|plan) [(called|named)] {title} from [the] template {template}",
                "(create|make) [a] (devplan|dev plan|plan) [called] {title} from the {template} template",
                "(create|make) [a] [new] (devplan|dev plan|plan) from [the] template {template}",
                "(create|make) [a] (devplan|plan) from the {template} template",
            ]),
        Entry(
            .listTemplates, "name the templates that a plan can be made from",
            [
                "(what|which) templates (are there|do i have)", "(list|show) [me] [(my|the|all)] templates",
            ]),
        Entry(
            .openPlan, "open another plan of the project",
            [
                "open [the] (devplan|dev plan|plan) [number] {plan}",
                "(switch|go|change|go back) to [the] (devplan|dev plan|plan) [number] {plan}",
                "(load|continue) [the] (devplan|dev plan|plan) [number] {plan}",
            ]),
        Entry(
            .listPlans, "name the plans of the project",
            [
                "(list|show) [me] [(my|the|all)] plans", "(what|which) plans (do i have|are there)",
            ]),
        Entry(
            .savePlan, "keep the plan as a new version",
            [
                "save (this|the|my) plan", "save it", "save [this] [as] [a] new version",
            ]),
        Entry(
            .versionHistory, "tell the versions of the plan",
            [
                "show [me] [the] version history",
                "(show|list) [me] [(all|the)] versions",
                "(show|read) [me] [the] history [of (this|the) plan]",
            ]),
        Entry(
            .compareVersions, "tell what changed between two versions",
            [
                "compare versions {a} and {b}",
                "compare [the] version {a} (and|with|to) [the] version {b}",
                "compare [the] version {a} (and|with|to) [the] {b}",
                "what (changed|has changed|is different|is new) since [the] version {a}",
                "what (changed|has changed|is different|is new) in [the] version {b}",
                "what (changed|has changed) since the {a} version", "what (changed|has changed)",
            ]),
        Entry(
            .restoreVersion, "make an old version the newest",
            [
                "go back to [the] version {version}", "(restore|return to|revert to) [the] version {version}",
                "(go back to|restore|return to|revert to) the {version} version",
            ]),
        Entry(
            .discardPlan, "throw the unsaved draft away",
            [
                "(discard|throw away) (the|this|my) draft", "(discard|throw away) (my|the) changes",
                "(discard|throw away) (the|this|my) plan",
            ]),
        Entry(
            .archivePlan, "put a plan away", destructive: true,
            ["archive [the] plan {plan}", "archive (the|this) plan"]),
        Entry(
            .deletePlan, "delete a plan with its versions and tasks", destructive: true,
            ["(delete|remove) [the] plan {plan}", "(delete|remove) (the|this|my) plan"]),
        Entry(
            .approve, "approve the plan", ["approve [(the|this|my)] plan", "approve it"]),
        Entry(
            .setStatus, "say how far a plan or a project is",
            [
                "mark (the|this) {target} as {status}", "set [the] status of (the|this) {target} to {status}",
                "(the|this) {target} is {status}",
            ]),
        Entry(
            .export, "write the plan into a file",
            [
                "export (the|this|my) plan (as|to) [a] {format}", "export [the] plan {plan} (as|to) [a] {format}",
                "export it (as|to) [a] {format}", "export (the|this|my) plan",
            ]),
        Entry(
            .readPlan, "read the plan aloud",
            [
                "read [me] (the|this|my) plan", "read [me] [the] plan {plan}", "read it [to me]",
            ]),
        Entry(
            .readSection, "read one section aloud",
            [
                "read [me] [the] section {section}", "read [me] [the] {section} section",
            ]),
        Entry(
            .appendToSection, "add to a section of the plan",
            [
                "(add|append) to [the] {section} section [that] {text}",
                "(add|append) to [the] section {section} that {text}",
            ]),
        Entry(
            .addTask, "add a task to the open plan",
            [
                "add [a] [new] task {title}",
                "add [a] task [to] {title} (after|that waits for) task [number] {depends_on}",
                "(create|new) [a] task {title}",
                "add [a] [new] task to {title}",
            ]),
        Entry(
            .listTasks, "read the tasks of the open plan",
            [
                "(list|show) [me] [(my|the|all)] [open] tasks",
                "what (tasks are there|are (my|the) tasks)",
                "read [me] [the] tasks",
            ]),
        Entry(
            .startTask, "mark a task as begun",
            [
                "(start|begin) [working on] [the] task [number] {task}", "(i am|i'm) working on task [number] {task}",
            ]),
        Entry(
            .finishTask, "mark a task as done",
            [
                "(finish|complete|close) [the] task [number] {task}",
                "[mark] task [number] {task} [(is|as)] (done|finished|complete)",
                "(i finished|i have finished) task [number] {task}", "(finish|complete) {task}",
            ]),
        Entry(
            .blockTask, "mark a task as blocked",
            [
                "block [the] task [number] {task}", "[mark] task [number] {task} [(is|as)] blocked",
                "block [the] task [number] {task} because {reason}",
                "task [number] {task} is blocked (because|because of|by) {reason}",
            ]),
        Entry(
            .cancelTask, "give a task up", destructive: true,
            [
                "(cancel|drop|give up) [the] task [number] {task}", "[mark] task [number] {task} as cancelled",
            ]),
        Entry(
            .deleteTask, "delete a task", destructive: true, ["(delete|remove) [the] task [number] {task}"]),
        Entry(
            .addDependency, "say which task waits for which",
            [
                "task [number] {task} (depends on|waits for|comes after|needs) task [number] {depends_on}",
                "make task {task} (wait for|depend on) task {depends_on}",
            ]),
        Entry(
            .assignTask, "say who does a task",
            [
                "assign [the] task [number] {task} to {assignee}", "give [the] task [number] {task} to {assignee}",
            ]),
        Entry(
            .estimateTask, "say how long a task takes",
            [
                "estimate [the] task [number] {task} (at|as|to) {estimate}",
                "task [number] {task} (takes|will take|needs) [about] {estimate}",
                "set [the] estimate (of|for) [the] task [number] {task} to {estimate}",
            ]),
        Entry(
            .reprioritiseTask, "say how pressing a task is",
            [
                "(set|change) [the] priority of [the] task [number] {task} to {priority}",
                "make [the] task [number] {task} {priority} [priority]",
                "task [number] {task} (has|is) {priority} priority",
            ]),
        Entry(
            .setDue, "say by which day a task or the plan must be done",
            ["(task {task}|the plan) is due [(on|by)] {due}"]),
        Entry(.tellDue, "say when a task or the plan is due", ["when is (task {task}|the plan) due"]),
        Entry(.labelTask, "label a task", ["label task {task} [as] {label}"]),
        Entry(.unlabelTask, "take a label from a task", ["remove the label {label} from task {task}"]),
        Entry(
            .nextTask, "say what to do next, and why",
            [
                "what's next", "what is next", "what (should|do) i (do|work on) next", "next task",
            ]),
        Entry(
            .note, "keep a note",
            [
                "note {text}", "(take|make|add) a note [that] {text}", "note that {text}",
            ]),
        Entry(
            .decide, "keep a decision",
            [
                "note a decision {text}", "(decide|i decide|we decided) to {text}", "we decided that {text}",
            ]),
        Entry(
            .listDecisions, "read what was decided",
            [
                "list [(the|all)] decisions", "what did we decide",
            ]),
        Entry(
            .explain, "say what the last answer was made with",
            [
                "why did you say (that|this)", "what did you (use|look at) for that",
            ]),
        Entry(
            .search, "find what was planned and said",
            [
                "search for {query}", "search (my|the|all) (plans|projects|notes) for {query}",
                "(look up|look for) {query}", "what did (i|we) (say|plan|decide|note) about {query}",
                "where did (i|we) (say|plan|decide|note) {query}",
            ]),
        Entry(
            .forget, "remove for good what was said, or a project", destructive: true,
            ["forget {scope}", "forget [the] project {project}"]),
        Entry(.undo, "take the last change back", ["undo [(that|it|this)]", "take that back", "undo the last change"]),
        Entry(.redo, "do it again after all", ["redo [(that|it|this)]", "do that again"]),
        Entry(
            .repeat, "say the last reply again",
            [
                "repeat [(that|it)]", "say (that|it) again", "what did you say",
            ]),
        Entry(.cancel, "forget the question that is open", ["cancel [(that|it)]", "never mind", "forget it"]),
        Entry(
            .stop, "be quiet",
            [
                "stop [talking]", "be quiet", "quiet [please]", "(hold|hang) on [a (moment|second|minute)]",
                "wait [a (moment|second|minute)]", "give me a (moment|second|minute)",
            ]),
        Entry(.next, "go on with what was cut off, or with the next section", ["go on", "continue", "next section"]),
        Entry(.previous, "read the section before", ["previous section"]),
        Entry(.slower, "speak slower", ["[speak] slower", "slow down"]),
        Entry(.faster, "speak faster", ["[speak] faster"]),
        Entry(.shorter, "say the last reply in one sentence", ["shorter"]),
        Entry(.skip, "leave out what is being said", ["skip (this|that|it)"]),
        Entry(.spell, "spell the name that was said last", ["spell (that|it)"]),
        Entry(.dictate, "take down a long note", ["(start|take) [a] dictation", "take a long note"]),
        Entry(
            .status, "say where we are",
            [
                "status", "what's the status", "what is the status", "where are we", "where am i", "where were we",
                "where did (i|we) leave off", "continue where (i|we) left off",
            ]),
        Entry(.mute, "close the microphone", ["mute [(yourself|the microphone)]", "stop listening"]),
        Entry(.sleep, "wait for the wake phrase again", ["go to sleep"]),
        Entry(.wake, "open the microphone again", ["wake up", "unmute", "start listening"]),
        Entry(.praise, "say that an answer was good", ["that was (good|great|helpful)"]),
        Entry(.complain, "say that an answer was bad", ["that was (bad|useless|not helpful)"]),
        Entry(.help, "say what can be said", ["help [me]", "what can i say", "what can you do"]),
    ]
}
