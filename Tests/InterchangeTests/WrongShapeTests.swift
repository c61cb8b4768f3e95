import Interchange
import Planning
import Testing

/// Files that are not what they are said to be: one clear error with its place, and nothing crashes.
@Suite struct WrongShapeTests {
    private func fault(_ format: ExchangeFormat, _ bytes: [UInt8], _ name: String = "in.txt") -> String {
        do {
            let plan = try format.read(ImportSource("in", [ExchangedFile(name, bytes)])).plan
            _ = try plan.tasks(of: .make(), file: name)
            return "read"
        } catch let error as InterchangeError {
            return error.description
        } catch {
            return "unexpected: \(error)"
        }
    }

    @Test(arguments: [
        (ExchangeFormat.specKit, "# nothing\n", "in.txt: it has no task such as"),
        (.openSpec, "", "in.txt: it is empty"),
        (.specKit, "- [ ] T001 a\n- [ ] T001 b\n", "in.txt: there are two tasks T001 (“b”)"),
        (.specKit, "- [ ] T001 a (depends on T009)\n", "in.txt: task T001 (“a”) waits for T009, which is not there"),
        (
            .specKit, "- [ ] T001 a (depends on T002)\n- [ ] T002 b (depends on T001)\n",
            "in.txt: a task cannot wait for itself: “a” waits for “b” waits for “a”"
        ),
        (.taskmaster, "{\"tasks\": [}", "in.txt:1: it is not valid JSON"),
        (.taskmaster, "{\"tasks\": [\n\n}", "in.txt:3: it is not valid JSON"),
        (.taskmaster, "[]", "in.txt: it must be an object"),
        (.taskmaster, "{\"tasks\": {}}", "in.txt: tasks must be a list"),
        (.taskmaster, "{\"tasks\": [{\"id\": 1}]}", "in.txt: tasks[0].title is missing"),
        (.taskmaster, "{\"tasks\": [{\"id\": [], \"title\": \"a\"}]}", "tasks[0].id: an id is a number or a text"),
        (.taskmaster, "{\"tasks\": [{\"id\": 1, \"title\": 5}]}", "tasks[0].title must be text"),
        (.taskmaster, "{\"tasks\": [{\"id\": 1, \"title\": \" \"}]}", "tasks[0].title is empty"),
        (
            .taskmaster, "{\"tasks\": [{\"id\": 1, \"title\": \"a\", \"status\": \"odd\"}]}",
            "tasks[0].status must be one of pending"
        ),
        (
            .taskmaster, "{\"tasks\": [{\"id\": 1, \"title\": \"a\", \"priority\": \"odd\"}]}",
            "tasks[0].priority must be one of"
        ),
        (.taskmaster, "{\"a\": {\"tasks\": []}, \"b\": {\"tasks\": []}}", "it has the tags a, b and no “master”"),
        (.taskmaster, "{\"a\": 1}", "there are no tasks in it"),
        (
            .taskmaster,
            "{\"tasks\": [{\"id\": 1, \"title\": \"a\", \"subtasks\": [{\"id\": 1, \"title\": \"b\", \"subtasks\": [{\"id\": 1, \"title\": \"c\"}]}]}]}",
            "tasks[0].subtasks[0] has subtasks"
        ),
        (.taskmaster, "{\"tasks\": [{\"id\": 1, \"title\": \"a\", \"dependencies\": [1]}]}", "“a” waits for “a”"),
        (.beads, "", "in.txt: it is empty"),
        (.beads, "{\"id\":\"a\",\"title\":\"t\"}\n{\"id\":\"b\"}\n", "in.txt:2: title is missing"),
        (.beads, "{\"id\":\"a\",\"title\":\"t\"}\nnonsense\n", "in.txt:2: it is not valid JSON"),
        (.beads, "{\"id\":\"a\",\"title\":\"t\",\"priority\":9}", "in.txt:1: priority must be a number from 0 to 4"),
        (.beads, "{\"id\":\"a\",\"title\":\"t\",\"priority\":\"high\"}", "in.txt:1: priority must be a number"),
        (.beads, "{\"id\":\"a\",\"title\":\"t\",\"status\":\"odd\"}", "in.txt:1: status must be one of open"),
        (.beads, "{\"id\":\"a\",\"title\":\"t\",\"created_at\":\"soon\"}", "in.txt:1: created_at must be a time"),
        (.beads, "{\"id\":\"a\",\"title\":\"t\",\"due_at\":\"2027-02-31\"}", "in.txt:1: due_at must be a time"),
        (
            .beads, "{\"id\":\"a\",\"title\":\"t\",\"dependencies\":[{\"depends_on_id\":\"z\"}]}",
            "waits for z, which is not there"
        ),
        (
            .beads,
            "{\"id\":\"a\",\"title\":\"t\",\"dependencies\":[{\"depends_on_id\":\"a\",\"type\":\"parent-child\"}]}",
            "a task cannot be a part of itself: “t” is a part of “t”"
        ),
        (.csv, "", "in.txt: it is empty"),
        (.csv, "Name,Status\na,todo\n", "in.txt:1: there is no column Title"),
        (.csv, "Title,Status\na,todo\nb,odd\n", "in.txt:3: Status is one of todo"),
        (.csv, "Title,Number\n\"a\nb\",1\nc,x\n", "in.txt:4: Number is a whole number"),
        (.csv, "Title\n\"a\n", "in.txt:2: a quotation mark is not closed"),
        (.csv, "Title\n\"a\"b\n", "in.txt:2: after a closing quotation mark a comma"),
        (.csv, "Title\na,b\n", "in.txt:2: it has 2 cells, and there are 1 columns"),
        (.csv, "Title,Due\na,tomorrow\n", "in.txt:2: Due is a day such as"),
        (.csv, "Title,Due\n,2027-01-01\n", "in.txt:2: Title is empty"),
        (.backlog, "# no front matter\n", "in.txt:1: a task begins with YAML"),
        (.backlog, "---\nid: TASK-1\ntitle: [\n---\n", "in.txt:"),
        (.backlog, "---\nid: TASK-1\ntitle: [a]\n---\n", "in.txt:3: title must be a text"),
        (.backlog, "---\nid: TASK-1\ntitle: a\nstatus: odd\n---\n", "in.txt:4: status must be one of To Do"),
        (.backlog, "---\nid: TASK-1\ntitle: a\npriority: odd\n---\n", "in.txt:4: priority must be one of high"),
        (.backlog, "---\nid: doc-1\ntitle: a\n---\n", "in.txt:2: id must be that of a task and not of a doc"),
        (.backlog, "---\nid: TASK-1\ntitle: a\ncreated_date: soon\n---\n", "created_date must be a time such as"),
        (.backlog, "---\nid: TASK-1\ntitle: a\nlabels: {a: b}\n---\n", "in.txt:4: labels must be a list"),
        (.json, "{}", "in.txt: format is missing"),
        (.json, "{\"format\": \"other\", \"version\": 1}", "its format is “other” and not “aloud-plan”"),
        (.json, "{\"format\": \"aloud-plan\", \"version\": 2}", "it has version 2 of the format"),
        (.json, "{\"format\": \"aloud-plan\", \"version\": 1, \"plan\": {}}", "in.txt: plan.title is missing"),
        (
            .markdown, "<!-- aloud:status odd -->\n<!-- aloud:content -->\n<!-- aloud:tasks -->\n",
            "in.txt:1: a plan's status is one of"
        ),
        (
            .markdown, "<!-- aloud:content -->\n<!-- aloud:tasks -->\n- [ ] a\n  - waits for: one\n",
            "in.txt:4: - waits for: one: numbers of tasks are expected"
        ),
        (
            .markdown, "<!-- aloud:content -->\n<!-- aloud:tasks -->\n- [ ] a\n  - due: 2027-02-31\n",
            "in.txt:4: - due: 2027-02-31: a day is written as"
        ),
        (.jira, "a", "in: jira is written only"),
    ])
    func whatIsWrongIsToldWithItsPlace(format: ExchangeFormat, text: String, says: String) {
        let fault = fault(format, Array(text.utf8))
        #expect(fault.contains(says), "\(fault)")
    }

