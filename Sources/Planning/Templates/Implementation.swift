extension BuiltInTemplates {
    static let implementation = #"""
        ---
        name: implementation
        description: A full plan that one planner writes for another implementer, from the problem to the rollout.
        size: full
        variables:
          - name: implementer
            question: Who will implement it, a person or a model?
            default: not chosen yet
        ---

        # {{title}}

        | | |
        |---|---|
        | Project | {{project}} |
        | Created | {{date}} |
        | Planner | {{planner}} |
        | Implementer | {{implementer}} |

        - [ ] planning complete
        - [ ] in progress
        - [ ] completed

        ## Executive summary

        ### Problem

        <!-- ask: Which problem does it solve, and for whom? -->

        <!-- required -->

        ### Approach

        <!-- ask: How will it be solved, in three sentences? -->

        <!-- required -->

        ### Success criteria

        <!-- ask: What will be true when it is done? -->

        <!-- hint: Each can be checked by somebody who was not there. -->

        <!-- required -->

        ## Codebase context

        ### Layers

        <!-- ask: Which layers does the code have, and which may use which? -->

        ### Key files

        <!-- ask: Which files does one have to know, and what is each for? -->

        <!-- hint: Paths from the root of the repository, as they are today. -->

        <!-- required -->

        ### Patterns to follow

        <!-- ask: Which patterns should the new code follow, and in which file does each stand? -->

        ### Dependencies

        <!-- ask: Which libraries and services does it need, and why each of them? -->

        ## Architecture decisions

        <!-- ask: What had to be decided, between which options, and why so? -->

        <!-- hint: For each decision the options, what speaks for and against each, the chosen one and the rationale. -->

        <!-- required -->

        ## Roadmap

        ### First phase

        <!-- ask: What is done when the first phase ends? -->

        <!-- required -->

        #### Files to create

        <!-- ask: Which files are created in it, and what does each hold? -->

        #### Files to modify

        <!-- ask: Which files are changed in it, and what in each? -->

        <!-- required -->

        #### Code sketches

        Signatures and types that the implementer keeps to; not the whole code.

        ```text
        ```

        #### Migration commands

        What has to be run once, in order, with the way back. Take this section out when there is nothing.

        ```sh
        ```

        #### Tests of the phase

        <!-- ask: Which tests end the first phase? -->

        <!-- required -->

        ### Later phases

        <!-- ask: Which phases follow, each with its files, commands and tests? -->

        ## Configuration

        ### Settings

        <!-- ask: Which settings or environment variables are new, and what happens without them? -->

        ### Example environment

        Entries for the example file, with values that are harmless.

        ```sh
        ```

        ## Quality checks

        - [ ] Architecture: each layer uses only those it may use; no new circle.
        - [ ] Format, lint, types and tests pass without a warning.
        - [ ] Security: input is bounded and checked, secrets stay out of code and logs.
        - [ ] Errors say what, where and what to do.

        ## Documentation updates

        <!-- ask: Which pages, comments and change log entries change? -->

        ## Potential issues and fallbacks

        <!-- ask: What may go wrong, how would one notice, and what is done then? -->

        <!-- hint: For each issue its sign, its likely cause and the fallback. -->

        <!-- required -->

        ## Testing

        ### Unit tests

        <!-- ask: What is tested in units, with which cases? -->

        <!-- required -->

        ### Integration tests

        <!-- ask: What is tested together, and with what? -->

        ### Manual tests

        <!-- ask: What is tried by hand, and what is the expected answer of each step? -->

        ## Rollout

        1. Prepare: merged behind a switch that is off, with the migration rehearsed.
        2. Try: switched on where only the team sees it.
        3. Widen: switched on for a few, watched for long enough to see every daily job.
        4. Finish: switched on for everybody; the switch and what it replaced are removed.

        ### Way back

        <!-- ask: How is it taken back at each step, and at which sign? -->

        <!-- required -->

        ## Success validation

        <!-- ask: How is each success criterion checked, by whom, and when? -->

        <!-- required -->

        ## Notes for the implementer

        ### Order of work

        <!-- ask: In which order should the work be done, and what can wait? -->

        ### When stuck

        - Read the file that holds the pattern once more, then its tests.
        - Reduce it to the smallest case that fails, and write that down here.
        - After two attempts that failed, stop and ask; do not widen the change.

        ### Do not

        - Do not change what no phase names.
        - Do not weaken or skip a test to make it pass.
        - Do not add a dependency that this plan does not give a reason for.

        ## Status

        | phase | state | evidence |
        |---|---|---|
        | First phase | not begun | |
        """#
}
