import LanguageModel
import Planning
import Storage
import Support

/// Asks for an answer in JSON of a given shape. An answer that does not fit is handed back once, with everything that is
/// wrong with it; after that the next model is asked.
package struct StructuredAnswer: Sendable {
    private let desk: ModelDesk
    private let models: Shared<[ChatModel]>
    private let patience: Duration

    package init(desk: ModelDesk, models: Shared<[ChatModel]>, patience: Duration = .seconds(120)) {
        self.desk = desk
        self.models = models
        self.patience = patience
    }

    package var isPossible: Bool { !models.value.isEmpty }

    /// Why there is none, as a sentence.
    package struct Failure: Error, Equatable, CustomStringConvertible {
        package let description: String
        /// Whether a model answered and none of its answers fitted.
        package var isAboutForm = false
    }

    package struct Fitting: Sendable {
        package let value: JSONValue
        /// Which one wrote it.
        package let model: String
    }

    /// - Parameters:
    ///   - prompt: Makes the messages, given how many tokens they may take.
    package func get(
        _ form: AnswerForm, for purpose: String, turn: Turn.ID? = nil,
        prompt: @Sendable (Int, TokenEstimate) async throws -> [ChatMessage]
    ) async throws -> Fitting {
        var last = Failure(description: "No language model is configured.")
        let deadline = ContinuousClock.now + patience
        for model in models.value {
            let estimate = try await desk.estimate(for: model)
            let room = ModelDesk.room(of: model) - estimate.tokens(of: ChatRequest([], form: form))
            let messages = try await prompt(room, estimate)
            switch try await get(form, from: model, messages, purpose, turn, deadline) {
            case .success(let value): return Fitting(value: value, model: model.model)
            case .failure(let failure): last = failure
            }
        }
        throw last
    }

    private func get(
        _ form: AnswerForm, from model: ChatModel, _ messages: [ChatMessage], _ purpose: String, _ turn: Turn.ID?,
        _ deadline: ContinuousClock.Instant
    ) async throws -> Result<JSONValue, Failure> {
        var messages = messages
        var complaint = ""
        for round in 1...2 {
            let answer = try await desk.ask(
                model, ChatRequest(messages, deadline: deadline, form: form), for: purpose, turn: turn)
            if let failure = answer.failure { return .failure(Failure(description: failure.spoken(model))) }
            let faults = Self.faults(in: answer, form)
            guard !faults.isEmpty else {
                return .success(JSONInText.object(in: answer.text) ?? .null)
            }
            complaint = faults.map { "- \($0)" }.joined(separator: "\n")
            guard round == 1 else { break }
            messages += [
                .assistant(String(answer.text.prefix(20_000))),
                .user(
                    """
                    Your answer does not fit:
                    \(complaint)
                    Send the whole JSON object again, mended, and nothing else.
                    """),
            ]
        }
        return .failure(
            Failure(
                description: "The language model \(model.model) sent an answer of the wrong form twice:\n\(complaint)",
                isAboutForm: true))
    }

    private static func faults(in answer: ModelDesk.Answer, _ form: AnswerForm) -> [String] {
        guard let value = JSONInText.object(in: answer.text) else {
            return [
                answer.ending == .stop
                    ? "there is no JSON object in it" : "it was cut off before its end; send a shorter one"
            ]
        }
        return form.shape.faults(in: value).map(\.description)
    }
}
