import Support

extension CommandTable {
    static let taskWordings: [Wordings] = [
        Wordings(
            .addTask,
            [
                "<new> [<one>] [new] <task> [on the list|for me|please|to the list|to the plan] [<called>|to|for|that says|saying|which is|to the effect of] {title}",
                "<new> [<one>] [new] {priority} [priority] <task> [<called>|to|for] {title}",
                "[with] {priority} priority <new> [<one>] [new] <task> [<called>|to|for] {title}",
                "[<one>] (new|another) <task> [<called>|to] {title}",
                "(the next thing is|next thing is|i have|i've got) (a|another|one more) <task> [<called>|to] {title}",
                "(add|put) {title} (to|on|onto) (the|my|our) (task list|tasks|list of tasks|to do list|todo list)",
                "(add|note|make) {title} as a [new] <task>",
                "as [a|another] [new] <task> [please] (add|create|note|put) {title}",
            ]),
        Wordings(
            .listTasks,
            [
                "<list> [me] [a list of|all|all of|out|only|just|what|which] [the|my|our|of my|of the] <tasks> [<have>|out|for me]",
                "<list> [me] [a list of|all|all of|only|just] [the|my|our] {task_status} <tasks>",
                "<list> [me] [a list of|all|all of|only|just] [the|my|our] {priority} [priority] <tasks>",
                "<list> [me] [a list of|all|all of|only|just] [the|my|our] <tasks> (with|of|that have) {priority} [priority]",
                "<list> [me] [a list of|all|all of|only|just] [the|my|our] <tasks> (that are|which are|that's|with status|that is|that have been|which have been|being) {task_status}",
                "<list> [me] [a list of|all|all of|only|just] [the|my|our] (everything|anything|whatever|what) [that's|that is|which is|is] {task_status}",
                "<list> [me] [a list of|all|all of|only|just|which|what] [the|my|our] <tasks> (assigned to|for|of|that belong to|belonging to|belong to|owned by|are assigned to|given to) {assignee}",
                "(what|which) <tasks> (are|are still|are currently|have been|have we|is|still are|did we|have i|did i) {task_status} [<now>]",
                "(are there|do we have|have we got|do i have|is there) [any|some] {task_status} <tasks> [<now>]",
                "(are there|do we have|have we got|do i have|is there) [any|some] <tasks> {task_status} [<now>]",
                "(what is|what's|what things are) [still|currently|all] {task_status} [<now>]",
                "(which|what) <tasks> (are|have|is) {priority} [priority]",
                "[tell me] (what|which|how many) <tasks> <have> [<now>]",
                "[tell me] (which|what) <tasks> (are assigned to|belong to|does|are for|are with|go to|is assigned to|do) {assignee} [have|own|do]",
                "what (is|does) {assignee} (working on|have to do|have on the list|supposed to do)",
            ]),
        Wordings(
            .startTask,
            [
                "<start> {task} [<now>]",
                "<mark> {task} [as|to|into|as being] (in progress|started|begun|active|underway|in the works)",
                "{task} (is|is now|can be marked|can be marked as|has been|got) (in progress|started|underway|begun|starting now|active|starting) [<now>]",
                "[work on] {task} is starting [<now>]", "{task} start (it|that|that one|this one)",
                "(i'll|i will|let me) (take on|do|work on|start) {task} [<now>] start it",
                "(i'll|i will) (start|begin|work on|get started on|tackle) {task} [<now>]",
            ]),
        Wordings(
            .finishTask,
            [
                "<finish> {task} [<now>]",
                "(mark|set|move|put|change|flag|update) {task} [as|to|as being] <done> [<now>]",
                "{task} (<is>|is as good as) <done> [<now>]",
                "{task} (finish|close|complete|check|tick) (it|that|that one) [off]",
                "(check|tick|cross) {task} off [the list]",
            ]),
        Wordings(
            .blockTask,
            [
                "block {task} [<now>]",
                "(mark|set|put|flag|move) {task} [as|to|as being] (blocked|on hold|stuck) [<now>]",
                "(mark|set|put|flag|move) {task} [as|to] (blocked|on hold|stuck) <because> {reason}",
                "block {task} <because> {reason}",
                "{task} (is|is now|got|has been) (blocked|stuck|on hold) [<now>]",
                "{task} (is|is now|got|has been) (blocked|stuck|on hold) [<because>] {reason}",
                "(i'm|i am|we're|we are) (blocked|stuck) (on|with) {task} [<because>] {reason}",
                "(i'm|i am|we're|we are) (blocked|stuck) (on|with) {task}",
                "{task} (has to wait|must wait|needs to wait|waits|can't go on|cannot go on|can't continue) [<because>] {reason}",
            ]),
        Wordings(
            .cancelTask,
            [
                "<cancel> {task} [<any>]", "(mark|set|put|flag) {task} [as|to|as being] (cancelled|canceled) [<now>]",
                "[we|i] (don't need|do not need|no longer need|can drop) {task} [<any>] [cancel it|drop it]",
                "{task} (is|is now|has been|can be) (cancelled|canceled)", "{task} cancel (it|that|that one)",
            ]),
        Wordings(
            .deleteTask,
            [
                "<delete> {task} [<any>|from the list|from the plan|from my list|off the list]",
                "take {task} off the list [<any>] [delete it]", "{task} <delete> (it|that|that one) [<any>]",
                "<delete> {task} (delete|remove) it",
            ]),
        Wordings(
            .assignTask,
            [
                "<assign> {task} [over] to {assignee} [<now>]",
                "(put|let|have|get) {assignee} (on|do|handle|take|work on|own|take care of|deal with|to do) {task}",
                "{assignee} (should do|does|takes|will do|will take|owns|handles|gets|should take|is doing|takes over|will handle|should handle|is responsible for|is going to do|can do|can take|must do|takes care of) {task}",
                "(make|set) {assignee} (the|as|as the) (owner|assignee) of {task}",
                "{task} (goes to|belongs to|is for|is assigned to|should go to|is now for|should be done by|is on|will be done by|gets done by|belongs now to) {assignee} [<now>]",
                "to {assignee} (assign|give) {task}", "(set|change) [the] assignee of {task} to {assignee}",
                "{task} assign (it|that) to {assignee}",
            ]),
        Wordings(
            .assignTask, ["assignee": "me"],
            [
                "(i'll|i will|let me|i can) (take|do|handle|own|take over|take care of) {task} [<now>|myself]",
                "{task} is mine",
                "(i'm|i am) (taking|doing|taking over) {task}",
            ]),
        Wordings(
            .estimateTask,
            [
                "(estimate|guess) [that] {task} (at|as|to|for|with|takes|will take) [<about>] {estimate}",
                "[i think|i guess|i'd say|let's say|say|probably] {task} (takes|will take|needs|is|should take|would take|requires|might take|is going to take|will need|has an estimate of|is estimated at|costs|to take|taking|takes us) [<about>|an estimated] {estimate}",
                "(set|change|update|make|put) [the|an] estimate (of|for|on) {task} (to|at|as) [<about>] {estimate}",
                "give {task} [an estimate of|an estimate|a budget of] {estimate}",
                "put [an estimate of|an estimate] {estimate} (on|for) {task}",
                "[the] estimate (of|for|on) {task} (is|should be|to) [<about>] {estimate}",
                "[for] {task} (i'd estimate|i would estimate|i estimate|i'd say|i would say|estimate|i'd guess|an estimate of|with estimate) [<about>] {estimate}",
                "{task} {estimate}", "<mark> {task} (to|as|at) [<about>] {estimate}",
            ]),
        Wordings(
            .reprioritiseTask,
            [
                "(set|make|mark|prioritise|prioritize|reprioritise|reprioritize|put|change|bump|raise|lower|move|rank) [the priority of] {task} [up|down|back] [a|as|to|at|of|to be|up to|down to] {priority} [priority]",
                "(set|change|raise|lower|bump|make|put|drop|increase|reduce|decrease) [the] priority (of|for|on) {task} [up|down] (to|as|at) {priority} [priority]",
                "{task} (is|has|gets|should be|should have|needs|must be|is now|should get|becomes|has got) [a|of|the] {priority} [priority]",
                "give {task} [a|the] {priority} [priority]",
                "[the] priority (of|for) {task} (is|should be|to|becomes|must be) {priority}",
                "[for|as for] {task} [set] [the] [priority] {priority} [priority]",
                "(bump|raise) {task} [up] to {priority}",
                "(put|set) [a] {priority} priority on {task}",
            ]),
        Wordings(
            .nextTask,
            [
                "what (should i|do i|can i|shall i|shall we|should we|do we|could i) [do|work on|tackle|start|start with|take on] (next|now|first)",
                "(give|find) me (something|a task|the next task|the next thing|something else|another thing) [to work on|to do]",
                "(which|what) task (should i|do i|can i|shall i|is) [do|tackle|start|work on|take|take on|pick] (next|first|now|up next)",
                "what's (up next|next|next up|next on the list|next for me|the next thing|the next thing to do|up next for me|next to do|next in line|coming up|up|coming next) [for me]",
                "[what's|what is|tell me|show me|give me|suggest|read me|which is|pick|name|choose|i want] [the|a|my] next (task|thing to do|to do|item|one to work on)",
                "what (do|should|shall) (i|we) (work on|do|start) (now|next|first)",
                "what (comes|is) (next|up next|next on the list|next in line)", "what next",
                "i need something to (do|work on)",
            ]),
        Wordings(
            .addDependency,
            [
                "{task} (depends on|waits for|comes after|needs|has to wait for|must wait for|is after|should wait for|requires|needs to wait for) {depends_on}",
                "make {task} (wait for|depend on) {depends_on}",
            ]),
        Wordings(
            .verifyTask,
            [
                "(verify|check|prove|validate) [whether|if|that] {task} [is] [really|actually|truly] [<done>]",
                "(run|do|start) [the|a] (verification|check) (for|of|on) {task}", "is {task} really <done>",
            ]),
    ]

