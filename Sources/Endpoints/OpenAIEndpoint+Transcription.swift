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
    /// Is told what there is of the text, each time there is more; nil when nobody wants to know.
    package var partial: (@Sendable (String) -> Void)?

    package init(
        opus: @escaping @Sendable () throws -> [UInt8], wav: @escaping @Sendable () throws -> [UInt8],
        language: String? = nil, prompt: String? = nil, deadline: ContinuousClock.Instant? = nil,
        partial: (@Sendable (String) -> Void)? = nil
    ) {
        self.partial = partial
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
        // Pieces say nothing of how sure the server is: who tells that is asked for it.
        form.isStream = known.streams == true && wanted.partial != nil && !form.isVerbose && !form.isJSON
        var tried: [TranscriptionForm] = []
        while true {
            tried.append(form)
            do {
                let answer = try await ask(wanted, form)
                let taken = form
                let lostStream = tried.contains(where: \.isStream) && !taken.isStream
                learn { quirks in
                    if lostStream { quirks.streams = false }
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
        let answer = try await send(try request(wanted, form), until: wanted.deadline)
        if form.isStream { return try await pieces(answer, wanted.partial).answer }
        return try TranscriptionAnswer(reading: try await self.body(of: answer), mediaType: answer.mediaType)
    }

    private func request(_ wanted: TranscriptionRequest, _ form: TranscriptionForm) throws -> HTTPRequest {
        let sound = try form.isOpus ? wanted.opus() : wanted.wav()
        let (type, body) = form.isJSON ? try json(wanted, form, sound) : multipart(wanted, form, sound)
        return request("POST", url("/audio/transcriptions"), type: type, body: .bytes(body))
    }

    /// A transcript that may come in pieces, and whether it did.
    private func pieces(
        _ answer: HTTPResponse, _ partial: (@Sendable (String) -> Void)?
    ) async throws -> (answer: TranscriptionAnswer, cameInPieces: Bool) {
        var text = ""
        for try await event in EndpointEvents(answer: answer, endpoint: self) {
            guard case .object(let object) = event else { break }
            switch object["type"]?.string {
            case "transcript.text.delta":
                text += object["delta"]?.string ?? ""
                guard text.utf8.count <= Self.longestTranscript else {
                    throw EndpointError(.decode, "the transcript is without end")
                }
                partial?(text)
            case "transcript.text.done":
                let whole = object["text"]?.string == nil ? JSONValue.object(["text": .string(text)]) : object
                return (try TranscriptionAnswer(whole), true)
            // A server that does not stream answers with one object.
            case nil: return (try TranscriptionAnswer(object), false)
            default: continue
            }
        }
        throw EndpointError(.network, "the transcript broke off")
    }

    /// Bytes of a transcript that comes in pieces.
    private static let longestTranscript = 1 << 20

    /// Whether it is still to be found out that transcripts come in pieces.
    package var mayStream: Bool {
        let known = quirks
        return known.streams == nil && !known.wantsJSON && !(known.takesVerbose && modelTakesVerbose)
    }

    /// Finds out, with a sound on which nothing hangs, whether transcripts come in pieces. Once for each server and model:
    /// what it learns is kept.
    package func learnWhetherItStreams(_ sample: TranscriptionRequest) async {
        guard mayStream else { return }
        let form = TranscriptionForm(isOpus: quirks.takesOpus, isVerbose: false, isJSON: false, isStream: true)
        do {
            let answer = try await send(try request(sample, form), until: sample.deadline)
            let streams = try await pieces(answer, nil).cameInPieces
            learn { $0.streams = streams }
        } catch let error as EndpointError where error.kind == .badRequest || error.kind == .decode {
            // It may have been the sound: then an utterance tells what it takes, and the next start asks again.
            let isAboutSound = error.kind == .decode && error.status != nil
            if !isAboutSound { learn { $0.streams = false } }
        } catch {
            // Nothing was learnt.
        }
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
            ("stream", form.isStream ? "true" : ""), ("language", wanted.language ?? ""),
            ("prompt", wanted.prompt ?? ""),
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
