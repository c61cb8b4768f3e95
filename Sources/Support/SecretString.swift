/// A key or a token: whatever prints it, prints dots.
package struct SecretString: Equatable, Sendable, CustomStringConvertible, CustomDebugStringConvertible {
    /// The secret itself, for the request that needs it.
    package let revealed: String

    package init(_ text: String) { revealed = text }

    package var description: String { "•••" }
    package var debugDescription: String { "•••" }
}
