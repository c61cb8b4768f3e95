import Foundation

/// The fields and files of a multipart/form-data body.
package struct MultipartForm: Sendable {
    private let boundary: String
    private var parts: [UInt8] = []

    package init(boundary: String = "aloud-" + UUID().uuidString) { self.boundary = boundary }

    package var contentType: String { "multipart/form-data; boundary=\(boundary)" }

    package var body: [UInt8] { parts + Array("--\(boundary)--\r\n".utf8) }

    package mutating func add(_ name: String, _ value: String) {
        begin(name, "")
        parts += value.utf8
        parts += "\r\n".utf8
    }

    package mutating func add(_ name: String, file: String, type: String, _ content: [UInt8]) {
        begin(name, "; filename=\"\(MultipartForm.quoted(file))\"\r\nContent-Type: \(type)")
        parts += content
        parts += "\r\n".utf8
    }

    private mutating func begin(_ name: String, _ rest: String) {
        parts += "--\(boundary)\r\n".utf8
        parts += "Content-Disposition: form-data; name=\"\(MultipartForm.quoted(name))\"\(rest)\r\n\r\n".utf8
    }

    /// As HTML's form submission escapes names: a quote or a line end cannot end the header. By scalars, because CR and
    /// LF together are one character.
    private static func quoted(_ text: String) -> String {
        text.unicodeScalars.reduce(into: "") { quoted, scalar in
            switch scalar {
            case "\"": quoted += "%22"
            case "\r": quoted += "%0D"
            case "\n": quoted += "%0A"
            default: quoted.unicodeScalars.append(scalar)
            }
        }
    }
}
