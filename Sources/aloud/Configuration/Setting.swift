import Endpoints
import Foundation
import Storage

/// One key: where it is, what it takes, what it does, and how it is read into a `Target`.
struct Setting<Target>: Sendable {
    let key: String
    /// What values it takes, in words.
    let takes: String
    let summary: String
    /// Whether it takes several words, which may stand as a list.
    var isList = false
    /// Whether it takes words with values, which may stand as a mapping.
    var isMapping = false
    let read: @Sendable (inout Target, String) -> Bool
    let show: @Sendable (Target) -> String
}

extension Setting {
    typealias Path<Value> = any WritableKeyPath<Target, Value> & Sendable

    static func text(_ key: String, _ path: Path<String>, _ summary: String) -> Setting {
        Setting(key: key, takes: "text", summary: summary) { target, text in
            target[keyPath: path] = text
            return !text.isEmpty
        } show: {
            $0[keyPath: path]
        }
    }

    static func optionalText(_ key: String, _ path: Path<String?>, _ summary: String) -> Setting {
        Setting(key: key, takes: "text", summary: summary) { target, text in
            target[keyPath: path] = text
            return !text.isEmpty
        } show: {
            $0[keyPath: path] ?? ""
        }
    }

    /// A file, written from the root or from the home folder, which `~` stands for.
    static func file(_ key: String, _ path: Path<String?>, _ summary: String) -> Setting {
        Setting(key: key, takes: "a path that begins with / or ~/", summary: summary) { target, text in
            let whole = text.hasPrefix("~/") ? NSHomeDirectory() + text.dropFirst() : text
            target[keyPath: path] = whole
            return whole.hasPrefix("/") && !whole.hasSuffix("/")
        } show: {
            $0[keyPath: path] ?? ""
        }
    }

    /// Words that can be said, of three letters or more.
    static func phrase(_ key: String, _ path: Path<String>, _ summary: String) -> Setting {
        Setting(key: key, takes: "words in the letters a to z", summary: summary) { target, text in
            target[keyPath: path] = text
            return text.count { $0.isLetter && $0.isASCII } >= 3 && text.allSatisfy { !$0.isLetter || $0.isASCII }
                && text.count <= 60
        } show: {
            $0[keyPath: path]
        }
    }

    static func choice<Value: RawRepresentable<String> & CaseIterable & Sendable>(
        _ key: String, _ path: Path<Value>, _ summary: String
    ) -> Setting {
        let values = Value.allCases.map(\.rawValue).joined(separator: ", ")
        return Setting(key: key, takes: "one of \(values)", summary: summary) { target, text in
            guard let value = Value(rawValue: text) else { return false }
            target[keyPath: path] = value
            return true
        } show: {
            $0[keyPath: path].rawValue
        }
    }

    /// Milliseconds; written as `600ms`, `2s`, `1.5s` or a bare number of milliseconds.
    static func duration(
        _ key: String, _ path: Path<Int>, _ range: ClosedRange<Int>, _ summary: String
    ) -> Setting {
        Setting(
            key: key,
            takes: "a time from \(DurationText.show(range.lowerBound)) to \(DurationText.show(range.upperBound))",
            summary: summary
        ) { target, text in
            guard let value = DurationText.milliseconds(text), range.contains(value) else { return false }
            target[keyPath: path] = value
            return true
        } show: {
            DurationText.show($0[keyPath: path])
        }
    }

    static func number(_ key: String, _ path: Path<Int>, _ range: ClosedRange<Int>, _ summary: String) -> Setting {
        Setting(key: key, takes: "a whole number from \(range.lowerBound) to \(range.upperBound)", summary: summary) {
            target, text in
            guard let value = Int(text), range.contains(value) else { return false }
            target[keyPath: path] = value
            return true
        } show: {
            String($0[keyPath: path])
        }
    }

    static func optionalNumber(
        _ key: String, _ path: Path<Int?>, _ range: ClosedRange<Int>, _ summary: String
    ) -> Setting {
        Setting(key: key, takes: "a whole number from \(range.lowerBound) to \(range.upperBound)", summary: summary) {
            target, text in
            guard let value = Int(text), range.contains(value) else { return false }
            target[keyPath: path] = value
            return true
        } show: {
            $0[keyPath: path].map(String.init) ?? ""
        }
    }

