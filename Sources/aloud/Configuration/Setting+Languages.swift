import Foundation
import Speech

extension Setting {
    private static var codes: String { "ISO 639-1, such as en, or up to eight as en, de, or auto for any" }

    static func languages(_ key: String, _ path: Path<String>, _ summary: String) -> Setting {
        Setting(key: key, takes: codes, summary: summary, isList: true) { target, text in
            target[keyPath: path] = text
            return SpokenLanguages(text) != nil
        } show: {
            $0[keyPath: path]
        }
    }

    static func optionalLanguages(_ key: String, _ path: Path<String?>, _ summary: String) -> Setting {
        Setting(key: key, takes: codes, summary: summary, isList: true) { target, text in
            target[keyPath: path] = text
            return SpokenLanguages(text) != nil
        } show: {
            $0[keyPath: path] ?? ""
        }
    }

    /// Written as `de: anna, fr: lea`; up to sixteen.
    static func voices(_ key: String, _ path: Path<[String: String]>, _ summary: String) -> Setting {
        Setting(key: key, takes: "languages with voices, such as {de: anna}", summary: summary, isMapping: true) {
            target, text in
            var voices: [String: String] = [:]
            for pair in text.split(separator: ",", omittingEmptySubsequences: false) {
                let parts = pair.split(separator: ":", maxSplits: 1).map { $0.trimmingCharacters(in: .whitespaces) }
                guard parts.count == 2, let code = SpokenLanguages(parts[0])?.sent, !parts[1].isEmpty,
                    voices.updateValue(parts[1], forKey: code) == nil
                else { return false }
            }
            target[keyPath: path] = voices
            return voices.count <= 16
        } show: {
            $0[keyPath: path].sorted { $0.key < $1.key }.map { "\($0.key): \($0.value)" }.joined(separator: ", ")
        }
    }
}
