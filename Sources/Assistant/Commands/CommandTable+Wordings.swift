import Support

extension CommandTable {
    /// How people put the commands. None of it enters the recogniser's grammar.
    package static let wordings = taskWordings + bulkWordings + placeWordings + planWordings + talkWordings

    private static let placeWordings: [Wordings] = [
        Wordings(
            .createProject,
            [
                "<make> [<one>] [new] project [for me] <called> {name}",
                "<make> (another|a new|a fresh|a brand new|one more) project {name}",
                "[<one>] new project <called> {name}", "<make> (another|a new|a fresh|one more) project",
            ]),
        Wordings(
            .listProjects,
            [
                "<list> [me] [all|all of|which|the list of|a list of|out] [the|my|our|of my] [{status}] (projects|project list|list of projects) [out|for me|<have>]",
                "<list> [me] [all] [the|my|our|of my] projects (that are|which are|that's) [{status}]",
                "[tell me|say] (what|which|what all) projects [are|have] [<have>] [{status}] [<now>]",
                "(what|which) [{status}] projects <have>",
                "(what|which) projects (are|have i|have we|did i|did we) {status} [<now>]",
                "how many projects <have>",
            ]),
        Wordings(
            .openProject,
            ["<open> {project} [<now>]", "[<open>] project {project}", "(i'd like|i want) {project} open"]),
        Wordings(.openPlan, ["<open> [the] plan {plan}", "<open> {plan} [<now>]"]),
        Wordings(
            .closeProject,
            [
                "(close|leave|exit|get out of|quit|shut) [the|this|my|our|current|the current|open|the open] project",
                "(close|leave|exit) {project}", "[i'm|we're] (finished|done) here close (the|this) project",
            ]),
        Wordings(
            .archiveProject,
            [
                "<archive> {project} [<any>|we don't need it any more|we do not need it any more]",
                "(put|move|send) {project} (into|in|to) (the archive|archive|the archives)",
                "<mark> [the status of] {project} [status] [as|to] archived",
            ]),
        Wordings(
            .deleteProject, ["<delete> {project} [<any>]", "<delete> [the|this|my|our] project [<any>]"]),
        Wordings(
            .restoreProject,
            [
                "(restore|unarchive|bring back|reactivate|recover) [the] [archived] {project} [from the archive]",
                "(bring|get|take) {project} (back|back from the archive|out of the archive|from the archive)",
            ]),
        Wordings(
            .setStatus,
            [
                "(set|change|mark|put|move|switch|update) [the] status (of|for) [{target}] {project} (to|as) {status}",
                "(set|change|mark|put|move|switch|update) [the|this|our] [{target}] {project} [status] (to|as|back to|to be|as being) {status}",
                "(set|change|mark|put|move|switch|update) [the|this|our] {target} [status] [to|as|back to|to be|as being] {status}",
                "(set|change|update) [the] status of [the|this|our] {target} (to|as|back to) {status}",
                "[the|this|our] {target} (is|is back to|is now|goes back to|becomes) [a] {status} [<now>]",
                "(reopen|take|move|turn) [the|this] {target} (as|to|into|back to) [a|be] {status}",
            ]),
        Wordings(
            .setStatus, ["target": "project", "status": "paused"],
            [
                "(pause|suspend) {project} [<now>]", "(put|place) {project} (on pause|on hold|on ice) [<now>]",
                "(put|place) {project} (on pause|on hold|on ice) [<now>] pause it",
            ]),
        Wordings(.setStatus, ["target": "project", "status": "active"], ["(resume|unpause) project {project}"]),
        Wordings(
            .search,
            [
                "(search|look|scan) [through|in|around] [my|our|the|all|all the] (plans|projects|notes|conversations|everything|memory|conversation|documents) for {query}",
                "find [me] (everything|anything|all|mentions|all mentions|notes|any mention|the notes|something) (about|of|on|for|we said about) {query}",
                "where (did|have) (we|i) (mention|mentioned|talk about|discuss|discussed|say) {query}",
                "what did (we|i) (say|decide|write|note|plan|discuss) (about|on|regarding|concerning) {query}",
                "(look for|look up|search for|hunt for) {query} in my (notes|plans|projects)",
                "(search|look|google) for [the words|the word] {query}",
                "(do we have|is there) (anything|something) (about|on) {query}",
            ]),
    ]

