import Foundation
import Support

/// What is to be spoken.
package struct SpeechRequest: Sendable {
    package var text: String
    package var voice: String?
    /// 0.25 … 4; 1 is the voice's own.
    package var speed: Double
    package var deadline: ContinuousClock.Instant?

    package init(_ text: String, voice: String? = nil, speed: Double = 1, deadline: ContinuousClock.Instant? = nil) {
        self.text = text
        self.voice = voice
        self.speed = speed
        self.deadline = deadline
    }

    /// Characters that the API takes at once.
    package static let longest = 4096
}

extension OpenAIEndpoint {
    /// The sound as it is made: bare PCM, or whatever its first bytes say.
    package func speak(_ wanted: SpeechRequest) async throws -> HTTPBody {
        do {
            return try await sound(wanted)
        } catch let error as EndpointError
            where quirks.speaksPCM && error.kind != .auth && error.message.contains("response_format")
        {
            refusePCM()
            return try await sound(wanted)
        } catch let error as EndpointError
            where quirks.takesSpeed && wanted.speed != 1 && error.kind == .badRequest && error.message.contains("speed")
        {
            learn { $0.takesSpeed = false }
            return try await sound(wanted)
        }
    }

    /// PCM was asked for, and something came that cannot be played: ask for WAV from now on.
    package func refusePCM() { learn { $0.speaksPCM = false } }

    /// Whether bare PCM is asked for.
    package var asksForPCM: Bool { quirks.speaksPCM }

    /// A failure after the head of the answer, as every other one.
    package func failed(_ error: any Error) -> any Error {
        let error = EndpointError.normalised(error)
        if let error = error as? EndpointError { note(error) }
        return error
    }

    private func sound(_ wanted: SpeechRequest) async throws -> HTTPBody {
        var body = configuration.fields
        body["model"] = .string(configuration.model)
        body["input"] = .string(wanted.text)
        if let voice = wanted.voice { body["voice"] = .string(voice) }
        if wanted.speed != 1, quirks.takesSpeed { body["speed"] = .number((wanted.speed * 100).rounded() / 100) }
        body["response_format"] = quirks.speaksPCM ? "pcm" : "wav"
        let request = request(
            "POST", url("/audio/speech"), type: "application/json",
            body: .bytes(Array(try JSONEncoder().encode(JSONValue.object(body)))))
        let answer = try await send(request, until: wanted.deadline)
        guard let type = answer.mediaType, type.hasPrefix("text/") || type.hasSuffix("json") else { return answer.body }
        // Words where sound should be are a complaint, whatever the status.
        throw EndpointError(status: 400, headers: answer.headers, body: try await self.body(of: answer))
    }
}
