import Glibc

/// A sound file, known by its first bytes and not by its name.
package enum AudioFile {
    /// Seconds of sound accepted from one file.
    package static let longest = 3600
    /// An hour of 48 kHz 16-bit mono, and some.
    package static let largest = 400 << 20

    package static func read(_ path: String) throws(AudioFileError) -> PCM {
        let pcm = try decode(bytes(of: path))
        guard !pcm.samples.isEmpty else { throw .empty }
        return pcm
    }

    /// RIFF or Ogg; mono, at the file's own rate.
    package static func decode(_ bytes: [UInt8]) throws(AudioFileError) -> PCM {
        guard !bytes.isEmpty else { throw .empty }
        if bytes.starts(with: "RIFF".utf8) { return try WAVFile.read(bytes) }
        if bytes.starts(with: "OggS".utf8) { return try OggOpusDecoder.decode(bytes) }
        throw .notAudio
    }

    private static func bytes(of path: String) throws(AudioFileError) -> [UInt8] {
        // Without O_NONBLOCK the open of a FIFO would wait for a writer.
        let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
        guard descriptor >= 0 else { throw errno == ENOENT ? .missing : .unreadable(errno: errno) }
        defer { close(descriptor) }
        var status = stat()
        guard fstat(descriptor, &status) == 0 else { throw .unreadable(errno: errno) }
        let kind = status.st_mode & S_IFMT
        guard kind != S_IFDIR else { throw .directory }
        guard kind == S_IFREG else { throw .notAudio }
        let size = Int(status.st_size)
        guard size <= largest else { throw .tooLarge(bytes: size) }
        var failure: Int32 = 0
        let bytes = [UInt8](unsafeUninitializedCapacity: size) { buffer, count in
            while count < size {
                let got = Glibc.read(descriptor, buffer.baseAddress.map { $0 + count }, size - count)
                if got < 0, errno == EINTR { continue }
                if got < 0 { failure = errno }
                guard got > 0 else { return }
                count += got
            }
        }
        guard failure == 0 else { throw .unreadable(errno: failure) }
        return bytes
    }
}
