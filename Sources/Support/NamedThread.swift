import CLinux
import Foundation

/// A thread by whose name top(1) and a debugger know it: the name that Foundation takes stays within the process.
package enum NamedThread {
    /// - Parameter name: At most 15 characters are shown.
    package static func start(_ name: String, stackSize: Int? = nil, _ body: @escaping @Sendable () -> Void) {
        let thread = Thread {
            linux_thread_set_name(name)
            body()
        }
        if let stackSize { thread.stackSize = stackSize }
        thread.start()
    }
}
