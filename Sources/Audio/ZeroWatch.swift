/// Notices sound that is nothing but zeros, which no working microphone gives.
package struct ZeroWatch {
    private let limit: Int
    private var zeros = 0
    private var isSilent = false

    /// `limit`: samples of zeros before they count as silence.
    package init(limit: Int) { self.limit = limit }

    package mutating func heard(_ samples: UnsafeBufferPointer<Int16>) -> MicrophoneEvent? {
        guard samples.allSatisfy({ $0 == 0 }) else {
            zeros = 0
            defer { isSilent = false }
            return isSilent ? .sound : nil
        }
        zeros += samples.count
        guard zeros >= limit, !isSilent else { return nil }
        isSilent = true
        return .silent
    }
}
