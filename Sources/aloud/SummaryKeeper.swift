import Assistant
import Logging
import ServiceLifecycle

/// Sums up conversations that are over, in the background: at start, and then every quarter of an hour. Without a language
/// model it does nothing.
struct SummaryKeeper: Service {
    let summariser: ConversationSummariser

    private static let interval = Duration.seconds(900)

    func run() async throws {
        try await untilShutdown {
            while true {
                await catchUp()
                try await Task.sleep(for: SummaryKeeper.interval)
            }
        }
    }

    private func catchUp() async {
        let log = Logger(label: "aloud.summary")
        do {
            let count = try await summariser.catchUp()
            if count > 0 { log.info("conversations summed up", metadata: ["count": "\(count)"]) }
        } catch is CancellationError {
            // The next start goes on where this one stopped.
        } catch {
            // The reason may quote what a model wrote.
            log.info("a conversation is not summed up yet", metadata: ["kind": "\(type(of: error))"])
        }
    }
}
