import Assistant
import Planning
import Storage

extension Composition {
    /// Nobody who ends a conversation waits longer for its summary.
    private static let patience = Duration.seconds(5)

    /// Sums up a conversation that has just ended. nil when there is nothing to sum up, or no model answers soon: then it is
    /// left to the daemon.
    func sumUp(_ conversation: Conversation) async -> String? {
        guard let summary = try? await summariser?.sumUp(conversation, within: Self.patience), !summary.text.isEmpty
        else { return nil }
        return summary.text
    }

    /// Does `body` while conversations that are over are summed up beside it. What is not done when it ends is left to the
    /// daemon, or to the next time.
    func besideSummaries<Value: Sendable>(_ body: () async throws -> Value) async throws -> Value {
        let work = Task { [summariser] in _ = try? await summariser?.catchUp() }
        let result: Result<Value, any Error>
        do { result = .success(try await body()) } catch { result = .failure(error) }
        let end = Task {
            try? await Task.sleep(for: Self.patience)
            work.cancel()
        }
        // The store is closed after this: what still runs must have ended.
        await work.value
        end.cancel()
        return try result.get()
    }
}
