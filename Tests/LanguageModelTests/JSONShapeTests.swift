import LanguageModel
import Support
import Testing

/// What a model sends against what it was told, and what is found in what it writes.
@Suite struct JSONShapeTests {
    private static let shape = JSONShape.object([
        JSONShape.Field("title", .line(atMost: 10), required: true),
        JSONShape.Field("minutes", .whole(1...100)), JSONShape.Field("kind", .choice(["a", "b"])),
        JSONShape.Field("tags", .list(.line(atMost: 5), atMost: 2)), JSONShape.Field("plan", .reference),
        JSONShape.Field("save", .flag),
    ])

    @Test(arguments: [
        (#"{"title":"x"}"#, []),
        (#"{"title":"x","minutes":5,"kind":"a","tags":["q"],"plan":3,"save":true}"#, []),
        (#"{"title":"x","minutes":null,"plan":"offline"}"#, []),
        ("{}", ["title: is missing; it takes one line of at most 10 characters"]),
        (#"{"title":" "}"#, ["title: is empty; it takes one line of at most 10 characters"]),
        (#"{"title":5}"#, ["title: must be one line of at most 10 characters, not the number 5"]),
        (#"{"title":"a\nb"}"#, ["title: must be one line of at most 10 characters, not several lines"]),
        (#"{"title":"abcdefghijk"}"#, ["title: must be one line of at most 10 characters, not 11 characters"]),
        (#"{"title":"x","minutes":"5"}"#, ["minutes: must be a whole number from 1 to 100, not the text “5”"]),
        (#"{"title":"x","minutes":1.5}"#, ["minutes: must be a whole number from 1 to 100, not the number 1.5"]),
        (#"{"title":"x","minutes":1e300}"#, ["minutes: must be a whole number from 1 to 100, not the number 1e+300"]),
        (#"{"title":"x","minutes":101}"#, ["minutes: must be a whole number from 1 to 100, not 101"]),
        (#"{"title":"x","kind":"c"}"#, ["kind: must be one of a, b, not “c”"]),
        (#"{"title":"x","tags":["a",2]}"#, ["tags[1]: must be one line of at most 5 characters, not the number 2"]),
        (
            #"{"title":"x","tags":["a","b","c"]}"#,
            ["tags: must be a list of at most 2, each one line of at most 5 characters, not 3 entries"]
        ),
        (#"{"title":"x","save":"yes"}"#, ["save: must be true or false, not the text “yes”"]),
        (#"{"title":"x","colour":1}"#, ["colour: is not known; there is title, minutes, kind, tags, plan, save"]),
        (
            "[]",
            [
                "must be an object with title, minutes (optional), kind (optional), tags (optional), plan (optional), save (optional), not a list"
            ]
        ),
    ]) func everyFaultIsNamed(text: String, faults: [String]) throws {
        #expect(Self.shape.faults(in: try JSONValue(parsing: text)).map(\.description) == faults)
    }

    @Test func theFaultsThatAreToldHaveABound() throws {
        let many = JSONValue.object(Dictionary(uniqueKeysWithValues: (0..<500).map { ("k\($0)", .null) }))
        #expect(Self.shape.faults(in: many).count == 20)
    }

    @Test(arguments: [
        (#"{"a":1}"#, 1), ("Sure!\n```json\n{\"a\":1}\n```", 1), (#"a {broken {"a":1} b"#, 1),
        (#"{"b":"}{","a":1} {"a":2}"#, 1),
        ("no", nil), (#"{"a":"#, nil), (String(repeating: "{", count: 100_000), nil), (#"[{"a":1}]"#, 1),
    ]) func anObjectIsFoundInText(text: String, value: Int?) {
        #expect(JSONInText.object(in: text)?["a"]?.number.map { Int($0) } == value)
    }

    @Test(arguments: [
        (["Hello there."], "Hello there.", false),
        (["Sure. ", "<tool", "_call>{\"name\":\"x\"}"], "Sure. ", true),
        (["{", "\"name\":\"x\",\"arguments\":{}}"], "", true),
        (["a < b and ", "{x} too"], "a < b and {x} too", false),
        (["Use ``", "`swift\nlet x", "``` now"], "Use ```swift\nlet x``` now", false),
        (["ends in <too"], "ends in <too", false),
        (["{\"title\":\"x\"}"], "{\"title\":\"x\"}", false),
    ]) func whatIsACallInTextIsHeldBack(pieces: [String], said: String, isCall: Bool) {
        var filter = WrittenCallFilter()
        let told = pieces.map { filter.add($0) }.joined()
        let (rest, hasCall) = filter.finish()
        #expect(told + rest == said && hasCall == isCall)
    }

    @Test func tokensAreEstimatedByRuleAndCorrectedByWhatServersTell() {
        #expect(
            TokenEstimate.rule("four") == 1 && TokenEstimate.rule("four more") == 3 && TokenEstimate.rule("ö字😀") == 3)
        #expect(TokenEstimate(ratio: 2).tokens(in: "four more") == 6)
        #expect(TokenEstimate(ratio: 50).ratio == 3 && TokenEstimate().source == .rule)
        let small = ChatRequest([.user("hi")])
        let large = ChatRequest([.user("hi")], tools: [ToolDefinition("a", "b", parameters: Self.shape.schema)])
        #expect(TokenEstimate.rule(large) > TokenEstimate.rule(small) + 40)
    }
}
