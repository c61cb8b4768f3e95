/// Where a text stops being JSON (RFC 8259): Foundation on Linux does not tell.
enum JSONSyntax {
    /// From 1; nil when nothing is wrong that shows in the order of its signs.
    static func faultyLine(of text: String) -> Int? {
        var scanner = Scanner(bytes: Array(text.utf8))
        guard let place = scanner.fault() else { return nil }
        return scanner.bytes[..<place].count { $0 == 0x0A } + 1
    }

    private struct Scanner {
        let bytes: [UInt8]
        private var place = 0
        /// The brackets that are open.
        private var open: [UInt8] = []

        private enum Wanted { case value, valueOrEnd, key, keyOrEnd, colon, commaOrEnd }

        init(bytes: [UInt8]) { self.bytes = bytes }

        mutating func fault() -> Int? {
            var wanted = Wanted.value
            while true {
                while place < bytes.count, " \t\n\r".utf8.contains(bytes[place]) { place += 1 }
                guard place < bytes.count else { return open.isEmpty && wanted == .commaOrEnd ? nil : place }
                guard let next = step(wanted, bytes[place]) else { return place }
                wanted = next
            }
        }

        /// What may follow; nil when what stands here may not.
        private mutating func step(_ wanted: Wanted, _ byte: UInt8) -> Wanted? {
            switch (byte, wanted) {
            case (0x5D, .valueOrEnd), (0x5D, .commaOrEnd), (0x7D, .keyOrEnd), (0x7D, .commaOrEnd):
                // ] and } close what [ and { opened: two further in ASCII.
                guard open.last == byte - 2 else { return nil }
                open.removeLast()
                place += 1
                return .commaOrEnd
            case (0x2C, .commaOrEnd):
                guard let last = open.last else { return nil }
                place += 1
                return last == 0x7B ? .key : .value
            case (0x3A, .colon):
                place += 1
                return .value
            case (0x22, .key), (0x22, .keyOrEnd): return string() ? .colon : nil
            case (_, .value), (_, .valueOrEnd): return value(byte)
            default: return nil
            }
        }

        private mutating func value(_ byte: UInt8) -> Wanted? {
            switch byte {
            case 0x5B, 0x7B:
                open.append(byte)
                place += 1
                return byte == 0x5B ? .valueOrEnd : .keyOrEnd
            case 0x22: return string() ? .commaOrEnd : nil
            default:
                let end = bytes[place...].firstIndex { " \t\n\r,]}:[{\"".utf8.contains($0) } ?? bytes.count
                let word = String(decoding: bytes[place..<end], as: UTF8.self)
                guard ["true", "false", "null"].contains(word) || Double(word) != nil else { return nil }
                place = end
                return .commaOrEnd
            }
        }

        /// Goes past a text in quotes; a line break in it is a fault.
        private mutating func string() -> Bool {
            var end = place + 1
            while end < bytes.count, bytes[end] != 0x22, bytes[end] != 0x0A { end += bytes[end] == 0x5C ? 2 : 1 }
            guard end < bytes.count, bytes[end] == 0x22 else { return false }
            place = end + 1
            return true
        }
    }
}
