extension PlanPage {
    /// No code block is cut: lines wrap, and a table stays within the page. On paper the pages are numbered, and the
    /// contents tell on which page a section begins (CSS Generated Content for Paged Media).
    static let style = """
        :root { color-scheme: light dark; --ink: #1b1f24; --paper: #ffffff; --faint: #57606a; --line: #d0d7de; --soft: #f3f5f7; --link: #0a5dc2; }
        @media (prefers-color-scheme: dark) {
          :root { --ink: #e6e9ed; --paper: #14171a; --faint: #9aa4ae; --line: #343b42; --soft: #1f2428; --link: #7db4ff; }
        }
        * { box-sizing: border-box; }
        body { margin: 0 auto; padding: 2rem 1.2rem 4rem; max-width: 46rem; color: var(--ink); background-color: var(--paper);
          font: 1rem/1.6 system-ui, "DejaVu Sans", sans-serif; overflow-wrap: break-word; }
        h1, h2, h3, h4 { line-height: 1.25; margin: 2em 0 .6em; break-after: avoid; }
        h1 { font-size: 1.9rem; margin-top: .4em; }
        h2 { font-size: 1.35rem; border-bottom: 1px solid; border-color: var(--line); padding-bottom: .2em; }
        a { color: var(--link); overflow-wrap: anywhere; }
        .facts { color: var(--faint); margin: 0; }
        nav { background-color: var(--soft); border-radius: .5rem; padding: .8rem 1.2rem; margin: 1.5rem 0; }
        nav h2 { font-size: 1rem; border: 0; margin: 0 0 .3em; }
        nav ul { list-style: none; margin: 0; padding: 0; }
        nav .level-3 { padding-left: 1.2rem; }
        pre, code { font-family: "DejaVu Sans Mono", ui-monospace, monospace; font-size: .88em; }
        code { background-color: var(--soft); border-radius: .25rem; padding: .1em .3em; overflow-wrap: break-word; }
        pre { background-color: var(--soft); border: 1px solid; border-color: var(--line); border-radius: .4rem; padding: .8rem 1rem;
          white-space: pre-wrap; overflow-wrap: anywhere; }
        pre code { background-color: transparent; padding: 0; }
        blockquote { margin: 1em 0; padding: 0 1em; border-left: .25rem solid; border-color: var(--line); color: var(--faint); }
        table { border-collapse: collapse; width: 100%; margin: 1em 0; font-size: .92em; }
        th, td { border: 1px solid; border-color: var(--line); padding: .35em .6em; vertical-align: top; }
        th { background-color: var(--soft); text-align: left; }
        .tasks th, .tasks td { white-space: nowrap; }
        .tasks td:nth-child(2) { white-space: normal; width: 50%; }
        thead { display: table-header-group; }
        tr { break-inside: avoid; }
        td code { white-space: normal; overflow-wrap: break-word; }
        tr.done td, tr.cancelled td { color: var(--faint); }
        li:has(> .box), li:has(> p > .box) { list-style: none; margin-left: -1.3em; }
        @media (max-width: 44rem) { table { display: block; overflow-x: auto; } }
        @media print {
          wbr::before { content: "\\200B"; }
          td { overflow-wrap: anywhere; min-width: 4em; }
          .tasks td { overflow-wrap: normal; min-width: 0; }
          :root { --ink: #111; --paper: #fff; --faint: #555; --line: #bbb; --soft: #f4f4f4; --link: #0a4a9c; }
          body { max-width: none; padding: 0; font-size: 10.5pt; }
          pre { break-inside: avoid; }
          nav { background-color: transparent; padding: 0; }
          nav a { text-decoration: none; color: var(--ink); }
          nav a::after { content: leader(".") target-counter(attr(href), page); color: var(--faint); }
        }
        @page { size: A4; margin: 20mm 18mm 22mm;
          @bottom-right { content: counter(page) " / " counter(pages); font: 9pt sans-serif; color: #555; } }

        """
}
