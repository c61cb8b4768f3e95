extension BuiltInTemplates {
    static let testingStrategy = #"""
        ---
        name: testing strategy
        description: What is tested, where, and how much is enough.
        size: page
        ---

        # {{title}}

        ## Risks

        <!-- ask: What must never break, and what would it cost? -->

        <!-- hint: Order by harm; the tests follow this list. -->

        <!-- required -->

        ## Scope

        <!-- ask: What is tested here, and what is left to others? -->

        ## Levels

        <!-- ask: What is tested in units, what together, and what from outside? -->

        <!-- hint: As far down as the fault can be seen; from outside only what no lower test shows. -->

        <!-- required -->

        ## Data and surroundings

        <!-- ask: Which data, devices and services do the tests need? -->

        <!-- hint: What is real, what stands in for it, and how it is made fresh for each run. -->

        <!-- required -->

        ## Tools

        <!-- ask: With which tools, and where do they run? -->

        ## By hand

        <!-- ask: What has to be tried by a person, and when? -->

        ## Enough

        <!-- ask: When is it tested enough to release? -->

        <!-- hint: Something that can be counted, and who decides when it is not met. -->

        <!-- required -->

        ## Tests that fail at times

        <!-- ask: What happens to a test that fails without a reason? -->
        """#
}
