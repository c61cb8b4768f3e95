import Support
import Testing

@Suite struct ServerSentEventsTests {
    private func read(_ text: String, cutEvery size: Int) throws -> [ServerSentEvent] {
        var reader = ServerSentEvents()
        let bytes = Array(text.utf8)
        var events: [ServerSentEvent] = []
        for start in stride(from: 0, to: bytes.count, by: size) {
            events += try reader.add(bytes[start..<min(bytes.count, start + size)])
        }
        if let last = reader.finish() { events.append(last) }
        return events
    }

    @Test(arguments: [1, 2, 3, 1000]) func eventsAreReadWhereverTheBytesAreCut(size: Int) throws {
        for (text, expected) in [
            ("data: a\n\ndata: b\n\n", ["a", "b"]),
            ("data: a\r\n\r\ndata: b\r\n\r\n", ["a", "b"]),
            ("data: a\r\rdata: b\r\r", ["a", "b"]),
            ("data: a\n\ndata: b", ["a", "b"]),
            ("data:a\ndata: b\n\n", ["a\nb"]),
            ("\u{FEFF}data: a\n\n", ["a"]),
            (": PROCESSING\n\n: PROCESSING\n\ndata: a\n\n", ["a"]),
            ("id: 1\nretry: 5\ndata: ä€😀\nunknown: x\n\n\n\n", ["ä€😀"]),
            ("data\n\n", [""]),
            ("event: error\n\n", []),
        ] {
            #expect(try read(text, cutEvery: size).map(\.data) == expected, "\(text)")
        }
    }

    @Test func anEventKeepsItsName() throws {
        #expect(try read("event: error\ndata: x\n\ndata: y\n\n", cutEvery: 5).map(\.name) == ["error", nil])
    }

    @Test func anEventWithoutEndIsAnError() {
        var reader = ServerSentEvents(limit: 10)
        #expect(throws: ServerSentEvents.TooLong.self) { try reader.add(Array("data: 0123456789".utf8)) }
    }
}

@Suite struct MultipartFormTests {
    @Test func fieldsAndFilesAreParts() {
        var form = MultipartForm(boundary: "b")
        form.add("model", "whisper-1")
        form.add("file", file: "a\"\r\n.ogg", type: "audio/ogg", [0x4F, 0x67])
        #expect(form.contentType == "multipart/form-data; boundary=b")
        #expect(
            String(decoding: form.body, as: UTF8.self) == """
                --b\r\nContent-Disposition: form-data; name="model"\r\n\r\nwhisper-1\r\n\
                --b\r\nContent-Disposition: form-data; name="file"; filename="a%22%0D%0A.ogg"\r\n\
                Content-Type: audio/ogg\r\n\r\nOg\r\n--b--\r\n
                """)
    }
}
