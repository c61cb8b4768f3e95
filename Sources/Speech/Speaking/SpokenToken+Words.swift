extension SpokenToken {
    static let abbreviations = [
        "e.g.": "for example", "e.g": "for example", "i.e.": "that is", "i.e": "that is", "etc.": "and so on",
        "vs.": "versus", "vs": "versus", "approx.": "about", "cf.": "compare", "resp.": "respectively",
        "w/o": "without", "w/": "with",
    ]

    static let signs = [
        "&": "and", "+": "plus", "=": "equals", "==": "equals", "!=": "is not", "≠": "is not", "%": "percent",
        "→": "to", "->": "to", "=>": "to", "←": "from", "×": "times", "÷": "divided by", "±": "plus or minus",
        "≥": "at least", ">=": "at least", "≤": "at most", "<=": "at most", "≈": "about", ">": "greater than",
        "<": "less than", "°": "degrees", "@": "at", "#": "number", "C++": "C plus plus", "C#": "C sharp",
        "F#": "F sharp", "—": ",", "–": ",", "-": ",", "§": "section", "✓": "yes", "✗": "no",
    ]

    static let acronyms = [
        "JSON": "jason", "SQL": "sequel", "SQLite": "sequel light", "MySQL": "my sequel", "PostgreSQL": "postgres",
        "YAML": "yammel", "CRUD": "crud", "REST": "rest", "RAM": "ram", "GIF": "gif", "AJAX": "ajax", "CORS": "cores",
        "SAML": "sammel", "TOML": "tommel", "OAuth": "oh auth", "iOS": "I O S", "macOS": "mac O S", "GitHub": "git hub",
        "GitLab": "git lab", "JavaScript": "java script", "TypeScript": "type script", "GraphQL": "graph Q L",
        "README": "read me", "TODO": "to do", "FIXME": "fix me", "ASCII": "askey", "NATO": "nato", "LAN": "lan",
        "OK": "okay", "PIN": "pin", "SIM": "sim", "LED": "L E D", "AM": "A M", "PM": "P M", "IT": "I T", "US": "U S",
        "A": "a", "I": "I", "json": "jason", "yaml": "yammel", "yml": "yammel", "sqlite": "sequel light",
        "sql": "sequel",
        "md": "M D", "js": "J S", "ts": "T S", "py": "pie", "html": "H T M L", "css": "C S S", "url": "U R L",
        "api": "A P I", "cli": "C L I", "http": "H T T P", "https": "H T T P S", "xml": "X M L", "csv": "C S V",
        "ui": "U I", "ux": "U X", "db": "D B", "wav": "wave", "txt": "text", "sh": "S H",
    ]
}