    static func optionalFraction(
        _ key: String, _ path: Path<Double?>, _ range: ClosedRange<Double>, _ summary: String
    ) -> Setting {
        Setting(key: key, takes: "a number from \(range.lowerBound) to \(range.upperBound)", summary: summary) {
            target, text in
            guard let value = Double(text), range.contains(value) else { return false }
            target[keyPath: path] = value
            return true
        } show: {
            $0[keyPath: path].map { String($0) } ?? ""
        }
    }

    /// Kinds of what can be found, written as `turn, note`; `nothing` for none.
    static func kinds(_ key: String, _ path: Path<Set<Passage.Kind>>, _ summary: String) -> Setting {
        let all = Passage.Kind.allCases.map(\.rawValue).joined(separator: ", ")
        return Setting(key: key, takes: "any of \(all), or nothing", summary: summary, isList: true) { target, text in
            target[keyPath: path] = []
            if text == "nothing" { return true }
            let words = text.split(whereSeparator: { $0 == "," || $0.isWhitespace }).map(String.init)
            let kinds = words.compactMap(Passage.Kind.init(rawValue:))
            target[keyPath: path] = Set(kinds)
            return !words.isEmpty && kinds.count == words.count
        } show: {
            let kinds = $0[keyPath: path].map(\.rawValue).sorted()
            return kinds.isEmpty ? "nothing" : kinds.joined(separator: ", ")
        }
    }

    /// A place of the Wyoming protocol; `off` for none.
    static func address(_ key: String, _ path: Path<WyomingAddress?>, _ summary: String) -> Setting {
        Setting(key: key, takes: "tcp://host:port, unix:///path, or off", summary: summary) { target, text in
            target[keyPath: path] = WyomingAddress(text)
            return text == "off" || target[keyPath: path] != nil
        } show: {
            $0[keyPath: path]?.description ?? "off"
        }
    }

    /// Up to 32 of them; `none` for none.
    static func addresses(_ key: String, _ path: Path<[WyomingAddress]>, _ summary: String) -> Setting {
        Setting(
            key: key, takes: "up to 32 of tcp://host:port or unix:///path, or none", summary: summary, isList: true
        ) { target, text in
            target[keyPath: path] = []
            if text == "none" { return true }
            let words = text.split(whereSeparator: { $0 == "," || $0.isWhitespace })
            let addresses = words.compactMap { WyomingAddress(String($0)) }
            target[keyPath: path] = addresses
            return 1...32 ~= words.count && Set(addresses).count == words.count
        } show: {
            let addresses = $0[keyPath: path].map(\.description)
            return addresses.isEmpty ? "none" : addresses.joined(separator: ", ")
        }
    }

    /// Whole days, written as `7d`; `never` keeps nothing.
    static func days(_ key: String, _ path: Path<Int?>, _ summary: String) -> Setting {
        Setting(key: key, takes: "days such as 7d, up to 3650d, or never", summary: summary) { target, text in
            if text == "never" {
                target[keyPath: path] = nil
                return true
            }
            guard text.hasSuffix("d"), let days = Int(text.dropLast()), (1...3650).contains(days) else { return false }
            target[keyPath: path] = days
            return true
        } show: {
            $0[keyPath: path].map { "\($0)d" } ?? "never"
        }
    }
}

enum DurationText {
    static func milliseconds(_ text: String) -> Int? {
        let (number, factor) =
            if text.hasSuffix("ms") {
                (text.dropLast(2), 1.0)
            } else if text.hasSuffix("s") {
                (text.dropLast(1), 1000.0)
            } else {
                (text[...], 1.0)
            }
        guard let value = Double(number), value.isFinite, value >= 0, value < 1e9 else { return nil }
        return Int((value * factor).rounded())
    }

    static func show(_ milliseconds: Int) -> String {
        milliseconds % 1000 == 0 ? "\(milliseconds / 1000)s" : "\(milliseconds)ms"
    }
}
