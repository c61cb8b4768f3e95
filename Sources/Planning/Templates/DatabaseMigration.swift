extension BuiltInTemplates {
    static let databaseMigration = #"""
        ---
        name: database migration
        description: Another shape for data that must not be lost.
        size: page
        variables:
          - name: database
            question: Which database is it?
        ---

        # {{title}}

        Database: {{database}}

        ## Reason

        <!-- ask: What shall the data allow that they do not allow today? -->

        <!-- required -->

        ## Change

        <!-- ask: Which tables, columns or indexes change, and how? -->

        <!-- hint: From what to what, with types, defaults and rules; and how many rows there are. -->

        <!-- required -->

        ## Old data

        <!-- ask: What becomes of the rows that are there? -->

        <!-- hint: How they are brought over, what is done with those that fit no rule, how long it takes. -->

        <!-- required -->

        ## Readers and writers

        <!-- ask: Who reads or writes these data, and in which order are they changed? -->

        <!-- hint: During the change old and new programs may run at once: add first, use then, remove last. -->

        <!-- required -->

        ## Way back

        <!-- ask: How do you get back, and until when is that possible? -->

        <!-- required -->

        ## Rehearsal

        <!-- ask: On which copy is it tried, and how long may it hold a lock? -->

        <!-- required -->

        ## Proof

        <!-- ask: How will you know that nothing was lost? -->

        <!-- hint: Counts, sums and samples that are compared before and after. -->

        <!-- required -->

        ## On the day

        - [ ] A backup is made, and it was restored once on another machine.
        - [ ] The rehearsal ran with data of the real size.
        - [ ] Whoever decides to go back is reachable, and knows the sign for it.
        - [ ] The old shape is removed in a later release, not in this one.
        """#
}
