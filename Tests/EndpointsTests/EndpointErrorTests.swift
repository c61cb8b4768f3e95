import Foundation
import Support
import Testing

@testable import Endpoints

@Suite struct EndpointErrorTests {
    @Test func everyServersComplaintIsUnderstood() {
        for (status, body, kind, message) in [
            // OpenAI
            (
                401,
                #"{"error":{"message":"Incorrect API key","type":"invalid_request_error","code":"invalid_api_key"}}"#,
                EndpointError.Kind.auth, "Incorrect API key"
            ),
            (
                429, #"{"error":{"message":"You exceeded your quota","code":"insufficient_quota"}}"#, .quota,
                "You exceeded your quota"
            ),
            (429, #"{"error":{"message":"Slower","code":"rate_limit_exceeded"}}"#, .rate, "Slower"),
            (429, #"{"error":{"message":"Slower","code":"slow_down"}}"#, .overload, "Slower"),
            (404, #"{"error":{"message":"no such model","code":"model_not_found"}}"#, .notFound, "no such model"),
            (400, #"{"error":{"message":"no such model","code":"model_not_found"}}"#, .notFound, "no such model"),
            // whisper.cpp
            (400, #"{"error":"failed to read WAV file"}"#, .decode, "failed to read WAV file"),
            (500, #"{"error":"FFmpeg conversion failed."}"#, .decode, "FFmpeg conversion failed."),
            // speaches, Kokoro: FastAPI
            (404, #"{"detail":"Model x is not installed locally."}"#, .notFound, "Model x is not installed locally."),
            (403, #"{"detail":"Invalid API key"}"#, .auth, "Invalid API key"),
            (
                422, #"{"detail":[{"loc":["body","speed"],"msg":"too fast"},{"msg":"no voice"}]}"#, .badRequest,
                "speed: too fast; no voice"
            ),
            // vLLM, llama.cpp, Ollama, OpenRouter
            (400, #"{"object":"error","message":"too long","code":400}"#, .badRequest, "too long"),
            (
                503, #"{"error":{"code":503,"message":"Loading model","type":"unavailable_error"}}"#, .overload,
                "Loading model"
            ),
            (
                500, #"{"error":{"message":"it broke","type":"api_error","param":null,"code":null}}"#, .server,
                "it broke"
            ),
            (402, #"{"error":{"code":402,"message":"no credits","metadata":{}}}"#, .quota, "no credits"),
            // No JSON at all
            (
                502, "<!DOCTYPE html><html><h1>Bad Gateway</h1></html>", .server,
                "the server answered with a web page; is base_url right?"
            ),
            (500, "plain\n words", .server, "plain words"),
            (500, "", .server, "the server gave no reason"),
            (302, "", .notFound, "the server gave no reason"),
            (415, "", .decode, "the server gave no reason"),
            (408, "", .timeout, "the server gave no reason"),
        ] {
            let error = EndpointError(status: status, headers: [], body: Array(body.utf8))
            #expect(error.kind == kind, "\(status) \(body)")
            #expect(error.message == message, "\(status) \(body)")
        }
    }

    @Test func aWaitIsReadInEachOfItsForms() throws {
        let now = Date(timeIntervalSince1970: 1_792_000_000)
        for (headers, expected) in [
            ([HTTPHeader("Retry-After", "2")], Duration.seconds(2)),
            ([HTTPHeader("retry-after", "0.5")], .milliseconds(500)),
            ([HTTPHeader("retry-after-ms", "250"), HTTPHeader("Retry-After", "9")], .milliseconds(250)),
            ([HTTPHeader("Retry-After", "Wed, 14 Oct 2026 17:46:50 GMT")], .seconds(10)),
            ([HTTPHeader("Retry-After", "soon")], nil), ([HTTPHeader("Retry-After", "nan")], nil),
            ([HTTPHeader("Retry-After", "-5")], nil), ([HTTPHeader("Retry-After", "1e300")], .seconds(86_400)),
            ([HTTPHeader("Retry-After", "inf")], .seconds(86_400)),
            ([HTTPHeader("retry-after-ms", "1e308")], .seconds(86_400)),
            ([], nil),
        ] {
            #expect(EndpointError.retryAfter(headers, now: now) == expected, "\(headers)")
        }
    }

    @Test func anErrorInsideAnAnswerIsFound() throws {
        for (text, kind) in [
            (#"{"error":{"code":502,"message":"upstream"}}"#, EndpointError.Kind.server),
            (#"{"error":"failed to decode audio data"}"#, .decode),
            (#"{"object":"error","message":"bad","code":400}"#, .badRequest),
            (#"{"error":{"code":429,"message":"slow"},"choices":[]}"#, .rate),
        ] {
            #expect(EndpointError(inside: try JSONValue(parsing: text))?.kind == kind, "\(text)")
        }
        #expect(EndpointError(inside: ["error": .null, "choices": []]) == nil)
        #expect(EndpointError(inside: ["text": "no error here"]) == nil)
    }
}

@Suite struct RetryPolicyTests {
    private let policy = RetryPolicy()

    private func pause(
        _ error: EndpointError, attempt: Int = 1, remaining: Duration? = .seconds(8)
    ) -> Duration? {
        policy.pause(after: error, attempt: attempt, remaining: remaining, jitter: 0)
    }

    @Test func whatMayPassIsTriedOnceMore() {
        #expect(pause(EndpointError(.server, "")) == .milliseconds(500))
        #expect(pause(EndpointError(.network, "")) == .milliseconds(500))
        #expect(pause(EndpointError(.server, ""), attempt: 2) == nil)
        for kind in [EndpointError.Kind.auth, .quota, .badRequest, .notFound, .decode, .skipped] {
            #expect(pause(EndpointError(kind, "")) == nil)
        }
        #expect(pause(EndpointError(HTTPError.refused)) == nil)
        #expect(pause(EndpointError(HTTPError.timeout(.firstByte))) == nil)
        #expect(pause(EndpointError(.server, "", isWorthRetrying: false)) == nil)
    }

    @Test func aWaitIsHonouredOnlyWhenItFits() {
        let limited = EndpointError(.rate, "", retryAfter: .seconds(3))
        #expect(pause(limited) == .seconds(3))
        #expect(pause(limited, remaining: .seconds(3.5)) == nil)
        #expect(pause(EndpointError(.rate, "", retryAfter: .seconds(60)), remaining: nil) == nil)
    }

    @Test func theJitterTakesUpToAQuarter() {
        let error = EndpointError(.server, "")
        #expect(policy.pause(after: error, attempt: 1, remaining: nil, jitter: 1) == .milliseconds(375))
    }
}

@Suite struct EndpointHealthTests {
    private let now = ContinuousClock.now

    private func expect(
        _ health: inout EndpointHealth, after seconds: Int, isAsked: Bool,
        _ place: SourceLocation = #_sourceLocation
    ) {
        let isAdmitted = health.admit(at: now + .seconds(seconds))
        #expect(isAdmitted == isAsked, sourceLocation: place)
    }

    @Test func aFailingEndpointRestsAndIsProbedByOne() {
        var health = EndpointHealth()
        let down = EndpointError(.network, "down")
        health.failed(down, at: now)
        expect(&health, after: 0, isAsked: true)
        health.failed(down, at: now)
        expect(&health, after: 14, isAsked: false)
        expect(&health, after: 30, isAsked: true)
        expect(&health, after: 30, isAsked: false)
        health.succeeded()
        expect(&health, after: 31, isAsked: true)
        #expect(health.failure == nil)
    }

    @Test func eachFailureDoublesTheRestToABound() {
        var health = EndpointHealth()
        for _ in 0..<20 { health.failed(EndpointError(.server, ""), at: now) }
        expect(&health, after: 299, isAsked: false)
        expect(&health, after: 300, isAsked: true)
        #expect(health.score < 0.01)
    }

    @Test func whatTheUserMustMendRestsLong() {
        for kind in [EndpointError.Kind.auth, .quota] {
            var health = EndpointHealth()
            health.failed(EndpointError(kind, ""), at: now)
            expect(&health, after: 599, isAsked: false)
            expect(&health, after: 600, isAsked: true)
        }
    }

    @Test func aLimitedEndpointRestsAsLongAsItSays() {
        var health = EndpointHealth()
        health.failed(EndpointError(.rate, "", retryAfter: .seconds(40)), at: now)
        expect(&health, after: 39, isAsked: false)
        expect(&health, after: 40, isAsked: true)
    }

    @Test func aBadRequestSaysNothingAboutTheEndpoint() {
        var health = EndpointHealth()
        for _ in 0..<5 { health.failed(EndpointError(.badRequest, ""), at: now) }
        expect(&health, after: 0, isAsked: true)
        #expect(health.score == 1)
    }
}
