extension BuiltInTemplates {
    static let security = #"""
        ---
        name: security
        description: A weakness to close, or a protection to add.
        size: page
        ---

        # {{title}}

        ## What is to be protected

        <!-- ask: What has to be protected, and against whom? -->

        <!-- hint: Data, money, service or people; outsiders, other users, insiders, the supply of parts. -->

        <!-- required -->

        ## Threats

        <!-- ask: How could it be attacked? -->

        <!-- hint: Each entrance with what comes in there; how likely it is and what it would cost. -->

        <!-- required -->

        ## Present state

        <!-- ask: What stands in the way of that today, and where is the gap? -->

        ## Measures

        <!-- ask: What will you change? -->

        <!-- hint: Least rights, checking at the border, secrets out of code and logs, and a safe way to fail. -->

        <!-- required -->

        ## Proof

        <!-- ask: Which test shows that the attack fails now? -->

        <!-- required -->

        ## Disclosure

        <!-- ask: Who has to be told, when, and what do users have to do? -->

        ## If it happens all the same

        <!-- ask: How would you notice an attack, and what is done in the first hour? -->

        ## Before it is released

        - [ ] No secret stands in the code, its history, the logs or the messages.
        - [ ] What comes from outside has a bound and is checked where it enters.
        - [ ] Dependencies with known faults are replaced.
        - [ ] Somebody else has read the change.
        """#
}
