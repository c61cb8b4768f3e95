import Logging
import Planning
import ServiceLifecycle
import Speech
import Storage
import Support

/// Deletes the sound of turns and of old replies, and what language models were asked, when their time is over: at start, and then every hour.
struct Retention: Service {
    let store: Store
    /// nil keeps no sound at all.
    let days: Int?
    /// Of the words of language models; nil keeps none.
    let modelDays: Int?
    let spoken: SpeechCache

    private static let interval = Duration.seconds(3600)
    /// How soon it tries again when another process keeps the database locked.
    private static let retry = Duration.seconds(60)
    private static let millisecondsADay: Int64 = 86_400_000

    func run() async throws {
        try await untilShutdown {
            while true { try await Task.sleep(for: try await deleteOld() ? Retention.interval : Retention.retry) }
        }
    }

    private static func before(_ days: Int?) -> Timestamp {
        Timestamp.now.advanced(byMilliseconds: -Int64(days ?? 0) * millisecondsADay)
    }

    /// Whether it could be done now.
    private func deleteOld() async throws -> Bool {
        let log = Logger(label: "aloud.retention")
        do {
            spoken.tidy()
            let count = try await store.dropRecordings(before: Retention.before(days))
            try await store.dropModelWords(before: Retention.before(modelDays))
            if count > 0 { log.info("old recordings deleted", metadata: ["count": "\(count)"]) }
            return true
        } catch let error as StoreError {
            switch error {
            case .busy, .diskFull:
                log.warning("old recordings are not deleted yet", metadata: ["reason": "\(error)"])
                return false
            default: throw error
            }
        }
    }
}
