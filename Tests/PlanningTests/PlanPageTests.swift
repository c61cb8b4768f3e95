import Foundation
import Planning
import Testing

/// A plan as a page: nothing lost, nothing loaded, nothing run.
@Suite struct PlanPageTests {
    private func page(_ markdown: String, title: String = "sync", tasks: [PlanTask] = []) -> String {
        let plan = Plan(number: 3, projectId: .make(), title: title)
        return PlanPage(plan: plan, project: "a <b> & c", version: 2, markdown: markdown, tasks: tasks).html
    }

    @Test func theTitleStandsOnceAndTheFactsBelowIt() {
        let html = page("# Offline sync\n\nText.\n")
        #expect(html.contains("<title>Offline sync</title>") && html.contains("<h1>Offline sync</h1>"))
        #expect(html.components(separatedBy: "<h1>").count == 2)
        #expect(html.contains("Plan 3 of a &lt;b&gt; &amp; c · version 2 · draft"))
        #expect(page("Text.\n").contains("<h1>sync</h1>"))
    }

    @Test func theContentsLeadToTheSections() {
        let html = page("# T\n\n## One\n\n### One and a half\n\n> ## Quoted\n\n## Two & more\n")
        for link in [
            ##"<a href="#section-1">One</a>"##, ##"<a href="#section-2">One and a half</a>"##,
            ##"<a href="#section-3">Two &amp; more</a>"##,
        ] {
            #expect(html.contains(link))
        }
        #expect(html.contains(#"<h2><a id="section-3"></a>Two &amp; more</h2>"#))
        #expect(!html.contains("section-4"))
    }

    @Test(arguments: [
        ("<script>alert(1)</script> and more", "&lt;script&gt;alert(1)&lt;/script&gt; and more"),
        ("a <img src=x onerror=alert(1)> b", "&lt;img src=x onerror=alert(1)&gt;"),
        ("<div>kept</div>\n\nafter", "&lt;div&gt;kept&lt;/div&gt;"),
    ])
    func rawHTMLIsShownAndNotRun(markdown: String, shown: String) {
        let html = page(markdown)
        #expect(html.contains(shown), "\(html)")
        #expect(!html.contains("<script>") && !html.contains("<img") && !html.contains("<div>"))
    }

    @Test(arguments: [
        "javascript:alert(1)", "JaVaScRiPt:alert(1)", "data:text/html,hello", "vbscript:x",
        "file:///etc/passwd",
        "x-anything:y",
    ])
    func anAddressThatRunsOrReadsSomethingLeadsNowhere(address: String) {
        #expect(page("[go](<\(address)>) ![see](<\(address)>)").contains(#"<a href="">go</a>"#))
    }

    @Test func picturesAreLinksAndOtherLinksStay() {
        let html = page(
            "![a cat](https://example.com/c.png) [b](http://x.y/?a=1&b=2) [c](mailto:a@b.c) [d](#section-1) [e](../f.md)"
        )
        for link in [
            #"<a href="https://example.com/c.png">a cat</a>"#, #"<a href="http://x.y/?a=1&amp;b=2">b</a>"#,
            #"<a href="mailto:a@b.c">c</a>"#, ##"<a href="#section-1">d</a>"##, #"<a href="../f.md">e</a>"#,
        ] {
            #expect(html.contains(link), "\(link)")
        }
    }

    @Test func commentsAreNobodysToRead() {
        #expect(!page("before <!-- secret --> after\n\n<!-- ask: what? -->\n").contains("<!--"))
    }

    @Test func aLongWordMayBeBrokenAndIsStillTheSameWord() {
        let word = "with_a_very_long_identifier_that_has_no_end_日本語日本語日本語日本語日本語日本語日本語日本語日本語日本語日本語日本語"
        let html = page("| a |\n|---|\n| \(word) |\n\n\(word)\n\n`\(word)`\n")
        #expect(html.contains("<td>with_<wbr>a_<wbr>very_"))
        #expect(html.replacing("<wbr>", with: "").components(separatedBy: word).count == 4)
        #expect(!page("short words only").contains("<wbr>"))
    }

    @Test func tasksStandInATable() throws {
        var task = PlanTask(planId: .make(), number: 1, title: "write <it>", estimateMinutes: 90, dependsOn: [2, 3])
        task.dueOn = Day("2027-03-01")
        let html = page("# T\n", tasks: [task])
        #expect(
            html.contains(
                "<td>1</td><td>write &lt;it&gt;</td><td>todo</td><td>medium</td><td>90</td><td>2, 3</td><td></td><td>2027-03-01</td>"
            ))
    }

    @Test func checkBoxesAreSigns() {
        let html = page("- [x] one\n- [ ] two\n")
        #expect(html.contains(">☑</span> one") && html.contains(">☐</span> two") && !html.contains("<input"))
    }

    @Test func whateverIsWrittenEndsInAPage() {
        for markdown in [
            "", String(repeating: "> ", count: 5000), String(repeating: "[", count: 20_000),
            String(repeating: "* a\n", count: 5000), String(repeating: "*_", count: 5000),
            "|a|\n|-|\n" + String(repeating: "|", count: 9000),
            String(repeating: "`", count: 9999) + "x", "\u{0}\u{1B}", "\r\r\n",
        ] {
            #expect(page(markdown).hasSuffix("</body>\n</html>\n"))
        }
    }
}
