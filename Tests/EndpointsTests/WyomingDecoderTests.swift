import Endpoints
import SeededRandom
import Support
import Testing

@Suite struct WyomingDecoderTests {
    /// What the decoder makes of `bytes` in pieces of `size`; an error ends it.
    private func events(_ bytes: [UInt8], by size: Int = .max) throws -> [WyomingEvent] {
        var decoder = WyomingDecoder()
        var events: [WyomingEvent] = []
        var rest = bytes[...]
        while !rest.isEmpty {
            decoder.add(rest.prefix(size))
            rest = rest.dropFirst(min(size, rest.count))
            while let event = try decoder.next() { events.append(event) }
        }
        return events
    }

    private func events(_ text: String) throws -> [WyomingEvent] { try events(Array(text.utf8)) }

    private static let samples: [(String, WyomingEvent)] = [
        ("{\"type\":\"describe\"}\n", WyomingEvent("describe")),
        ("{\"type\": \"ping\", \"data\": null, \"data_length\": null}\r\n", WyomingEvent("ping")),
        ("{\"type\":\"ping\",\"data\":{\"text\":\"a\"},\"data_length\":0}\n", WyomingEvent("ping", ["text": "a"])),
        ("{\"type\":\"ping\",\"data_length\":13}\n{\"text\":\"ä\"}", WyomingEvent("ping", ["text": "ä"])),
        (
            "{\"type\":\"x\",\"data\":{\"a\":1,\"b\":2},\"data_length\":7,\"new\":[]}\n{\"b\":3}",
            WyomingEvent("x", ["a": 1, "b": 3])
        ),
        (
            "{\"type\":\"audio-chunk\",\"payload_length\":4}\n\n{}\n",
            WyomingEvent("audio-chunk", payload: Array("\n{}\n".utf8))
        ),
        (
            "{\"type\":\"y\",\"data_length\":2,\"payload_length\":1}\n{}z",
            WyomingEvent("y", payload: [UInt8(ascii: "z")])
        ),
    ]

    @Test(arguments: samples) func bothFormsOfDataAreRead(text: String, event: WyomingEvent) throws {
        #expect(try events(text) == [event])
        #expect(try events(Array(text.utf8), by: 1) == [event])
    }

    @Test func whatIsWrittenIsReadAgainHoweverItIsCut() throws {
        var random = SeededRandom(7)
        for _ in 0..<200 {
            let written = (0..<5).map { number -> WyomingEvent in
                let payload = (0..<random.next(below: 300)).map { _ in UInt8(truncatingIfNeeded: random.next()) }
                let data: [String: JSONValue] = [
                    "text": .string(String(repeating: "ü\n\"", count: random.next(below: 40))),
                    "n": .number(Double(random.next(below: 1000))), "none": .null,
                ]
                return WyomingEvent(
                    "type-\(number)", random.next(below: 3) == 0 ? [:] : data,
                    payload: random.next(below: 2) == 0 ? [] : payload)
            }
            let bytes = try written.flatMap { try $0.encoded() }
            #expect(try events(bytes, by: 1 + random.next(below: 200)) == written)
        }
    }

    @Test func noBytesBringItDown() {
        var random = SeededRandom(11)
        let seeds = Self.samples.map { Array($0.0.utf8) }
        for _ in 0..<2000 {
            var bytes = seeds[random.next(below: seeds.count)] + seeds[random.next(below: seeds.count)]
            for _ in 0..<1 + random.next(below: 6) {
                let place = random.next(below: bytes.count)
                switch random.next(below: 3) {
                case 0: bytes[place] = UInt8(truncatingIfNeeded: random.next())
                case 1: bytes.insert(UInt8(truncatingIfNeeded: random.next()), at: place)
                default: bytes.remove(at: place)
                }
                if bytes.isEmpty { bytes = [0] }
            }
            // Whatever it is: events, an error, or the wish for more.
            _ = try? events(bytes, by: 1 + random.next(below: 30))
        }
    }

    @Test(arguments: [
        "\n", "{}\n", "[]\n", "hello\n", "{\"type\":5}\n", "{\"type\":\"\"}\n", "{\"type\":\"x\",\"data\":[]}\n",
        "{\"type\":\"x\",\"data_length\":-1}\n", "{\"type\":\"x\",\"data_length\":1.5}\n",
        "{\"type\":\"x\",\"payload_length\":\"4\"}\n", "{\"type\":\"x\",\"payload_length\":true}\n",
        "{\"type\":\"x\",\"data_length\":2}\n[]", "{\"type\":\"x\",\"data_length\":4}\nNaN ",
        "{\"type\":\"x\",\"data_length\":1048577}\n", "{\"type\":\"x\",\"payload_length\":1e300}\n",
        "{\"type\":\"x\",\"payload_length\":9223372036854775807}\n",
    ])
    func whatIsMalformedIsAnError(text: String) {
        #expect(throws: WyomingError.self) { try events(text) }
    }

