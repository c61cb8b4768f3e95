extension BuiltInTemplates {
    static let bugFix = #"""
        ---
        name: bug fix
        description: Something that works otherwise than it should, from how to see it to how it stays away.
        size: page
        ---

        # {{title}}

        ## Symptom

        <!-- ask: What goes wrong, and what should happen instead? -->

        <!-- hint: What is seen, by whom, how often, and since when; the exact message if there is one. -->

        <!-- required -->

        ## Reproduction

        <!-- ask: How can it be made to happen? -->

        <!-- hint: The shortest way from a fresh start, with version, platform and data. Say so when it cannot be forced. -->

        <!-- required -->

        ## Cause

        <!-- ask: What is the cause, or what do you suspect? -->

        <!-- hint: What speaks for each suspicion, and what would rule it out. -->

        <!-- required -->

        ## Fix

        <!-- ask: What will you change? -->

        <!-- hint: The smallest change at the cause, not where it shows; and who else passes through that place. -->

        <!-- required -->

        ## Regression test

        <!-- ask: Which test fails today and passes afterwards? -->

        <!-- required -->

        ## Side effects

        <!-- ask: What else may the fix change, and is there the same fault elsewhere? -->

        ## Before it is closed

        - [ ] The test was seen failing before the fix.
        - [ ] The reproduction no longer shows the fault.
        - [ ] Places with the same pattern were looked at.
        - [ ] The change log says what users will notice.
        """#
}
