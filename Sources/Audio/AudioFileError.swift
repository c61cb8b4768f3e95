/// Why a file gave no sound.
package enum AudioFileError: Error, Equatable, Sendable {
    case missing
    case directory
    case unreadable(errno: Int32)
    case empty
    /// Neither RIFF nor Ogg.
    case notAudio
    /// A sound file whose bytes contradict themselves: what is wrong, and at which byte.
    case malformed(String, offset: Int)
    /// A sound file of a kind this room does not read.
    case unsupported(String)
    case tooLarge(bytes: Int)
    case tooLong(seconds: Int)
}

extension AudioFileError: CustomStringConvertible {
    package var description: String {
        switch self {
        case .missing: "there is no such file"
        case .directory: "that is a folder, not a sound file"
        case .unreadable(let errno): "the file cannot be read (error \(errno))"
        case .empty: "the file holds no sound"
        case .notAudio: "not a WAV or Ogg Opus file"
        case .malformed(let what, let offset): "\(what), at byte \(offset)"
        case .unsupported(let what): "\(what) is not supported"
        case .tooLarge(let bytes): "the file is too large (\(bytes) bytes)"
        case .tooLong(let seconds): "the sound is too long (\(seconds) s)"
        }
    }
}
