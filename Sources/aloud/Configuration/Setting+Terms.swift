import Foundation

extension Setting {
    /// Written as `[Aloud, kubectl]`; up to two hundred.
    static func terms(_ key: String, _ path: Path<[String]>, _ summary: String) -> Setting {
        Setting(key: key, takes: "words, such as [Aloud, kubectl]", summary: summary, isList: true) { target, text in
            let terms = text.split(separator: ",").map { $0.trimmingCharacters(in: .whitespaces) }.filter {
                !$0.isEmpty
            }
            target[keyPath: path] = terms
            return terms.count <= 200 && terms.allSatisfy { $0.count <= 60 }
        } show: {
            $0[keyPath: path].joined(separator: ", ")
        }
    }
}
