import Audio
import Dispatch
import Foundation
import Support

/// Sound that voices made, kept on disk under names that are hashes: what is said again is not made again.
///
/// It is a cache: whatever goes wrong with it, the voice speaks. Several processes may use one folder at once: files come
/// to be by renaming, and whoever finds one gone or damaged does without.
package final class SpeechCache: Sendable {
    package struct Limits: Equatable, Sendable {
        /// Bytes of all files together; what was not used for longest goes first.
        package var bytes: Int
        /// How old a sound may be, in days: voices change under one name.
        package var days: Int
        /// Whether nothing is kept but what Aloud says again and again.
        package var keepsFixedPhrasesOnly: Bool

        package init(bytes: Int = 64 << 20, days: Int = 30, keepsFixedPhrasesOnly: Bool = false) {
            self.bytes = bytes
            self.days = days
            self.keepsFixedPhrasesOnly = keepsFixedPhrasesOnly
        }
    }

    /// The folder as it was when something began: after it was emptied, what began before is not kept.
    package struct Ticket: Equatable, Sendable {
        fileprivate let folder: FileIdentity?
    }

    package let folder: String
    private let limits: Shared<Limits>
    /// Encodes and writes, one sound after the other, when there is time.
    private let queue = DispatchQueue(label: "aloud-speech-cache", qos: .utility)
    private let state = Shared(State())

    private struct State {
        var waiting = 0
        /// Bytes in the folder as far as is known; nil before they were counted.
        var bytes: Int?
        var written = 0
    }

    /// Sounds that wait to be written; more are dropped.
    private static let most = 16
    /// Sounds written until the folder is counted again: others write into it too.
    private static let recount = 64
    /// Seconds after which a file that nobody finished is taken for left behind.
    private static let stale = 600.0
    private static let ending = ".sound"
    /// `UTIME_NOW` and `UTIME_OMIT` of utimensat(2), which are macros of C.
    private static let now = (1 << 30) - 1
    private static let unchanged = (1 << 30) - 2

    /// - Parameter folder: Is made when there is something to keep, for its owner alone.
    package init(folder: String, limits: Limits = Limits()) {
        self.folder = folder
        self.limits = Shared(limits)
    }

    /// Whether anything is kept.
    var isOpen: Bool { limits.value.bytes > 0 }

    package func limit(to limits: Limits) { self.limits.value = limits }

    private func path(_ name: String) -> String { folder + "/" + name + Self.ending }

    // MARK: Reading

    /// The sound by that name. A file that is not whole is removed.
    package func sound(_ name: String) -> PCM? {
        let path = path(name)
        guard limits.value.bytes > 0, let modified = Self.modified(path), !isOld(modified),
            let bytes = try? RegularFile.read(path, atMost: KeptSound.largest)
        else { return nil }
        guard let kept = KeptSound(bytes) else {
            unlink(path)
            return nil
        }
        // When it was made stays; when it was last used goes with it.
        var times = [timespec(tv_sec: 0, tv_nsec: Self.now), timespec(tv_sec: 0, tv_nsec: Self.unchanged)]
        utimensat(AT_FDCWD, path, &times, 0)
        return kept.sound
    }

    package func has(_ name: String) -> Bool {
        limits.value.bytes > 0 && (Self.modified(path(name)).map { !isOld($0) } ?? false)
    }

    private static func modified(_ path: String) -> Double? {
        var status = stat()
        guard lstat(path, &status) == 0, status.st_mode & S_IFMT == S_IFREG else { return nil }
        return Double(status.st_mtim.tv_sec)
    }

    private func isOld(_ modified: Double) -> Bool {
        Date().timeIntervalSince1970 - modified > Double(limits.value.days) * 86_400
    }

    // MARK: Writing

    /// To be had before the sound is made.
    package func ticket() -> Ticket { Ticket(folder: FileIdentity(folder)) }

    /// Keeps a whole sound, soon. `ticket` is of the time before it was made.
    package func keep(_ sound: PCM, as name: String, text: String, _ ticket: Ticket) {
        let limits = limits.value
        guard limits.bytes > 0, !sound.samples.isEmpty,
            Duration.milliseconds(sound.milliseconds) <= KeptSound.longest,
            !limits.keepsFixedPhrasesOnly || FixedPhrase.all.contains(text)
        else { return }
        let isTaken = state.update { state in
            guard state.waiting < Self.most else { return false }
            state.waiting += 1
            return true
        }
        guard isTaken else { return }
        queue.async { [self] in
            // Full disks, folders of somebody else: then there is no cache.
            try? write(sound, name, ticket)
            state.update { $0.waiting -= 1 }
        }
    }

    /// Waits until everything is written.
    package func settle() async {
        guard state.value.waiting > 0 else { return }
        await withCheckedContinuation { continuation in queue.async { continuation.resume() } }
    }

    private func write(_ sound: PCM, _ name: String, _ ticket: Ticket) throws {
        let bytes = try KeptSound(sound).encoded()
        let limit = limits.value.bytes
        guard bytes.count <= min(KeptSound.largest, limit) else { return }
        if ticket.folder == nil { try PrivateFolder.make(folder) }
        let number = state.update { state in
            state.written += 1
            return state.written
        }
        let part = folder + "/.\(name).\(getpid()).\(number).part"
        try NewFile.write(bytes, to: part)
        guard isCurrent(ticket), rename(part, path(name)) == 0 else {
            unlink(part)
            return
        }
        let known = state.update { state in
            state.bytes = state.bytes.map { $0 + bytes.count }
            return number % Self.recount == 0 ? nil : state.bytes
        }
        if known.map({ $0 > limit }) ?? true { tidy() }
    }

    /// Whether the folder was not emptied since. Where there was none it was made here, or by another process.
    private func isCurrent(_ ticket: Ticket) -> Bool {
        guard let before = ticket.folder else { return true }
        return FileIdentity(folder) == before
    }

    // MARK: Bounds

    private struct Entry {
        let path: String
        let bytes: Int
        let used: Double
    }

    /// Removes what is too old, what nobody finished, and what was not used for longest until the rest fits.
    package func tidy() {
        var entries: [Entry] = []
        let now = Date().timeIntervalSince1970
        for name in (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? [] {
            let path = folder + "/" + name
            var status = stat()
            guard lstat(path, &status) == 0, status.st_mode & S_IFMT == S_IFREG else { continue }
            let modified = Double(status.st_mtim.tv_sec)
            guard name.hasSuffix(Self.ending) else {
                if name.hasSuffix(".part"), now - modified > Self.stale { unlink(path) }
                continue
            }
            if isOld(modified) {
                unlink(path)
            } else {
                let used = Double(status.st_atim.tv_sec) + Double(status.st_atim.tv_nsec) / 1e9
                entries.append(Entry(path: path, bytes: Int(status.st_size), used: used))
            }
        }
        var bytes = entries.reduce(0) { $0 + $1.bytes }
        let limit = limits.value.bytes
        if bytes > limit {
            // A tenth of room, so that not every sound that follows looks through the folder.
            for entry in entries.sorted(by: { $0.used < $1.used }) where bytes > limit - limit / 10 {
                unlink(entry.path)
                bytes -= entry.bytes
            }
        }
        state.update { [bytes] in $0.bytes = bytes }
    }

    /// Removes all of it, also what is being made by whatever process: the folder itself goes.
    package static func empty(_ folder: String) throws {
        let gone = folder + ".gone-\(getpid())-\(UInt32.random(in: 0 ... .max))"
        if rename(folder, gone) != 0, errno != ENOENT {
            throw FolderError(path: folder, reason: String(cString: strerror(errno)))
        }
        let parent = (folder as NSString).deletingLastPathComponent
        let name = (folder as NSString).lastPathComponent
        for left in (try? FileManager.default.contentsOfDirectory(atPath: parent)) ?? []
        where left.hasPrefix(name + ".gone-") {
            do {
                try FileManager.default.removeItem(atPath: parent + "/" + left)
            } catch {
                // Another process may be at the same.
                guard FileIdentity(parent + "/" + left) == nil else { throw error }
            }
        }
    }
}
