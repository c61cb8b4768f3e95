import Foundation
import Support

/// A JSON file that is read into what is expected of it; what is wrong is told with its place.
struct JSONSource {
    let file: String
    private let text: String

    init(_ source: ExchangedFile) throws(InterchangeError) {
        // Decoded as it is: what JSON escapes is cleaned where it is kept.
        let source = try SourceText(source)
        file = source.file
        text = source.text
    }

    /// A line of a file of JSON lines.
    init(file: String, line: Substring) {
        self.file = file
        text = String(line)
    }

    func decode<Value: Decodable>(_ type: Value.Type, line: Int? = nil) throws(InterchangeError) -> Value {
        do {
            return try JSONText.decode(type, from: text)
        } catch let error as DecodingError {
            throw InterchangeError(
                file, line: line ?? (error.isOfSyntax ? JSONSyntax.faultyLine(of: text) : nil), error.whatWasExpected)
        } catch {
            throw InterchangeError(file, line: line, "it is \(error)")
        }
    }
}

extension DecodingError {
    fileprivate var isOfSyntax: Bool {
        if case .dataCorrupted(let context) = self { context.codingPath.isEmpty } else { false }
    }

    private var context: Context? {
        switch self {
        case .typeMismatch(_, let context), .valueNotFound(_, let context), .keyNotFound(_, let context),
            .dataCorrupted(let context):
            context
        @unknown default: nil
        }
    }

    fileprivate var whatWasExpected: String {
        let path = context?.codingPath ?? []
        switch self {
        case .keyNotFound(let key, _): return "\(Self.place(path + [key])) is missing"
        case .typeMismatch(let type, _): return "\(Self.place(path)) must be \(Self.name(of: type))"
        case .valueNotFound(let type, _): return "\(Self.place(path)) is null and must be \(Self.name(of: type))"
        case .dataCorrupted where path.isEmpty: return "it is not valid JSON"
        default: return "\(Self.place(path)): \((context?.debugDescription ?? "").prefix(200))"
        }
    }

    /// `tasks[3].status`
    private static func place(_ path: [any CodingKey]) -> String {
        guard !path.isEmpty else { return "it" }
        return path.reduce("") { text, key in
            if let index = key.intValue { return text + "[\(index)]" }
            return text + (text.isEmpty ? "" : ".") + key.stringValue.prefix(60)
        }
    }

    private static func name(of type: Any.Type) -> String {
        switch type {
        case is String.Type: "text"
        case is Int.Type, is Double.Type, is Int64.Type: "a number"
        case is Bool.Type: "true or false"
        case is [Any].Type: "a list"
        default: "an object"
        }
    }
}
