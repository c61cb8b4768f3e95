import CSpeech
import Glibc

/// A file in memory that only this process can see, for libraries that read nothing else.
final class MemoryFile {
    private let descriptor: Int32

    init(_ text: String) throws(SpeechError) {
        descriptor = text.withCString { cspeech_memory_file($0, strlen($0)) }
        guard descriptor >= 0 else { throw .engine("no room for a model") }
    }

    deinit { close(descriptor) }

    var path: String { "/proc/self/fd/\(descriptor)" }
}