    @Test(arguments: ExchangeFormat.readable)
    func whatIsNoTextIsRefusedWithItsLine(format: ExchangeFormat) {
        #expect(fault(format, Array("ok\n".utf8) + [0xFF, 0x0A]) == "in.txt:2: it is not UTF-8 text")
        #expect(fault(format, Array("ok\nok\na\0b".utf8)) == "in.txt:3: it has a null byte, which no text has")
        #expect(fault(format, Array(" \r\n\n".utf8)) == "in.txt: it is empty; there is nothing to import")
    }

    @Test(arguments: ExchangeFormat.readable)
    func aFileThatIsTooLargeIsRefused(format: ExchangeFormat) {
        let large = [UInt8](repeating: 0x61, count: ImportSource.largestFile + 1)
        #expect(fault(format, large) == "in.txt: it is larger than 16 MiB")
    }

    /// Ten megabytes of what each parser likes least.
    @Test(
        .timeLimit(.minutes(1)),
        arguments: [
            (ExchangeFormat.markdown, "- "), (.markdown, "> "), (.markdown, "- [ ] a\n"), (.markdown, "[\n"),
            (.markdown, "*"),
            (.taskmaster, "["), (.taskmaster, "{\"tasks\":"), (.json, "{\"a\":"), (.beads, "[{"), (.csv, "\"\"\n,"),
            (.csv, ","),
            (.specKit, "- [ ] T001 "), (.openSpec, "- [ ] 1."), (.backlog, "---\n"),
            (.markdown, "<!-- aloud:tasks -->\n"),
        ])
    func whatGoesOnForeverHasAnEnd(format: ExchangeFormat, piece: String) {
        let text = String(repeating: piece, count: (10 << 20) / piece.utf8.count)
        let fault = fault(format, Array(text.utf8))
        #expect(!fault.hasPrefix("unexpected"), "\(fault)")
    }