    private static let planWordings: [Wordings] = [
        Wordings(
            .createPlan,
            [
                "<make> [<one>] [new] <plan> [for me] (<called>|for) {title}",
                "<make> (a new|another|a fresh|one more) <plan> [for] {title}",
                "<make> (a new|another|a fresh|one more|an other) <plan>", "[a] new <plan> [<called>] {title}",
                "[a|another] new <plan>",
            ]),
        Wordings(
            .listPlans,
            ["<list> [me] [all|all of] [the|my|our] plans [<have>]", "[tell me] (what|which) plans [are] <have>"]),
        Wordings(
            .savePlan,
            [
                "<save> [this|the|my|our|all my|all the] (plan|devplan|changes|draft|document|progress|what we have|what i have|everything|version|state) [<now>|as it is|so far]",
                "save [it|this|that] [<now>]", "save [this|it|the plan] as a (new version|version)",
                "(make|create) [a] [new] version [of this|of the plan|of it]",
                "<save> [this|the|my|it] [plan] (with|and add|under) [the] (note|summary|message|comment|description|title|reason) {summary}",
                "(make|create) [a] [new] version [of this|of the plan|of it] (with|and add) [the] (note|summary|message|comment) {summary}",
                "<save> [this|the|my|it] [plan] (saying|noting) [that] {summary}",
            ]),
        Wordings(
            .versionHistory,
            [
                "<list> [me] [all|all the] [the|its|our] <versions> [of|for] {plan}",
                "<list> [me] [all|all the] [the|its|our] (version history|versions|revisions)",
                "(what|which|how many) versions [of|does|of the] {plan} (exist|are there|have|do we have|does it have|is there)",
                "(what|which|how many) versions <have>", "[the] (history|version history) [of] {plan}",
                "<list> [me] [the] history (of|for) {plan}", "version history",
            ]),
        Wordings(
            .compareVersions,
            [
                "(compare|diff) [version|versions|the|plan] {a} <and> {b}",
                "[show me|tell me|what is|what's|what are|give me] [the] (difference|differences|changes|diff) between [version|versions|the] {a} <and> {b}",
                "what (changed|has changed|is different|is the difference|'s different|differs|is new|did we change|did i change) (between|from) [version|versions|the] {a} <and> {b}",
                "how (does|do|is) {a} (differ from|different from|compare to|compare with|differ to) {b}",
            ]),
        Wordings(
            .compareVersions, ["b": "current"],
            [
                "what (changed|has changed|is different|did we change|did i change|have we changed|is new) (since|from|compared to|after) {a}",
                "what's (changed|different|new) (since|from|compared to|after) {a}",
                "(compare|diff) [this|it] (with|to|against) {a}",
            ]),
        Wordings(
            .restoreVersion,
            [
                "(go back|roll back|roll it back|return|revert|back|restore|reset|switch back|go) [to] {version} [of the plan|<any>]",
                "(restore|bring back|recover|reinstate|give me back) {version} [of the plan]",
                "(roll|take|bring|put|get|revert|reset|set) [the|this] plan back to {version}",
                "(want|i want|get|bring|give me) {version} back",
                "(roll|take|bring|put|revert|reset) {plan} back to {version}",
                "{version} (restore|bring back|go back to) (it|that|that one|this one)",
            ]),
        Wordings(
            .discardPlan,
            [
                "(discard|throw away|drop|get rid of|delete) [the|this|my|our|all|all the] (draft|changes|unsaved changes|edits) [<any>|to the plan|of the plan|in the plan]",
                "discard {plan}",
            ]),
        Wordings(
            .archivePlan,
            [
                "<archive> [the] {plan} [plan] [<any>]", "(put|move|send) {plan} (into|in|to) (the archive|archive)",
                "<mark> [the status of] {plan} [status] [as|to] archived",
            ]),
        Wordings(.deletePlan, ["<delete> {plan} [<any>]"]),
        Wordings(
            .approve,
            [
                "(approve|sign off|sign off on|accept|i approve|i approve of) {plan}",
                "{plan} (is|is now|has been|gets) approved",
                "<mark> [the status of] {plan} [status] [as|to] approved",
                "{plan} looks good approve it", "[that|it] looks good approve it",
            ]),
        Wordings(
            .export,
            [
                "(export|save|write|send|give me|print|get|get me|turn|convert|i need|need|want|i want|output|download|send out|put|make) [me] {plan} [out] (as|to|into|in|for|out as) [a|an|the] {format} [file|format|page|document|form]",
                "(export|export it|export this|save it|print it|give it to me) (as|to|for|into|in) [a|an] {format} [file|format|page|document|please]",
                "(make|create|generate|produce|give me|write) [me] [a|an] {format} [file|page|document|version|export] (of|out of|from) {plan}",
                "(export|send|give me) [the|all|all the] (tasks|task list) (as|to|for|in) [a|an] {format} [file|format|page|document]",
            ]),
        Wordings(
            .readPlan,
            [
                "(<read>|reading) [me|us] {plan} [plan] [<aloud>]", "what (does|is in|do we have in) {plan} [say]",
                "what's in {plan}",
                "(show me|let me see) (the|this|my) plan", "[start] reading {plan} [<aloud>]",
            ]),
        Wordings(
            .readSection,
            [
                "(<read>|reading|show me|show) [me|us] [just] [the|out] [part|section|bit|paragraph] [about|on|called] {section} [<aloud>]",
                "(go to|jump to|skip to|skip ahead to|skip forward to|move to|go ahead to|take me to) {section}",
                "(go to|jump to|skip to|skip ahead to|skip forward to|move to|go ahead to) {section} and read (it|them|that) [<aloud>]",
                "what (does it say|do we say|do we have|does the plan say|is|stands|is written) (under|in|about|on|for) {section}",
                "what's (under|in|written under|written in) {section}",
                "what (does|do) {section} say", "{section} [<aloud>] read (it|that) [<aloud>]",
                "{section} please read (it|that)",
            ]),
        Wordings(
            .appendToSection,
            [
                "<add> [this] <in> {section} [that] {text}", "<in> {section} <add> [that|this|down] {text}",
                "(add|append|put|insert|write) {text} <in> [the] {section} section",
                "<add> (to|into|under) {section} that {text}",
                "extend {section} (with|by) {text}",
            ]),
    ]