    @Test func anErrorStays() {
        var decoder = WyomingDecoder()
        decoder.add(Array("nonsense\n".utf8))
        #expect(throws: WyomingError.self) { try decoder.next() }
        decoder.add(Array("{\"type\":\"ping\"}\n".utf8))
        #expect(throws: WyomingError.self) { try decoder.next() }
    }

    @Test func aHeaderWithoutEndIsNotHeldForEver() throws {
        var decoder = WyomingDecoder()
        decoder.add([UInt8](repeating: UInt8(ascii: " "), count: WyomingDecoder.longestHeader))
        #expect(try decoder.next() == nil)
        decoder.add([UInt8(ascii: " ")])
        #expect(throws: WyomingError.tooLarge(part: "header", limit: 64 << 10)) { try decoder.next() }
    }

    @Test func theHeaderIsWrittenAsPythonDoes() throws {
        let event = WyomingEvent("a\"b", ["x": .null], payload: [1, 2])
        #expect(
            try event.encoded()
                == Array(
                    "{\"type\": \"a\\\"b\", \"version\": \"1.9.0\", \"data_length\": 10, \"payload_length\": 2}\n{\"x\":null}"
                        .utf8) + [1, 2])
        #expect(
            try WyomingEvent("ping").encoded() == Array("{\"type\": \"ping\", \"version\": \"1.9.0\"}\n".utf8))
    }
}

@Suite struct WyomingFormatTests {
    @Test(arguments: [
        (1, 1, [0x7F, 0x80] as [UInt8], [0x7F00, -0x8000] as [Int16]),
        (2, 1, [0x34, 0x12, 0xFF, 0xFF], [0x1234, -1]),
        (3, 1, [0xFF, 0x34, 0x12], [0x1234]),
        (4, 1, [0xFF, 0xFF, 0x34, 0x12], [0x1234]),
        (2, 2, [0x00, 0x10, 0x00, 0x20], [0x1800]),
    ])
    func samplesOfAnyWidthBecomeSixteenBitsOfOneChannel(
        width: Int, channels: Int, payload: [UInt8], samples: [Int16]
    ) {
        var whole = WyomingSamples(WyomingFormat(rate: 16_000, width: width, channels: channels))
        #expect(whole.add(payload) == samples)
        // However the bytes are cut.
        var cut = WyomingSamples(WyomingFormat(rate: 16_000, width: width, channels: channels))
        #expect(payload.flatMap { cut.add([$0]) } == samples)
    }

    @Test(
        arguments: [
            ["rate": 16_000, "width": 2], ["rate": 0, "width": 2, "channels": 1],
            ["rate": 16_000, "width": 5, "channels": 1],
            ["rate": 16_000, "width": 2, "channels": 9], ["rate": 16_000.5, "width": 2, "channels": 1],
            ["rate": "16000", "width": 2, "channels": 1], ["rate": 1e300, "width": 2, "channels": 1], [:],
        ] as [[String: JSONValue]])
    func aFormatThatCannotBeIsNone(data: [String: JSONValue]) {
        #expect(WyomingFormat(WyomingEvent("audio-start", data)) == nil)
    }

    @Test(arguments: [
        ("tcp://127.0.0.1:10300", "tcp://127.0.0.1:10300", true), ("tcp://localhost:1/", "tcp://localhost:1", true),
        ("tcp://[::1]:10300", "tcp://[::1]:10300", true), ("tcp://0.0.0.0:10600", "tcp://0.0.0.0:10600", false),
        ("tcp://kitchen.local:10700", "tcp://kitchen.local:10700", false),
        ("unix:///run/user/1/piper.sock", "unix:///run/user/1/piper.sock", true),
    ])
    func anAddressIsRead(uri: String, shown: String, isHere: Bool) {
        let address = WyomingAddress(uri)
        #expect(address?.description == shown)
        #expect(address?.isThisMachine == isHere)
    }

    @Test(arguments: [
        "", "10300", "tcp://", "tcp://host", "tcp://host:0", "tcp://host:65536", "tcp://host:1/path", "http://host:1",
        "tcp://user@host:1", "tcp://host:1?x", "unix://relative", "unix:///", "unix:///a/", "stdio://",
        "unix:///" + String(repeating: "a", count: 107),
    ])
    func whatIsNoAddressIsNone(uri: String) { #expect(WyomingAddress(uri) == nil) }
}