    @Test func deepYAMLIsRefusedBeforeItIsParsed() {
        for deep in [
            String(repeating: "[", count: 20_000), String(repeating: "- ", count: 20_000),
            String(repeating: "{a: ", count: 9000),
        ] {
            let text = "---\nid: TASK-1\ntitle: a\nx: \n  \(deep)\n---\n"
            #expect(fault(.backlog, Array(text.utf8)) == "in.txt: its front matter is nested too deep")
        }
    }

    @Test func partsThatAreNestedTooDeepAreNamed() {
        let text = (0..<80).map { String(repeating: "  ", count: $0) + "- [ ] task \($0)\n" }.joined()
        #expect(fault(.markdown, Array(text.utf8)).contains("deep"))
        let chain = (0..<80).map {
            "{\"id\":\"\($0)\",\"title\":\"t\($0)\",\"dependencies\":[{\"depends_on_id\":\"\($0 - 1)\",\"type\":\"parent-child\"}]}\n"
        }
        let lines = "{\"id\":\"-1\",\"title\":\"top\"}\n" + chain.joined()
        #expect(fault(.beads, Array(lines.utf8)) == "in.txt: “t64” is nested more than 64 tasks deep; join some levels")
    }

    @Test func aFolderWithTheSameIdTwiceNamesBothFiles() {
        let task = Array("---\nid: TASK-1\ntitle: a\n---\n".utf8)
        let source = ImportSource("f", [ExchangedFile("tasks/a.md", task), ExchangedFile("tasks/b.md", task)])
        #expect(throws: (any Error).self) { try ExchangeFormat.backlog.read(source) }
        do { _ = try ExchangeFormat.backlog.read(source) } catch {
            #expect("\(error)" == "tasks/b.md: its id TASK-1 is that of tasks/a.md too")
        }
    }

    @Test(arguments: ["[1, 2]", "{\"a\": 1}"])
    func whatNobodyKnowsAsksForItsForm(text: String) {
        do {
            _ = try ExchangeFormat.detect(ImportSource("x", [ExchangedFile("x.json", Array(text.utf8))]))
            Issue.record("it was taken for something")
        } catch {
            #expect("\(error)".contains(text == "[1, 2]" ? "x.json" : "name its form with --format"), "\(error)")
        }
    }

    /// Nothing that a seed can make of our own files crashes a reader.
    @Test(arguments: ExchangeFormat.readable)
    func damagedFilesAreReadOrRefused(format: ExchangeFormat) throws {
        for seed in 1...200 {
            var writer = PlanWriter(seed)
            let files = try format.write(writer.plan()).files
            let damaged = files.map { file in
                var bytes = file.bytes
                for _ in 0..<1 + writer.number(below: 4) where !bytes.isEmpty {
                    let place = writer.number(below: bytes.count)
                    switch writer.number(below: 3) {
                    case 0: bytes.remove(at: place)
                    case 1: bytes.insert(Array("\"[{<>-`\n,:".utf8)[writer.number(below: 10)], at: place)
                    default: bytes = Array(bytes[..<place])
                    }
                }
                return ExchangedFile(file.name, bytes)
            }
            do {
                let plan = try format.read(ImportSource("in", damaged)).plan
                _ = try plan.tasks(of: .make(), file: "in")
            } catch { #expect(error is InterchangeError, "seed \(seed): \(error)") }
        }
    }
}
