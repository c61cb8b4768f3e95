extension BuiltInTemplates {
    static let documentation = #"""
        ---
        name: documentation
        description: Pages for somebody who has to get something done.
        size: page
        ---

        # {{title}}

        ## Readers

        <!-- ask: Who reads it, and what do they know already? -->

        <!-- required -->

        ## Tasks

        <!-- ask: What do they want to get done with it? -->

        <!-- hint: As they would ask it; each becomes a page or a heading. -->

        <!-- required -->

        ## Present state

        <!-- ask: What is there today, and what is missing or wrong? -->

        ## Pages

        <!-- ask: Which pages will there be, in which order? -->

        <!-- hint: First steps, guides by task, reference, background; one kind to a page. -->

        <!-- required -->

        ## Examples

        <!-- ask: Which examples run through it, and how are they kept working? -->

        ## Sources

        <!-- ask: Who knows the facts, and what is generated from the code? -->

        ## Keeping it true

        <!-- ask: Who changes it when the software changes, and how is that noticed? -->

        <!-- required -->

        ## Before it is published

        - [ ] Somebody who did not write it got something done with it.
        - [ ] Every command was run as it stands there.
        - [ ] Links lead somewhere.
        """#
}
