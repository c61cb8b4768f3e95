import Foundation

/// The lines of a file of JSON objects, one by one, with their numbers.
struct JSONLines {
    let path: String

    /// Bytes of a line, and lines of a file: more is another kind of file.
    static let longest = 4 << 20
    static let most = 1_000_000

    /// Gives each line to `take`; what this throws says what is wrong with the line. Empty lines are passed over.
    func read<Line: Decodable>(_ type: Line.Type, _ take: (Line) throws(Wrong) -> Void) throws {
        guard let file = fopen(path, "re") else {
            throw Failure("\(path) cannot be read: \(String(cString: strerror(errno)))")
        }
        defer { fclose(file) }
        let decoder = JSONDecoder()
        var buffer: UnsafeMutablePointer<CChar>?
        var capacity = 0
        defer { free(buffer) }
        var number = 0
        while true {
            errno = 0
            let length = getline(&buffer, &capacity, file)
            guard length >= 0, let buffer else {
                guard errno == 0 else {
                    throw Failure("\(path) cannot be read: \(String(cString: strerror(errno)))")
                }
                return
            }
            number += 1
            func failure(_ reason: String) -> Failure { Failure("\(path):\(number): \(reason)") }
            guard length <= JSONLines.longest else { throw failure("the line is longer than 4 MiB") }
            guard number <= JSONLines.most else { throw failure("more than a million lines are not read") }
            let bytes = UnsafeRawBufferPointer(start: buffer, count: length)
            guard bytes.contains(where: { !" \t\r\n".utf8.contains($0) }) else { continue }
            let line: Line
            do {
                line = try decoder.decode(type, from: Data(bytes))
            } catch let error as DecodingError {
                throw failure(error.inOneLine)
            }
            do {
                try take(line)
            } catch {
                throw failure(error.reason)
            }
        }
    }

    struct Wrong: Error {
        let reason: String

        init(_ reason: String) { self.reason = reason }
    }
}

extension DecodingError {
    fileprivate var inOneLine: String {
        switch self {
        case .keyNotFound(let key, _): "the key “\(key.stringValue)” is missing"
        case .typeMismatch(_, let context), .valueNotFound(_, let context):
            context.codingPath.isEmpty
                ? "the line is not a JSON object"
                : "“\(context.codingPath.map(\.stringValue).joined(separator: "."))” is not what it should be"
        case .dataCorrupted: "the line is not valid JSON"
        @unknown default: "the line cannot be read"
        }
    }
}

/// A passage of a benchmark.
struct PassageLine: Decodable {
    let id: String
    let title: String
    let text: String

    static func read(_ path: String) throws -> [PassageLine] {
        var lines: [PassageLine] = []
        var known: Set<String> = []
        try JSONLines(path: path).read(PassageLine.self) { line throws(JSONLines.Wrong) in
            guard !line.id.isEmpty, line.id.utf8.count <= 1000 else {
                throw JSONLines.Wrong("“id” takes 1 to 1000 bytes")
            }
            guard known.insert(line.id).inserted else { throw JSONLines.Wrong("the id “\(line.id)” is there already") }
            lines.append(line)
        }
        guard !lines.isEmpty else { throw Failure("\(path) holds no passages") }
        return lines
    }
}

/// A question, and the passages that answer it.
struct QueryLine: Decodable {
    let qid: String
    let text: String
    let relevant: [String]

    static func read(_ path: String, known passages: Set<String>) throws -> [QueryLine] {
        var lines: [QueryLine] = []
        var known: Set<String> = []
        try JSONLines(path: path).read(QueryLine.self) { line throws(JSONLines.Wrong) in
            guard known.insert(line.qid).inserted else {
                throw JSONLines.Wrong("the qid “\(line.qid)” is there already")
            }
            guard line.text.utf8.count <= 10_000 else { throw JSONLines.Wrong("“text” takes at most 10000 bytes") }
            guard 1...1000 ~= line.relevant.count else {
                throw JSONLines.Wrong("“relevant” names 1 to 1000 passages; without one nothing can be found")
            }
            if let stranger = line.relevant.first(where: { !passages.contains($0) }) {
                throw JSONLines.Wrong("“relevant” names “\(stranger)”, which is no passage")
            }
            lines.append(line)
        }
        guard !lines.isEmpty else { throw Failure("\(path) holds no queries") }
        return lines
    }
}

/// The vectors of passages and of queries, all of one length.
struct VectorLines {
    private(set) var passages: [String: [Float]] = [:]
    private(set) var queries: [String: [Float]] = [:]
    private(set) var dimensions = 0

    private struct Line: Decodable {
        let id: String?
        let qid: String?
        let v: [Float]
    }

    init(_ path: String, passages known: Set<String>, queries asked: Set<String>) throws {
        try JSONLines(path: path).read(Line.self) { line throws(JSONLines.Wrong) in
            guard 1...8192 ~= line.v.count else { throw JSONLines.Wrong("“v” takes 1 to 8192 numbers") }
            if dimensions == 0 { dimensions = line.v.count }
            guard line.v.count == dimensions else {
                throw JSONLines.Wrong("“v” has \(line.v.count) numbers, those before it have \(dimensions)")
            }
            guard line.v.allSatisfy(\.isFinite), line.v.contains(where: { $0 != 0 }) else {
                throw JSONLines.Wrong("“v” has no direction: its numbers are all 0, or too large")
            }
            switch (line.id, line.qid) {
            case (let id?, nil):
                guard known.contains(id) else { throw JSONLines.Wrong("“id” names “\(id)”, which is no passage") }
                guard passages.updateValue(line.v, forKey: id) == nil else {
                    throw JSONLines.Wrong("the passage “\(id)” has a vector already")
                }
            case (nil, let qid?):
                guard asked.contains(qid) else { throw JSONLines.Wrong("“qid” names “\(qid)”, which is no query") }
                guard queries.updateValue(line.v, forKey: qid) == nil else {
                    throw JSONLines.Wrong("the query “\(qid)” has a vector already")
                }
            default: throw JSONLines.Wrong("a vector has an “id” or a “qid”, and not both")
            }
        }
        guard dimensions > 0 else { throw Failure("\(path) holds no vectors") }
    }
}
