extension BuiltInTemplates {
    static let newFeature = #"""
        ---
        name: new feature
        description: Something that the software cannot do yet.
        size: page
        ---

        # {{title}}

        ## Overview

        <!-- ask: What is it for, in a sentence or two? -->

        <!-- hint: Who needs it, and what they can do once it is there. -->

        <!-- required -->

        ## Requirements

        <!-- ask: What must it do? -->

        <!-- hint: What somebody could check from outside, one sentence for each. -->

        <!-- required -->

        ## Design

        <!-- ask: How should it work? -->

        <!-- hint: The parts that take part, and what passes between them. -->

        ## Implementation

        <!-- ask: What are the steps to build it? -->

        <!-- hint: In an order in which something works after every step. -->

        <!-- required -->

        ## Testing

        <!-- ask: How will you know that it works? -->

        <!-- hint: What is tried, with what, and what must come out. -->

        <!-- required -->
        """#
}
