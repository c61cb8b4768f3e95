import Foundation
import GRDB
import Planning

/// What the voice loop knows again after a restart.
package enum VoiceStateName: String, Sendable {
    /// How long the user pauses within what they say.
    case pauses
    /// How fast Aloud speaks.
    case pace
    /// When speech is for Aloud, as the user chose by word.
    case mode
    /// Whether the microphone is closed.
    case muted
}

extension Store {
    /// nil when nothing was kept, or by a version that kept it otherwise.
    package func voiceState<Value: Decodable & Sendable>(_ name: VoiceStateName) async throws -> Value? {
        let text = try await read {
            try String.fetchOne($0, sql: "SELECT value FROM voiceState WHERE name = ?", arguments: [name.rawValue])
        }
        return text.flatMap { try? JSONDecoder().decode(Value.self, from: Data($0.utf8)) }
    }

    package func keepVoiceState<Value: Encodable & Sendable>(
        _ name: VoiceStateName, _ value: Value, at now: Timestamp = .now
    ) async throws {
        let text = String(decoding: try JSONEncoder().encode(value), as: UTF8.self)
        try await write {
            try $0.execute(
                sql: "INSERT INTO voiceState VALUES (?, ?, ?) ON CONFLICT DO UPDATE SET value = ?, changedAt = ?",
                arguments: [name.rawValue, text, now, text, now])
        }
    }
}
