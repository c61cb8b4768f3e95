import AloudProcess
import Foundation
import Support
import Testing

@Suite struct ChatTests {
    private let home = AloudHome()

    private func chats() async throws -> [JSONValue] {
        try JSONValue(parsing: try await home.run("chat", "list", "--json").output).array ?? []
    }

    @Test func aConversationIsListedShownEndedAndDeleted() async throws {
        #expect(try await home.run("chat").output == "Nothing was said yet.\n")
        #expect(try await home.run("chat", "end").output == "Nothing was said that could end.\n")
        #expect(try await home.run("chat", "show").status == 1)
        _ = try await home.run("say", "create", "new", "project", "website")
        _ = try await home.run("say", "note", "that", "the", "code", "is", "4711")
        #expect(try await home.run("chat", "end").output == "Ended.\n")
        _ = try await home.run("say", "create", "devplan", "sync")
        let all = try await chats()
        #expect(all.map { $0["turns"] } == [1, 2] && all.map { $0["project"] } == ["website", "website"])
        let shown = try await home.run("chat", "show", "2")
        #expect(shown.output.contains("the code is 4711") && shown.output.contains("Created project website."))
        #expect(try await home.run("chat", "delete", "2").status == 64)
        #expect(try await home.run("chat", "delete", "2", "--yes").output == "Forgotten: 4 turns.\n")
        #expect(try await !home.run("chat", "show", "2").output.contains("4711"))
        #expect(try await home.run("project", "list").output.contains("website"))
        #expect(try await home.run("chat", "show", "7").errors.contains("there is no conversation 7"))
        #expect(try await home.run("chat", "list", "--limit", "0").status == 64)
    }
}
