import CCurl
import Foundation
import Synchronization

/// The one thread that libcurl runs on. Others post commands to it and wake it.
final class CurlDriver: Sendable {
    enum Command: Sendable {
        case add(HTTPExchange)
        /// The exchange is over; its connection is of no more use.
        case drop(HTTPExchange)
        case resume(HTTPExchange)
        case resumeUpload(HTTPExchange)
        case end
    }

    private struct Inbox: Sendable {
        var commands: [Command] = []
        var multi: Multi?
        var isOver = false
    }

    /// `@unchecked Sendable`: away from the driver's own thread the handle is used for one call alone, `curl_multi_wakeup`,
    /// which libcurl allows from any thread (curl_multi_wakeup(3)). It is made under the inbox's lock and only while the
    /// inbox holds the handle; `close` takes it out under the same lock before the driver's thread frees it.
    private struct Multi: @unchecked Sendable {
        let handle: UnsafeMutableRawPointer
    }

    private let inbox: Mutex<Inbox>

    init(_ configuration: HTTPClient.Configuration) {
        CurlDriver.prepareLibrary
        let multi = curl_multi_init().map { Multi(handle: $0) }
        inbox = Mutex(Inbox(multi: multi))
        guard let multi else { return }
        curl_multi_set_number(multi.handle, CURLMOPT_MAXCONNECTS, 16)
        NamedThread.start("aloud-http") { [self] in
            CurlDriver.blockBrokenPipes()
            CurlLoop(multi.handle, configuration).run(self)
            close(multi)
        }
    }

    private static let prepareLibrary: Void = { curl_global_init(Int(CURL_GLOBAL_ALL)) }()

    /// TLS writes with write(2), and a closed connection would end the process. Blocked on this thread alone, so that
    /// whoever uses the client keeps its own signals.
    private static func blockBrokenPipes() {
        var signals = sigset_t()
        sigemptyset(&signals)
        sigaddset(&signals, SIGPIPE)
        pthread_sigmask(SIG_BLOCK, &signals, nil)
    }

    func post(_ command: Command) {
        let isTaken = inbox.withLock { inbox in
            guard !inbox.isOver, let multi = inbox.multi else { return false }
            inbox.commands.append(command)
            // Under the lock, so that the thread cannot free the handle meanwhile.
            curl_multi_wakeup(multi.handle)
            return true
        }
        if !isTaken, case .add(let exchange) = command { exchange.fail(HTTPError.ended) }
    }

    /// On the driver's thread.
    func takeCommands() -> [Command] {
        inbox.withLock { inbox in
            defer { inbox.commands = [] }
            return inbox.commands
        }
    }

    private func close(_ multi: Multi) {
        let left = inbox.withLock { inbox in
            inbox.isOver = true
            inbox.multi = nil
            defer { inbox.commands = [] }
            return inbox.commands
        }
        for case .add(let exchange) in left { exchange.fail(HTTPError.ended) }
        curl_multi_cleanup(multi.handle)
    }
}
