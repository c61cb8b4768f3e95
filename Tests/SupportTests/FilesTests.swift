import Foundation
import Testing

@testable import Support

/// Folders and files that only their owner may reach.
@Suite struct FilesTests {
    private let root = NSTemporaryDirectory() + "af-" + UUID().uuidString.prefix(8)

    private func mode(_ path: String) -> mode_t {
        var status = stat()
        return lstat(path, &status) == 0 ? status.st_mode & 0o777 : 0
    }

    @Test func aFolderIsMadeWithWhatIsMissingAboveIt() throws {
        let path = root + "/a/b/c"
        try PrivateFolder.make(path)
        try PrivateFolder.make(path)
        #expect(mode(path) == 0o700 && mode(root) == 0o700)
        try FileManager.default.removeItem(atPath: root)
    }

    @Test func whatIsInTheWayIsNamed() throws {
        try PrivateFolder.make(root)
        try NewFile.write("x".utf8, to: root + "/file")
        for path in ["/file", "/file/below"] {
            do {
                try PrivateFolder.make(root + path)
                Issue.record("a file was taken for a folder")
            } catch {
                #expect(error.description.contains(root + "/file"), "\(error)")
            }
        }
        try FileManager.default.removeItem(atPath: root)
    }

    @Test func aFolderThatOthersMayEnterIsNotTrusted() throws {
        try PrivateFolder.makeTrusted(root)
        chmod(root, 0o755)
        #expect(throws: FolderError(path: root, reason: "others may enter it; chmod 700 it")) {
            try PrivateFolder.makeTrusted(root)
        }
        chmod(root, 0o700)
        symlink(root, root + "-link")
        #expect(throws: FolderError.self) { try PrivateFolder.makeTrusted(root + "-link") }
        unlink(root + "-link")
        try FileManager.default.removeItem(atPath: root)
    }

    @Test(.enabled(if: geteuid() == 0)) func aFolderOfAnotherUserIsNotTrusted() throws {
        try PrivateFolder.make(root)
        chown(root, 65534, 65534)
        #expect(throws: FolderError.self) { try PrivateFolder.makeTrusted(root) }
        try FileManager.default.removeItem(atPath: root)
    }

    @Test func aNewFileIsPrivateAndGoesOverNothing() throws {
        try PrivateFolder.make(root)
        try NewFile.write("first".utf8, to: root + "/file")
        #expect(mode(root + "/file") == 0o600)
        #expect(throws: NewFileError(path: root + "/file", code: EEXIST)) {
            try NewFile.write("second".utf8, to: root + "/file")
        }
        #expect(try String(contentsOfFile: root + "/file", encoding: .utf8) == "first")
        try FileManager.default.removeItem(atPath: root)
    }
}

@Suite struct CleanTextTests {
    @Test(arguments: [
        ("plain words", "plain words"), ("  a \t b\n c\u{00A0}\u{2003}", "a b c"), ("\u{1B}[31mred\u{7}", "[31mred"),
        ("zero\u{0}byte", "zerobyte"), ("cafe\u{301}", "caf\u{E9}"), ("\u{202E}back\u{200B}", "back"),
        ("\u{9B}2Jc", "2Jc"), ("\u{200B}\u{00A0}", ""),
    ])
    func aLineIsWhatItLooksLike(text: String, line: String) {
        let clean = CleanText.line(text)
        #expect(Array(clean.unicodeScalars) == Array(line.unicodeScalars))
    }

    @Test(arguments: [
        ("# A\r\n\n\tcode — é 漢字 👩‍💻", "# A\r\n\n\tcode — é 漢字 👩‍💻"), ("a\u{0}b\u{1B}[2Jc\u{9B}d\u{7F}", "ab[2Jcd"),
        ("cafe\u{301}", "cafe\u{301}"),
    ])
    func aBlockKeepsItsLines(text: String, block: String) {
        #expect(Array(CleanText.block(text).unicodeScalars) == Array(block.unicodeScalars))
    }
}
