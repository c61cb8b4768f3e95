import Logging
import Planning
import ServiceLifecycle
import Storage
import Support

/// Deletes the sound of turns when its time is over: at start, and then every hour.
struct Retention: Service {
    let store: Store
    /// nil keeps no sound at all.
    let days: Int?

    private static let interval = Duration.seconds(3600)
    private static let millisecondsADay: Int64 = 86_400_000

    func run() async throws {
        try await cancelWhenGracefulShutdown {
            while !Task.isCancelled {
                let kept = Int64(days ?? 0) * Retention.millisecondsADay
                let count = try await store.dropRecordings(before: Timestamp.now.advanced(byMilliseconds: -kept))
                if count > 0 {
                    Logger(label: "aloud.retention").info("old recordings deleted", metadata: ["count": "\(count)"])
                }
                do { try await Task.sleep(for: Retention.interval) } catch { return }
            }
        }
    }
}
