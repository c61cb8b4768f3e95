import Support
import Testing

@testable import LanguageModel

/// The pieces that servers send, and what comes of them.
@Suite struct ChatAssemblyTests {
    /// Each piece is the content of `choices[0]`.
    private func assemble(_ choices: [String], done: Bool = true) throws -> [ChatEvent] {
        var assembly = ChatAssembly()
        var events: [ChatEvent] = []
        for choice in choices { events += assembly.add(try JSONValue(parsing: #"{"choices":[\#(choice)]}"#)) }
        if done { assembly.done() }
        return events + assembly.finish()
    }

    private func calls(_ pieces: [String], reason: String = "tool_calls") throws -> [ToolCall] {
        let events = try assemble(
            pieces.map { #"{"delta":{"tool_calls":[\#($0)]},"finish_reason":null}"# }
                + [#"{"delta":{},"finish_reason":"\#(reason)"}"#])
        return events.flatMap { event in if case .calls(let calls) = event { calls } else { [ToolCall]() } }
    }

    @Test func openAI_SendsPiecesByIndex() throws {
        #expect(
            try calls([
                #"{"index":0,"id":"a","type":"function","function":{"name":"add_task","arguments":""}}"#,
                #"{"index":0,"function":{"arguments":"{\"title\":"}}"#,
                #"{"index":1,"id":"b","function":{"name":"add_task","arguments":"{}"}}"#,
                #"{"index":0,"function":{"arguments":"\"Fix\"}"}}"#,
            ]) == [
                ToolCall(id: "a", name: "add_task", text: #"{"title":"Fix"}"#),
                ToolCall(id: "b", name: "add_task", text: "{}"),
            ])
    }

    @Test func ollama_SendsWholeCallsAllWithIndexZero() throws {
        #expect(
            try calls(
                [
                    #"{"index":0,"id":"a","function":{"name":"x","arguments":"{\"n\":1}"}}"#,
                    #"{"index":0,"id":"b","function":{"name":"x","arguments":"{\"n\":2}"}}"#,
                ], reason: "stop"
            ).map(\.text) == [#"{"n":1}"#, #"{"n":2}"#])
    }

    @Test func gemini_SendsNeitherIndexNorId() throws {
        let found = try calls([
            #"{"function":{"name":"x","arguments":"{\"n\":1}"}}"#, #"{"function":{"name":"y","arguments":"{}"}}"#,
            #"{"function":{"name":"y","arguments":"{\"n\":3}"}}"#,
        ])
        #expect(found.map(\.name) == ["x", "y", "y"])
        #expect(Set(found.map(\.id)).count == 3)
    }

    @Test func vLLM_RepeatsTheIdOrTheNameOnEveryPiece() throws {
        #expect(
            try calls([
                #"{"id":"a","function":{"name":"x","arguments":"{\"n\""}}"#,
                #"{"id":"a","function":{"name":"x","arguments":":1}"}}"#,
            ]) == [ToolCall(id: "a", name: "x", text: #"{"n":1}"#)])
        #expect(
            try calls([
                #"{"index":0,"id":"a","function":{"name":"x","arguments":"{\"n\""}}"#,
                #"{"index":0,"id":"b","function":{"arguments":":1}"}}"#,
            ]) == [ToolCall(id: "a", name: "x", text: #"{"n":1}"#)])
    }

    @Test func argumentsMayBeAnObjectOrNothingOrNonsense() throws {
        let found = try calls([
            #"{"index":0,"id":"a","function":{"name":"x","arguments":{"n":1}}}"#,
            #"{"index":1,"id":"b","function":{"name":"y"}}"#,
            #"{"index":2,"id":"c","function":{"name":"z","arguments":"{\"n\":"}}"#,
            #"{"index":3,"id":"d","function":{"name":"z","arguments":"[1]"}}"#,
        ])
        #expect(found.map(\.arguments) == [["n": 1], [:], nil, nil])
    }

    @Test func aReplyThatBreaksOffGivesNoCalls() throws {
        let piece = #"{"delta":{"tool_calls":[{"index":0,"id":"a","function":{"name":"x","arguments":"{}"}}]}}"#
        #expect(try assemble([piece], done: false) == [.end(.truncated)])
        #expect(
            try assemble([piece, #"{"delta":{},"finish_reason":"length"}"#]) == [.end(.length)])
        // Without a reason, but with the server's word that this is all.
        #expect(try assemble([piece]).last == .end(.calls))
    }

    @Test func textUsageAndReasonComeInTheirOrder() throws {
        var assembly = ChatAssembly()
        var events: [ChatEvent] = []
        for text in [
            #"{"choices":[{"delta":{"role":"assistant","content":""}}],"usage":null}"#,
            #"{"choices":[{"delta":{"content":"Hel"}}],"obfuscation":"xx"}"#,
            #"{"choices":[{"delta":{"content":"lo","reasoning_content":"hm"},"finish_reason":"stop"}]}"#,
            #"{"choices":[],"usage":{"prompt_tokens":9,"completion_tokens":2,"total_tokens":11}}"#,
        ] { events += assembly.add(try JSONValue(parsing: text)) }
        #expect(
            events + assembly.finish() == [
                .text("Hel"), .text("lo"), .usage(ChatUsage(promptTokens: 9, completionTokens: 2)), .end(.stop),
            ])
    }

    @Test func thinkingAloudIsNotSaid() throws {
        for (pieces, expected) in [
            (["<thi", "nk>secret", " thoughts</th", "ink>\n\nHello", " there"], "Hello there"),
            (["Hello <think>"], "Hello <think>"),
            (["<", "b>"], "<b>"),
            (["  ", "Hello"], "  Hello"),
            (["<thi"], "<thi"),
            (["<think>never ends"], ""),
        ] {
            let events = try assemble(
                pieces.map { #"{"delta":{"content":"\#($0.replacing("\n", with: "\\n"))"}}"# })
            let text = events.map { event in if case .text(let text) = event { text } else { "" } }.joined()
            #expect(text == expected, "\(pieces)")
        }
    }
}
