extension BuiltInTemplates {
    static let performance = #"""
        ---
        name: performance
        description: Making something faster or smaller, by measurement.
        size: page
        ---

        # {{title}}

        ## Goal

        <!-- ask: What should become faster or smaller, and how much is enough? -->

        <!-- hint: One figure with its unit and its percentile, such as the start page in 300 ms at p95. -->

        <!-- required -->

        ## Today

        <!-- ask: How is it now, and how was that measured? -->

        <!-- hint: Machine, data, load, number of runs and their spread. -->

        <!-- required -->

        ## Where the time goes

        <!-- ask: What does the profile show? -->

        <!-- hint: The few places that make up most of it; without a profile, say how one will be taken. -->

        <!-- required -->

        ## Changes

        <!-- ask: What will you try, in which order? -->

        <!-- hint: For each its expected gain and its price in memory, freshness or complexity. -->

        <!-- required -->

        ## Limits

        <!-- ask: What must not get worse meanwhile? -->

        ## Proof

        <!-- ask: How will the gain be shown, and kept? -->

        <!-- hint: The same measurement before and after, and a threshold that a build is held against. -->

        <!-- required -->

        ## After every change

        - [ ] Measured alone, on the same machine and data.
        - [ ] Kept when the gain is larger than the spread, taken back when not.
        - [ ] Results are still right.
        """#
}
