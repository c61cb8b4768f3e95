import Support
import Testing

@Suite struct LocationsTests {
    @Test func oneFolderHoldsEverythingWhenAsked() {
        let places = Locations(environment: ["ALOUD_HOME": "/x/y", "XDG_DATA_HOME": "/other"])
        #expect(places.database == "/x/y/data/aloud.db")
        #expect(places.configFile == "/x/y/config/config.yaml")
        #expect(places.socket == "/x/y/run/aloud.sock")
    }

    @Test func xdgIsFollowedAndRelativeValuesAreIgnored() {
        let places = Locations(
            environment: ["HOME": "/home/me", "XDG_DATA_HOME": "/d", "XDG_CONFIG_HOME": "relative"], userId: 7)
        #expect(places.database == "/d/aloud/aloud.db")
        #expect(places.configFile == "/home/me/.config/aloud/config.yaml")
        #expect(places.socket == "/tmp/aloud-7/aloud.sock")
        #expect(places.runtimeIsFallback)
    }
}

@Suite struct JSONValueTests {
    @Test(arguments: [
        #"{"a":[1,2.5,"x",null,true],"b":{"c":-3}}"#, "[]", "null", #""text""#, "12345678901",
        #"{"id":9007199254740993}"#, "-9223372036854775808",
    ])
    func isReadAndWrittenAlike(text: String) throws {
        #expect(try JSONText.line(JSONValue(parsing: text)) == text)
    }
}

@Suite struct DeadlineTests {
    @Test func workThatTakesTooLongIsCancelled() async {
        await #expect(throws: DeadlineError.self) {
            try await withDeadline(.milliseconds(20)) {
                try await Task.sleep(for: .seconds(60))
            }
        }
    }

    @Test func workInTimeGivesItsValue() async throws {
        #expect(try await withDeadline(.seconds(10)) { 7 } == 7)
    }

    @Test func whatIsNestedWithoutEndIsRefusedAtOnce() throws {
        let deep = String(repeating: "[", count: 200_000)
        #expect(throws: NestingError.self) { try JSONValue(parsing: deep) }
        let brackets = "\"" + String(repeating: "[\\\"", count: 1000) + "\""
        #expect(try JSONValue(parsing: brackets).string?.count == 2000)
        let allowed = String(repeating: "[", count: 32) + String(repeating: "]", count: 32)
        #expect(throws: Never.self) { try JSONValue(parsing: allowed) }
    }
}
