/// A request as it came over the wire.
package struct ReceivedRequest: Equatable, Sendable {
    package var method = ""
    package var path = ""
    package var headers: [String: String] = [:]
    package var body: [UInt8] = []
    /// Counts the connections, from 1.
    package var connection = 0

    package var text: String { String(decoding: body, as: UTF8.self) }

    /// The parts of a multipart body, by name.
    package var parts: [String: Part] {
        guard let type = headers["content-type"], let mark = type.firstRange(of: "boundary=") else { return [:] }
        let boundary = Array("--\(type[mark.upperBound...])".utf8)
        var found: [String: Part] = [:]
        for piece in body.cut(at: boundary).dropFirst().dropLast() {
            // After the boundary a line end, before the next one another.
            let content = Array(piece.dropFirst(2).dropLast(2))
            let halves = content.cut(at: Array("\r\n\r\n".utf8), atMost: 1)
            guard halves.count == 2 else { continue }
            let head = String(decoding: halves[0], as: UTF8.self)
            guard let name = head.value(of: "name") else { continue }
            found[name] = Part(
                file: head.value(of: "filename"),
                type: head.split(separator: "\r\n").first { $0.hasPrefix("Content-Type: ") }.map {
                    String($0.dropFirst(14))
                }, bytes: Array(halves[1]))
        }
        return found
    }

    package struct Part: Equatable, Sendable {
        package let file: String?
        package let type: String?
        package let bytes: [UInt8]

        package var text: String { String(decoding: bytes, as: UTF8.self) }
    }
}

extension String {
    fileprivate func value(of key: String) -> String? {
        guard let start = firstRange(of: " \(key)=\""), let end = self[start.upperBound...].firstIndex(of: "\"") else {
            return nil
        }
        return String(self[start.upperBound..<end])
    }
}

extension [UInt8] {
    fileprivate func cut(at mark: [UInt8], atMost: Int = .max) -> [ArraySlice<UInt8>] {
        var pieces: [ArraySlice<UInt8>] = []
        var rest = self[...]
        while pieces.count < atMost, let found = rest.firstRange(of: mark) {
            pieces.append(rest[..<found.lowerBound])
            rest = rest[found.upperBound...]
        }
        return pieces + [rest]
    }
}
