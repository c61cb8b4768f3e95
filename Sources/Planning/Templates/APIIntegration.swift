extension BuiltInTemplates {
    static let apiIntegration = #"""
        ---
        name: API integration
        description: Working with somebody else's interface.
        size: page
        variables:
          - name: service
            question: Which service is it?
        ---

        # {{title}}

        Service: {{service}}

        ## Purpose

        <!-- ask: What do you need from it, and what happens without it? -->

        <!-- required -->

        ## Contract

        <!-- ask: Which calls do you use, with which data? -->

        <!-- hint: Address, version, method, fields, sizes; where it is documented and who keeps it. -->

        <!-- required -->

        ## Access

        <!-- ask: How does it know you, and where are the keys kept? -->

        <!-- hint: The kind of credentials, their rights, how they are renewed and taken back. -->

        <!-- required -->

        ## Limits and costs

        <!-- ask: What are its limits, and what does it cost? -->

        ## Faults

        <!-- ask: What will you do when it is slow, wrong or away? -->

        <!-- hint: A deadline for each call, which calls may be made again, how long to wait, what is shown meanwhile. -->

        <!-- required -->

        ## Mapping

        <!-- ask: How do its data become yours? -->

        <!-- hint: Names, units, time zones, missing values; one place in the code that knows theirs. -->

        ## Testing

        <!-- ask: How is it tested without the real service, and how with it? -->

        <!-- required -->

        ## Watching

        <!-- ask: How will you notice that it changed or fails? -->
        """#
}
