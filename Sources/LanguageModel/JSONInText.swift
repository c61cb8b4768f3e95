import Support

/// The JSON object in what a model wrote: alone, in a fence, or after some words.
package enum JSONInText {
    /// The first object that is whole; nil when there is none. Nothing is repaired.
    package static func object(in text: String) -> JSONValue? {
        let bytes = Array(text.utf8)
        var tries = 0
        var start = bytes.firstIndex(of: UInt8(ascii: "{"))
        while let begin = start, tries < 50 {
            tries += 1
            if let end = end(of: bytes, from: begin),
                let value = try? JSONValue(parsing: String(decoding: bytes[begin..<end], as: UTF8.self)),
                value.object != nil
            {
                return value
            }
            start = bytes[(begin + 1)...].firstIndex(of: UInt8(ascii: "{"))
        }
        return nil
    }

    /// Behind the bracket that closes the brace at `begin`.
    private static func end(of bytes: [UInt8], from begin: Int) -> Int? {
        var nesting = JSONNesting()
        for index in begin..<bytes.count {
            nesting.take(bytes[index])
            if nesting.depth == 0 { return index + 1 }
        }
        return nil
    }
}
