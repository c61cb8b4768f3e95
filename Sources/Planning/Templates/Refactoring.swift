extension BuiltInTemplates {
    static let refactoring = #"""
        ---
        name: refactoring
        description: The same behaviour in a better shape.
        size: page
        ---

        # {{title}}

        ## Reason

        <!-- ask: What is hard today because of the shape of the code? -->

        <!-- hint: A change that took too long, a fault that came back, a file that everybody fears. -->

        <!-- required -->

        ## Boundary

        <!-- ask: Which parts may change, and what must stay exactly as it is? -->

        <!-- hint: Public names, files, formats and messages that others rely on. -->

        <!-- required -->

        ## Target

        <!-- ask: What shape should it have afterwards? -->

        <!-- required -->

        ## Safety net

        <!-- ask: Which tests hold today's behaviour, and which are missing? -->

        <!-- hint: What is missing is written first, against the old code. -->

        <!-- required -->

        ## Steps

        <!-- ask: In which small steps do you get there? -->

        <!-- hint: Each builds, passes the tests and could be the last one. -->

        <!-- required -->

        ## Measure

        <!-- ask: How will you see that it became better? -->

        ## Rules of the way

        - No step changes behaviour and shape at once.
        - What turns out to be a fault is noted and mended on its own.
        - Old and new do not stand side by side when the last step is done.
        """#
}