    private static let talkWordings: [Wordings] = [
        Wordings(
            .note,
            [
                "(make|take|add|write|leave|keep|put down|create) [a|me a|another|this] note (that|saying|to self|which says|about|of|saying that) {text}",
                "(note|notes) (that|to self|to myself) {text}",
                "(jot down|write down|jot|put down|note down|scribble down) [that|a note] {text}",
                "(remember|don't forget|remind me|keep in mind) that {text}",
            ]),
        Wordings(
            .status,
            [
                "how (are we|are things|is it|is the project|is the plan|is everything) (doing|going|coming along|looking)",
                "where (do|are) (we|things) (stand|at|standing)", "where are things",
                "[give me|show me|tell me|i want|i'd like] [a|the|our] (status|status update|status report|overview|progress report|summary of where we are|progress|update) [please|of where things are|of the project|of the plan|of where we are|of things]",
                "what's [the|our] (status|progress|state) [of the plan|of the project|of things]",
                "what is [the|our] (progress|state)",
                "how far (along|are we|are we along|have we come|along are we|along is the project|is the project|is the plan|along is the plan) [is the project|is the plan|are we|with the plan|with the project]",
                "what's (open|going on) right now",
            ]),
        Wordings(
            .undo,
            [
                "undo [that|it|this|the last change|the last thing|my last change|what you did|what you just did|the last one|the last step|the last command|what i just said|the change]",
                "(take|roll) (that|it|this) back",
                "(reverse|revert|take back|roll back|cancel) (that|it|what you just did|the last change|that change|what i just did|what you did)",
                "(oops|no|sorry|whoops|oh no) undo [that|it|this]", "(scratch|strike) that", "change it back",
                "put it back [the way it was|how it was]",
            ]),
        Wordings(
            .redo,
            [
                "redo [that|it|this|the last change|what i undid]",
                "do (it|that) again [after all|i didn't mean to undo]", "(reapply|reinstate) (it|that|the change)",
                "undo the undo",
                "bring [it|that|the change] back again",
            ]),
        Wordings(
            .repeat,
            [
                "(repeat|say) [that|it|the last bit|the last part|what you said|the last thing|the last sentence|this|yourself] [again|once more]",
                "what (did you say|was that|did you just say|do you say)",
                "(once more|one more time|come again|again|say what|pardon|pardon me|say again|say it once more)",
                "(sorry|excuse me|i'm sorry|what) (once more|come again|what was that|what did you say|again|say that again|i didn't catch that|one more time)",
                "i didn't (catch|hear|get|understand) that", "can you repeat",
            ]),
        Wordings(
            .cancel,
            [
                "(cancel|no cancel|drop|forget) (that|it|this)",
                "(never mind|nevermind|no never mind|forget about it|forget that|no forget it|leave it|drop it|no leave it)",
            ]),
        Wordings(
            .stop,
            [
                "stop [reading|talking|speaking|it|that|it there|now]",
                "(be quiet|quiet|silence|hush|shut up|shush|enough|that's enough|that is enough|that will do|that'll do|okay enough|enough now|stop right there|stop there|no more)",
                "(wait|hold on|hang on|just a moment|just a second|one moment|one second|let me think) [please]",
                "(that's|that is) enough [for now|now]", "(quit|cease) (reading|talking|speaking)",
            ]),
        Wordings(
            .mute,
            [
                "(mute|mute yourself|mute the mic|mute the microphone|mute now|mic off|microphone off|mute my mic|mute my microphone)",
                "(turn|switch|shut) (the|my|your) (mic|microphone) off",
                "(turn|switch|shut) off (the|my|your) (mic|microphone)",
                "(close|disable|kill) (the|my|your) (mic|microphone)",
            ]),
        Wordings(
            .sleep,
            [
                "(go to sleep|sleep|go to bed|sleep now|take a nap|stop listening|go to standby|stand by|good night|don't listen|go and sleep|rest now|have a rest) [for now|now|for a while|for a bit]"
            ]),
        Wordings(
            .wake,
            [
                "(wake up|wake|wake up now|hey wake up|unmute|unmute yourself|listen again|start listening|start listening again|i'm back|come back|are you awake wake up|unmute the microphone|unmute the mic) [again|now]",
                "(turn|switch) (the|my|your) (mic|microphone) [back] on [again]",
                "(turn|switch) on (the|my|your) (mic|microphone) [again]",
                "(turn|switch) back on (the|my|your) (mic|microphone)", "open (the|my|your) (mic|microphone)",
            ]),
        Wordings(
            .help,
            [
                "(help|help me|help me out|i need help|i need some help|give me some help|i'm lost|show help)",
                "what (can i|could i|should i|may i|do i) (say|ask|ask you|tell you|say to you|say here|say now) [here|now]",
                "what (can|do|could) you (do|understand|know) [for me]",
                "(what|which) commands (are there|do you know|can i use|do you understand|can i give|are available|do you have)",
                "(tell|show) me what (i|you) can (ask|ask you|say|do|tell you)",
                "(list|show|tell) [me] [the|all|your] commands", "help me out [here] what can i say",
                "how do i use this", "how does this work",
                "what are my options", "what are the commands",
            ]),
        Wordings(
            .why,
            [
                "why",
                "why (did you do|have you done|that|did you|is that|so|did you choose|did you pick) [that|this|one|it]",
                "how did you (come to|get to|arrive at) (that|this|it)",
                "(explain|explain why|tell me why|what's the reason|what made you do) [that|this|you did that|for that]",
                "what made you do that", "what was the reason",
            ]),
        Wordings(
            .next,
            [
                "(next|go on|continue|move on|keep going|carry on|proceed|next one|next section|next part|the next section|the next one|the next part|onward|next please|go ahead|keep reading|read on|continue reading|go forward|forward) [to the next section|to the next one|to the next part|reading|please]",
                "(go|move|skip|jump|on|read) [on] to the next (section|one|part|paragraph|bit)",
                "read (the next one|the next section|the next part|on)", "what's the next section",
            ]),
        Wordings(
            .previous,
            [
                "(previous|back|go back|previous section|the previous section|previous one|previous part|last section|one back|back up|backwards|step back|go backwards|back one|the one before)",
                "go back (a section|one section|one|to the one before|to the last section|a bit|a step|a part|one part|to the section before|to the previous section|to the previous one)",
                "(back|return) to the (one before|previous section|previous one|last section|section before|last one)",
                "(read|go to|jump to|jump back to) the (previous|last) (section|one|part)",
            ]),
        Wordings(
            .slower,
            [
                "(slower|slow down|more slowly|speak slower|talk slower|read slower|not so fast|slow it down|go slower|a bit slower|a little slower|slow) [a bit|a little|please]",
                "(talk|speak|read|go|say it|do it) [a bit|a little|a little bit] (slower|more slowly|less fast|slowly)",
                "(you're|you are|that's|that is|it's|this is) [reading|talking|speaking|going] [way|much|a bit|a little] too (fast|quick|quickly)",
                "too fast",
            ]),
        Wordings(
            .faster,
            [
                "(faster|speed up|quicker|speak faster|talk faster|read faster|speed it up|go faster|a bit faster|a little faster|hurry up|pick up the pace|more quickly|fast) [a bit|a little|please]",
                "(talk|speak|read|go|say it) [a bit|a little|a little bit|much] (faster|quicker|more quickly|quickly|less slowly)",
                "(you're|you are|that's|that is|it's|this is) [reading|talking|speaking|going] [way|much|a bit|a little] too (slow|slowly)",
                "too slow",
            ]),
        Wordings(
            .shorter,
            [
                "(shorter|keep it short|keep it shorter|make it short|make it shorter|make it brief|be brief|be briefer|briefer|more concise|be concise|be more concise|in short|the short version|just the short version|give me the short version|less detail|fewer words|short version|cut it short|sum it up|be shorter|too long|that's too long|say it shorter|give me less detail|answer shorter|shorter answers|keep it brief) [please]"
            ]),
        Wordings(
            .skip,
            [
                "skip [this|that|it|this one|that one|this part|that part|this section|that section|this bit|that bit|ahead|over it|over that|over this|the rest|this paragraph|forward]"
            ]),
        Wordings(
            .spell,
            [
                "spell [that|it|this|that out|it out|the name|the word|that name|that word|the last word] [for me]",
                "how (do you|do i|is that|is it) (spell|spelled|spelt) [that|it|this|the name]",
                "(letter by letter|spell it letter by letter)",
            ]),
        Wordings(
            .setMode, ["mode": "ptt"],
            [
                "[switch to|change to|use|turn on|enable|go to|set|go into|set the mode to|set the listening mode to|activate|i want] (push to talk|push-to-talk|ptt|press to talk) [mode|from now on]"
            ]),
        Wordings(
            .setMode, ["mode": "wake"],
            [
                "(switch to|change to|use|turn on|enable|go to|go back to|set the mode to|set the listening mode to|activate|listen for|only listen for|wait for|switch back to|i want) [the|a] (wake word|wake phrase|wake mode|wake word mode|wake phrase mode|wake) [from now on|only|mode]",
                "only listen (when i say|to) the (wake word|wake phrase)",
            ]),
        Wordings(
            .setMode, ["mode": "open"],
            [
                "(always listen|listen all the time|keep listening|listen always|always be listening|continuous listening|listen continuously) [from now on]",
                "(switch to|change to|use|turn on|enable|go to|set the mode to|set the listening mode to|activate|i want) [the|a] (open mode|open mic|open microphone|open|always on|continuous listening|always listening|hands free) [mode|from now on]",
            ]),
        Wordings(
            .forget, ["scope": "last_turn"],
            [
                "(<delete>|forget) (what i just said|the last thing i said|my last sentence|what i said just now|that last bit|the last sentence|my last words|the last turn)"
            ]),
        Wordings(
            .forget, ["scope": "conversation"],
            [
                "(<delete>|forget) (this|our|the|this whole|the whole) (conversation|chat|talk|discussion|session) [<any>]"
            ]),
        Wordings(
            .forget, ["scope": "today"],
            [
                "(<delete>|forget) (everything|all|all that|what|whatever) [from|of|that|you heard|i said|we said|you heard me say|was said|we talked about|you heard from] today"
            ]),
        Wordings(
            .forget, ["scope": "yesterday"],
            [
                "(<delete>|forget) (everything|all|all that|what|whatever) [from|of|that|you heard|i said|we said|was said|we talked about|you heard from] yesterday"
            ]),
        Wordings(
            .forget, ["scope": "all"],
            [
                "forget (everything|all of it|it all|everything you know|everything i said|everything i ever said|everything you heard|all you know) [about me|<any>]",
                "(<delete>|forget|clear) [all|all of] (your memory|the memory|your memories|my data|all my data) [<any>]",
            ]),
        Wordings(
            .forget,
            [
                "(<delete>|forget) (everything|all|all that|what|whatever) [that] [i said|we said|you know|i told you|was said|you have|you heard|we have|i ever said] (about|on|of|for|from) {project}"
            ]),
        Wordings(
            .correct,
            [
                "(no|sorry|no sorry|no no|oh no|no wait|that was wrong|that's wrong|not that|wrong) (i meant|i mean|i said|it's|i want) {text}",
                "[no|sorry|actually|oh] (i meant|i said|i was talking about|i meant to say) {text}",
                "no [not] (that one|that|this one|this) {text}",
                "(that was wrong|that's wrong|wrong) (i meant|it's) {text}",
            ]),
        Wordings(
            .startRun,
            [
                "(start|run|make|begin|do|launch|kick off|create) [a|the|another|me a] [new] (deep plan|deep planner|deep planning|deep planning run|deep plan run) [about|for|on|of] {topic}",
                "(start|run|make|begin|do|launch|kick off|create) [a|the|another] [new] (deep plan|deep planner|deep planning|deep planning run|deep plan run)",
            ]),
        Wordings(
            .runProgress,
            [
                "how (far|is|far along|far has) [is|are] (the|that) (run|deep plan|deep planner|deep planning) [going|coming along|doing|come|along|coming]",
                "[what's|what is|show me] the progress of (the|that) (run|deep plan)",
                "(is|how's) the (run|deep plan) (done|finished|going) [yet]", "(run|deep plan) progress",
            ]),
        Wordings(
            .stopRun,
            ["(stop|abort|cancel|halt|end|kill|pause) (the|this|that) (run|deep plan|deep planner|deep planning)"]),
        Wordings(
            .resumeRun,
            [
                "(resume|continue|restart|go on with|carry on with|pick up) (the|this|that) (run|deep plan|deep planner|deep planning)"
            ]),
        Wordings(
            .snapshot,
            [
                "(take|make|create|do) [a|another|one] [new] snapshot [of the repository|of the code|of everything|now|of this|of the work tree]",
                "(take|make|create) [a|another] [new] snapshot <called> {name}",
                "snapshot [the|this|my] (repository|repo|code|work tree|project)", "snapshot",
            ]),
        Wordings(
            .restoreSnapshot,
            [
                "(restore|go back to|return to|revert to|bring back|roll back to) [the] [last|latest|previous] snapshot",
                "(restore|go back to|return to|revert to|bring back|roll back to) [the] snapshot [<called>] {name}",
            ]),
    ]
}
