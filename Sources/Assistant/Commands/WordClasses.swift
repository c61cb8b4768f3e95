/// Words and groups of words that mean the same in a command, by the name that wordings use: `<make>`.
enum WordClasses {
    static let all: [String: String] = [
        // Verbs.
        "make": """
        create|make|add|start|begin|open|open up|set up|put|put in|need|i need|we need|there should be|have|\
        i want|want|schedule|draft|start off|kick off|get|give me|i'd like|do|begin with|open me
        """,
        "new": """
        create|make|add|set up|put|put in|need|i need|we need|there should be|have|i want|want|schedule|draft|\
        i'd like|insert|enter|register|note down|write down|open up|file|record
        """,
        "list": """
        list|show|read|read out|tell|tell me|give|see|hear|go through|run through|go over|what are|name|display|\
        bring up|get|walk me through|call out|look at|what is on|what's on|what is in|what's in|pull up|\
        i want to see
        """,
        "open": """
        open|open up|switch to|switch over to|switch project to|switch the project to|go to|go over to|jump to|\
        jump over to|jump into|change to|change over to|change project to|take me to|bring up|load|load up|\
        pull up|get back to|go back to|come back to|return to|continue with|continue|carry on with|work on|\
        move to|move over to|move on to|back to|resume|get into|pick up|activate|select|get me|i'm back on
        """,
        "start": """
        start|begin|start on|start with|start off with|start working on|begin work on|start work on|\
        begin working on|get going on|get started on|get started with|kick off|work on|i'm starting on|\
        i'm starting|i'm starting with|i'm working on|i am working on|i'm on|take on|i'm taking on|pick up|\
        i'll start|i'll start on|i'll begin|tackle|i'm beginning|i started|we started|we're starting|\
        we are starting|i've started|i have started|get to work on|i'm going to start|i'm going to work on|\
        resume|set off on
        """,
        "finish": """
        finish|complete|close|close out|check off|tick off|wrap up|finish off|finish up|i finished|we finished|\
        i have finished|i've finished|we've finished|i completed|i've completed|i have completed|we completed|\
        i just finished|i've just finished|i'm done with|i am done with|we're done with|we are done with|\
        done with|i'm finished with|just finished|i just wrapped up|i wrapped up|we wrapped up|i'm through with|\
        cross off|resolve|i just completed|i closed|i got done with
        """,
        "delete": """
        delete|remove|erase|get rid of|throw away|throw out|wipe|wipe out|trash|drop|kill|scrap|bin|dump|discard
        """,
        "archive": "archive|put away|shelve|mothball",
        "cancel": "cancel|drop|give up|give up on|call off|abandon|scrap|forget about",
        "read": """
        read|read out|hear|go over|go through|read through|read me|read back|recite|let me hear|tell me|give me|\
        play|read to me|present|listen to|i want to hear|start reading|begin reading|read aloud
        """,
        "mark": "mark|set|move|put|change|flag|turn|switch|update|make",
        "assign": "assign|give|hand|hand over|pass|reassign|delegate|assigned|pass on|hand off|allocate",
        "add": """
        add|append|write|put|note|insert|include|write down|put down|add this|put this|append this|write this
        """,
        "save": "save|store|keep|commit|save off|record|persist|make a version of|make a new version of",
        // Nouns and small words.
        "plan": "plan|devplan|dev plan|development plan",
        "one": """
        a|an|another|one|one more|the|a new|a brand new|a fresh|another new|this|yet another|new|a further|some
        """,
        "called": """
        called|named|titled|by the name of|by the name|with the name|with the title|and call it|call it|\
        and name it|name it|and the name is|let's name it|let's call it|under the name|that is called|\
        which is called|entitled|that's called|whose name is|i'll call it|and title it|and it's called|\
        it's called|with name|with title
        """,
        "tasks": "tasks|task|to dos|todos|items|task list|list of tasks|tickets|work items|things|jobs|stuff",
        "task": "task|to do|todo|to do item|todo item|ticket|work item|item",
        "versions": """
        versions|version|revisions|history|version history|history of versions|version list|list of versions
        """,
        "have": """
        do we have|do i have|are there|there are|we have|i have|have we|have i|have i got|have we got|exist|\
        does it have|we've got|i've got|did we make|are around|is there|do you have|do you know
        """,
        "in": "to|in|into|under|in the|to the|into the|under the|at|on|beneath|onto",
        "done": "done|finished|complete|completed|ready|closed|through|all done|all finished|over and done",
        "is": """
        is|are|is now|is all|has been|was|got|can be marked|can be marked as|counts as|is also|are now|\
        is finally
        """,
        "about": "about|around|roughly|maybe|approximately|some|another|only|like|at least|up to|probably",
        "because": """
        because|because of|by|since|as|due to|reason|the reason is|the reason being|with the reason|cause|\
        for the reason|on account of
        """,
        "and": "and|with|to|against|from|versus|vs|or|and the|with the|to the|against the",
        "all": """
        all|all the|all of the|all my|all of my|all our|every|every one of the|each|all of our|every single|\
        all these
        """,
        "now": """
        now|right now|at the moment|currently|again|today|for now|already|yet|straight away|then|real quick|\
        quickly
        """,
        "aloud": """
        aloud|out loud|to me|for me|with me|from the top|from the beginning|from the start|again|once more|\
        back to me
        """,
        "any": """
        any more|anymore|any longer|for good|completely|forever|permanently|entirely|for me|now|for ever|\
        altogether|from the list|off the list|from the plan|right now
        """,
    ]
}
