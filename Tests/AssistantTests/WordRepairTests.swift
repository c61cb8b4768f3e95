import Planning
import Storage
import Testing

@testable import Assistant

@Suite struct WordRepairTests {
    private let repair = WordRepair()

    @Test(arguments: [
        ("add a task move the queue to post gress", "add a task move the queue to Postgres"),
        ("we use oh auth, and kubernetes.", "we use OAuth, and Kubernetes."),
        ("Post gress sequel or sequel lite?", "PostgreSQL or SQLite?"),
        ("the a p i speaks h t t p s", "the API speaks HTTPS"),
        ("type script in the front end", "TypeScript in the frontend"),
        ("send a jason payload over a web socket", "send a JSON payload over a WebSocket"),
    ])
    func technicalWordsAreWrittenAsTheyAre(heard: String, written: String) {
        #expect(repair.repaired(heard).text == written)
    }

    @Test(arguments: [
        ("ship version two point three", "ship version 2.3"), ("python three point eleven", "python 3.11"),
        ("release one point oh point four", "release 1.0.4"), ("the v two endpoint", "the v2 endpoint"),
        ("support twenty five users", "support 25 users"), ("two hundred and forty requests", "240 requests"),
        ("three tasks", "three tasks"), ("finish tasks one two and three", "finish tasks one two and three"),
        ("the twenty first of june", "the twenty first of june"),
        ("at this point two people", "at this point two people"),
    ])
    func versionsAndNumbersAreDigits(heard: String, written: String) {
        #expect(repair.repaired(heard).text == written)
    }

    @Test(arguments: [
        ("look into main dot swift", "look into main.swift"), ("the file config dot yaml", "the file config.yaml"),
        ("source slash app slash main dot py", "source/app/main.py"),
        ("add it to dot git ignore", "add it to .gitignore"),
        ("the dot on the i", "the dot on the i"), ("connect the dots", "connect the dots"),
    ])
    func fileNamesAreWrittenTogether(heard: String, written: String) {
        #expect(repair.repaired(heard).text == written)
    }

    @Test(arguments: [
        "show my projects", "open api", "read me the plan", "i think a user story is enough",
        "jason will write the docs", "what's next", "(see the notes), please",
    ])
    func whatMeansWhatItSaysStays(heard: String) {
        let repaired = repair.repaired(heard)
        #expect(repaired.text == heard && repaired.changes.isEmpty)
    }

    @Test func whatWasHeardIsKeptBesideIt() {
        #expect(
            repair.repaired("post gress, version two point one").changes
                == [.init(heard: "post gress", used: "Postgres"), .init(heard: "two point one", used: "2.1")])
    }

    @Test func theUsersOwnWordsAreKnownByTheirSound() {
        let sounds = [
            "Zettel": "Z EH T AH L", "settle": "S EH T AH L", "zed el": "Z EH D EH L", "zettle": "Z EH T AH L",
            "the": "DH AH", "open": "OW P AH N",
        ]
        let own = WordRepair(vocabulary: ["Zettel"]) { sounds[$0]?.split(separator: " ").map(String.init) ?? [] }
        #expect(own.repaired("open the zettle").text == "open the Zettel")
        #expect(own.repaired("settle the matter").changes.isEmpty)
    }

    @Test func byVoiceTheTaskGetsTheWrittenTitleAndTheTurnKeepsBoth() async throws {
        let talk = try await Conversing()
        for text in ["create new project website", "create devplan offline sync", "cancel"] { try await talk.say(text) }
        let said = Heard("add a task: move the queue to post gress", modality: .voice, surface: .voice)
        for try await _ in talk.dialogue.take(said) {}
        let plan = try #require(try await talk.store.plans().first)
        #expect(try await talk.store.tasks(of: plan.id).map(\.title) == ["move the queue to Postgres"])
        let turn = try #require(try await talk.store.exchange(at: 1)?.said)
        #expect(turn.heard.hasSuffix("post gress") && turn.used.hasSuffix("Postgres"))
        // What is typed is meant.
        try await talk.say("add a task: move the cache to post gress")
        #expect(try await talk.store.tasks(of: plan.id).map(\.title).contains("move the cache to post gress"))
        try talk.end()
    }
}