    static let bulkWordings: [Wordings] = {
        let ways: [(action: String, before: String, after: [String])] = [
            ("delete", "<delete>", []), ("cancel", "<cancel>", ["cancelled", "canceled"]),
            ("finish", "finish|complete|close|check off|tick off|wrap up|finish off|close out", ["<done>"]),
            ("reopen", "reopen|open again|restore|bring back", ["to do", "open", "open again"]),
            ("block", "block", ["blocked", "on hold"]),
        ]
        var wordings: [Wordings] = []
        for way in ways {
            var whole = [
                "(\(way.before)) (everything|all of them|them all|all of it|all tasks|all the tasks|every task|all of the tasks|each task|all my tasks) [<any>|in the plan|in this plan|that we have|on the list|that are left]"
            ]
            var some = [
                "(\(way.before)) <all> {task_status} [<tasks>] [<any>]",
                "(\(way.before)) <all> <tasks> (that are|which are|that's) {task_status}",
                "(\(way.before)) (everything|whatever|all) [that's|that is|which is|that] {task_status}",
            ]
            var named = ["(\(way.before)) [the] [<tasks>] {tasks}"]
            for said in way.after {
                whole.append(
                    "(mark|set|put|move|flag|change) (everything|all of them|them all|all tasks|all the tasks|every task|all of the tasks|all my tasks) [as|to] \(said)"
                )
                some.append("(mark|set|put|move|flag|change) <all> {task_status} [<tasks>] [as|to] \(said)")
                named.append("(mark|set|put|move|flag|change) [the] [<tasks>] {tasks} [as|to] \(said)")
                named.append("[the] [<tasks>] {tasks} (are|are all|are now) \(said)")
                whole.append("(everything|all tasks|all of the tasks) (are|is) \(said)")
            }
            wordings.append(Wordings(.bulkTasks, ["action": .string(way.action), "filter": "all"], whole))
            wordings.append(Wordings(.bulkTasks, ["action": .string(way.action)], some + named))
        }
        wordings += [
            Wordings(
                .bulkTasks, ["action": "assign", "filter": "all"],
                [
                    "<assign> (everything|all of them|them all|all tasks|all the tasks|every task|all of the tasks|all my tasks) [over] to {assignee}"
                ]),
            Wordings(
                .bulkTasks, ["action": "assign"],
                [
                    "<assign> <all> {task_status} [<tasks>] [over] to {assignee}",
                    "<assign> [the] [<tasks>] {tasks} [over] to {assignee}",
                ]),
            Wordings(
                .bulkTasks, ["action": "reprioritise", "filter": "all"],
                [
                    "(set|make|mark|prioritise|prioritize|reprioritise|put|change|bump|raise|lower|move) [the priority of] (everything|all of them|all tasks|all the tasks|every task|all of the tasks|all my tasks) [up|down] [a|as|to|at] {priority} [priority]"
                ]),
            Wordings(
                .bulkTasks, ["action": "reprioritise"],
                [
                    "(set|make|mark|prioritise|prioritize|put|change|bump|raise|lower|move) [the priority of] <all> {task_status} [<tasks>] [up|down] [a|as|to|at] {priority} [priority]",
                    "(set|make|mark|prioritise|prioritize|put|change|bump|raise|lower|move) [the priority of] [the] [<tasks>] {tasks} [up|down] [a|as|to|at] {priority} [priority]",
                ]),
        ]
        for (noun, intent) in [("projects", Intent.bulkProjects), ("plans", .bulkPlans)] {
            for (action, verb) in [("delete", "<delete>"), ("archive", "<archive>")] {
                wordings.append(
                    Wordings(
                        intent, ["action": .string(action), "filter": "all"],
                        [
                            "\(verb) (all|all the|all of the|all my|all of my|every|all our|each of the|all these) (\(noun)|\(noun.dropLast())) [<any>]",
                            "\(verb) (my|the|our|these) \(noun) [<any>]",
                        ]))
                wordings.append(
                    Wordings(
                        intent, ["action": .string(action)],
                        [
                            "\(verb) <all> {status} (\(noun)|\(noun.dropLast())) [<any>]",
                            "\(verb) <all> (\(noun)|\(noun.dropLast())) (that are|which are) {status}",
                        ]))
            }
        }
        return wordings
    }()
}
