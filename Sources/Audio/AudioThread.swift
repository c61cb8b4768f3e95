import CLinux
import Glibc

/// A thread for sound: named, and real-time when the system allows it.
enum AudioThread {
    /// Runs `body` on a thread of its own, which ends with it.
    static func start(_ name: String, _ body: @escaping @Sendable () -> Void) throws(AudioError) {
        let start = Unmanaged.passRetained(Start(name: name, body: body))
        var thread = pthread_t()
        let code = pthread_create(
            &thread, nil,
            { argument in
                guard let argument else { return nil }
                let start = Unmanaged<Start>.fromOpaque(argument).takeRetainedValue()
                linux_thread_set_name(start.name)
                // Refused without the right to it, and then sound is as punctual as the load allows.
                linux_thread_set_realtime(10)
                start.body()
                return nil
            }, start.toOpaque())
        guard code == 0 else {
            start.release()
            throw .system("pthread_create", errno: code)
        }
        pthread_detach(thread)
    }

    private final class Start: Sendable {
        let name: String
        let body: @Sendable () -> Void

        init(name: String, body: @escaping @Sendable () -> Void) {
            self.name = name
            self.body = body
        }
    }
}
