import Foundation
import Support

/// What is to be transcribed; the sound is encoded in the form that the server takes.
package struct TranscriptionRequest: Sendable {
    /// Ogg Opus.
    package var opus: @Sendable () throws -> [UInt8]
    /// 16 kHz mono, 16 bits.
    package var wav: @Sendable () throws -> [UInt8]
    /// ISO 639-1; nil lets the server find out.
    package var language: String?
    /// Words that may come, in a sentence.
    package var prompt: String?
    package var deadline: ContinuousClock.Instant?

    package init(
        opus: @escaping @Sendable () throws -> [UInt8], wav: @escaping @Sendable () throws -> [UInt8],
        language: String? = nil, prompt: String? = nil, deadline: ContinuousClock.Instant? = nil
    ) {
        self.opus = opus
        self.wav = wav
        self.language = language
        self.prompt = prompt
        self.deadline = deadline
    }
}

extension OpenAIEndpoint {
    /// Asks in the form that worked last, and in others when the server complains about it; what works is remembered.
    package func transcribe(_ wanted: TranscriptionRequest) async throws -> TranscriptionAnswer {
        let known = quirks
        var form = TranscriptionForm(
            isOpus: known.takesOpus, isVerbose: known.takesVerbose && modelTakesVerbose, isJSON: known.wantsJSON)
        var tried: [TranscriptionForm] = []
        while true {
            tried.append(form)
            do {
                let answer = try await ask(wanted, form)
                let taken = form
                learn { quirks in
                    quirks.takesOpus = taken.isOpus
                    quirks.wantsJSON = taken.isJSON
                    if modelTakesVerbose { quirks.takesVerbose = taken.isVerbose }
                }
                return answer
            } catch let error as EndpointError {
                guard tried.count < TranscriptionForm.most,
                    let next = TranscriptionForm.left(after: tried, error, host: host).first
                else { throw error }
                form = next
            }
        }
    }

    private func ask(_ wanted: TranscriptionRequest, _ form: TranscriptionForm) async throws -> TranscriptionAnswer {
        let sound = try form.isOpus ? wanted.opus() : wanted.wav()
        let (type, body) = form.isJSON ? try json(wanted, form, sound) : multipart(wanted, form, sound)
        let request = request("POST", url("/audio/transcriptions"), type: type, body: .bytes(body))
        let answer = try await send(request, until: wanted.deadline)
        return try TranscriptionAnswer(reading: try await self.body(of: answer), mediaType: answer.mediaType)
    }

    private func multipart(
        _ wanted: TranscriptionRequest, _ form: TranscriptionForm, _ sound: [UInt8]
    ) -> (type: String, body: [UInt8]) {
        var parts = MultipartForm()
        // The name's ending and the type are how servers know the format; `.opus` is not among those they know.
        if form.isOpus {
            parts.add("file", file: "audio.ogg", type: "audio/ogg", sound)
        } else {
            parts.add("file", file: "audio.wav", type: "audio/wav", sound)
        }
        for (name, value) in fields(wanted, form) { parts.add(name, value) }
        for (name, value) in configuration.fields.sorted(by: { $0.key < $1.key }) {
            if let text = value.asField { parts.add(name, text) }
        }
        return (parts.contentType, parts.body)
    }

    private func json(
        _ wanted: TranscriptionRequest, _ form: TranscriptionForm, _ sound: [UInt8]
    ) throws -> (type: String, body: [UInt8]) {
        var body = configuration.fields
        for (name, value) in fields(wanted, form) { body[name] = .string(value) }
        body["input_audio"] = .object([
            "data": .string(Data(sound).base64EncodedString()), "format": form.isOpus ? "ogg" : "wav",
        ])
        return ("application/json", Array(try JSONEncoder().encode(JSONValue.object(body))))
    }

    /// Never an empty one: some servers take it for a value.
    private func fields(_ wanted: TranscriptionRequest, _ form: TranscriptionForm) -> [(String, String)] {
        [
            ("model", configuration.model), ("response_format", form.isVerbose ? "verbose_json" : "json"),
            ("language", wanted.language ?? ""), ("prompt", wanted.prompt ?? ""),
        ].filter { !$0.1.isEmpty }
    }

    /// The gpt models know `json` only, whichever router stands before them.
    private var modelTakesVerbose: Bool {
        !(configuration.model.split(separator: "/").last ?? "").hasPrefix("gpt-")
    }
}

extension JSONValue {
    fileprivate var asField: String? {
        switch self {
        case .string(let text): text
        case .bool(let value): value ? "true" : "false"
        case .number(let value): Int64(exactly: value).map(String.init) ?? String(value)
        case .integer(let value): String(value)
        case .null, .array, .object: nil
        }
    }
}
