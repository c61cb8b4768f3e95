import Storage

/// What a turn that failed is called where programs read it.
package enum ErrorCode: String, Sendable {
    /// Trying again may help.
    case busy
    case notAllowed = "not_allowed"
    case failed

    package init(_ error: any Error) {
        self =
            switch error {
            case DialogueError.busy, StoreError.busy: .busy
            case StoreError.notAllowed: .notAllowed
            default: .failed
            }
    }
}
