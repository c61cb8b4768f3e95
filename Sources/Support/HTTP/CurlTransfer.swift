import CCurl
import Foundation

/// One exchange with its libcurl handle. Belongs to the driver's thread.
final class CurlTransfer {
    let exchange: HTTPExchange
    let handle: UnsafeMutableRawPointer
    private let began = ContinuousClock.now
    /// The last sign of life: a byte sent, or a byte received.
    private var lastMoved = ContinuousClock.now
    private var headLines = HTTPHeadLines()
    private var hasHead = false
    private var received = 0
    private var sent = 0
    private var list: UnsafeMutablePointer<curl_slist>?

    /// nil when libcurl takes no such request.
    init?(_ exchange: HTTPExchange, _ configuration: HTTPClient.Configuration) {
        guard HTTPAddress.isValid(exchange.request.url), let handle = curl_easy_init() else { return nil }
        self.exchange = exchange
        self.handle = handle
        guard setUp(configuration) else { return nil }
    }

    deinit {
        curl_easy_cleanup(handle)
        curl_slist_free_all(list)
    }

    private func setUp(_ configuration: HTTPClient.Configuration) -> Bool {
        let request = exchange.request
        // Both schemes and no other: a configured address shall not read files.
        guard curl_set_text(handle, CURLOPT_PROTOCOLS_STR, "http,https") == CURLE_OK,
            curl_set_text(handle, CURLOPT_URL, request.url) == CURLE_OK
        else { return false }
        curl_set_number(handle, CURLOPT_NOSIGNAL, 1)
        // A name that takes long to look up is not waited for when the exchange is dropped: it would hold all others.
        curl_set_number(handle, CURLOPT_QUICK_EXIT, 1)
        curl_set_number(handle, CURLOPT_TCP_NODELAY, 1)
        curl_set_number(handle, CURLOPT_TCP_KEEPALIVE, 1)
        curl_set_number(handle, CURLOPT_SUPPRESS_CONNECT_HEADERS, 1)
        curl_set_text(handle, CURLOPT_USERAGENT, configuration.userAgent)
        curl_set_number(
            handle, CURLOPT_CONNECTTIMEOUT_MS, request.deadlines.connect.map { max(1, $0.wholeMilliseconds) } ?? 0)
        if let certificates = configuration.certificates {
            curl_set_text(handle, CURLOPT_CAINFO, certificates)
        }
        if let socket = request.unixSocket { curl_set_text(handle, CURLOPT_UNIX_SOCKET_PATH, socket) }
        if HTTPAddress.isThisMachine(request.url) {
            curl_set_text(handle, CURLOPT_PROXY, "")
        } else if let proxy = configuration.proxy {
            curl_set_text(handle, CURLOPT_PROXY, proxy)
        }
        setMethod(request)
        for header in request.headers where header.isSafe {
            list = curl_slist_append(list, "\(header.name): \(header.value)")
        }
        // The pause before a body that this header brings is a round trip that nobody needs.
        list = curl_slist_append(list, "Expect:")
        curl_set_list(handle, CURLOPT_HTTPHEADER, list)
        setCallbacks()
        return true
    }

    private func setMethod(_ request: HTTPRequest) {
        switch request.body {
        case .none:
            if request.method == "HEAD" {
                curl_set_number(handle, CURLOPT_NOBODY, 1)
            } else if request.method != "GET" {
                curl_set_text(handle, CURLOPT_CUSTOMREQUEST, request.method)
            }
            return
        case .bytes(let bytes):
            curl_set_number(handle, CURLOPT_POST, 1)
            curl_set_length(handle, CURLOPT_POSTFIELDSIZE_LARGE, curl_off_t(bytes.count))
        case .stream:
            curl_set_number(handle, CURLOPT_POST, 1)
            list = curl_slist_append(list, "Transfer-Encoding: chunked")
        }
        if request.method != "POST" { curl_set_text(handle, CURLOPT_CUSTOMREQUEST, request.method) }
    }

    private func setCallbacks() {
        let context = Unmanaged.passUnretained(self).toOpaque()
        curl_set_context(handle, CURLOPT_PRIVATE, context)
        curl_set_context(handle, CURLOPT_HEADERDATA, context)
        curl_set_context(handle, CURLOPT_WRITEDATA, context)
        curl_set_context(handle, CURLOPT_READDATA, context)
        curl_set_context(handle, CURLOPT_SEEKDATA, context)
        curl_set_data_callback(handle, CURLOPT_HEADERFUNCTION) { bytes, size, count, context in
            guard let transfer = CurlTransfer.at(context) else { return 0 }
            return transfer.heard(line: UnsafeRawBufferPointer(start: bytes, count: size * count))
        }
        curl_set_data_callback(handle, CURLOPT_WRITEFUNCTION) { bytes, size, count, context in
            guard let transfer = CurlTransfer.at(context) else { return 0 }
            return transfer.heard(body: UnsafeRawBufferPointer(start: bytes, count: size * count))
        }
        curl_set_data_callback(handle, CURLOPT_READFUNCTION) { bytes, size, count, context in
            guard let transfer = CurlTransfer.at(context) else { return Int(CURL_READFUNC_ABORT) }
            return transfer.send(UnsafeMutableRawBufferPointer(start: bytes, count: size * count))
        }
        curl_set_offset_callback(handle, CURLOPT_SEEKFUNCTION) { context, offset, origin in
            CurlTransfer.at(context)?.rewind(to: Int(offset), isFromStart: origin == SEEK_SET) ?? CURL_SEEKFUNC_FAIL
        }
    }

    private static func at(_ context: UnsafeMutableRawPointer?) -> CurlTransfer? {
        context.map { Unmanaged<CurlTransfer>.fromOpaque($0).takeUnretainedValue() }
    }
}

// MARK: What libcurl tells

extension CurlTransfer {
    /// Bytes of heads that are accepted of one answer.
    private static let largestHead = 256 << 10

    private func heard(line: UnsafeRawBufferPointer) -> Int {
        lastMoved = .now
        // What follows the body are trailers, which nobody reads.
        guard !hasHead else { return line.count }
        guard headLines.bytes + line.count <= Self.largestHead else {
            exchange.fail(HTTPError.tooLarge(limit: Self.largestHead))
            return 0
        }
        if let head = headLines.add(line) {
            hasHead = true
            exchange.tell(head)
        }
        return line.count
    }

    private func heard(body: UnsafeRawBufferPointer) -> Int {
        let limit = exchange.request.largestAnswer
        guard received + body.count <= limit else {
            exchange.fail(HTTPError.tooLarge(limit: limit))
            return 0
        }
        guard exchange.take(body) else { return Int(CURL_WRITEFUNC_PAUSE) }
        received += body.count
        lastMoved = .now
        return body.count
    }

    private func send(_ buffer: UnsafeMutableRawBufferPointer) -> Int {
        lastMoved = .now
        switch exchange.request.body {
        case .none: return 0
        case .bytes(let bytes):
            let count = min(buffer.count, bytes.count - sent)
            buffer.copyBytes(from: bytes[sent..<sent + count])
            sent += count
            return count
        case .stream(let upload):
            switch upload.read(into: buffer) {
            case .bytes(let count): return count
            case .nothing: return Int(CURL_READFUNC_PAUSE)
            case .end: return 0
            case .failed:
                exchange.fail(HTTPError.uploadFailed)
                return Int(CURL_READFUNC_ABORT)
            }
        }
    }

    /// A kept connection may turn out dead; libcurl then sends the body again on a new one.
    private func rewind(to offset: Int, isFromStart: Bool) -> Int32 {
        guard isFromStart else { return CURL_SEEKFUNC_CANTSEEK }
        switch exchange.request.body {
        case .none: return CURL_SEEKFUNC_OK
        case .bytes(let bytes):
            guard 0...bytes.count ~= offset else { return CURL_SEEKFUNC_FAIL }
            sent = offset
            return CURL_SEEKFUNC_OK
        case .stream(let upload):
            return offset == 0 && upload.isUntouched ? CURL_SEEKFUNC_OK : CURL_SEEKFUNC_CANTSEEK
        }
    }

    func ended(_ code: CURLcode) {
        guard code == CURLE_OK else {
            exchange.fail(HTTPError(code))
            return
        }
        if hasHead { exchange.finish() } else { exchange.fail(HTTPError.closed) }
    }

    /// The reader has caught up; the time it took is not the server's.
    func resumed() { lastMoved = .now }
}

// MARK: Deadlines

extension CurlTransfer {
    /// The next moment at which the exchange is late, and for what. The connection has libcurl's own timer.
    var deadline: (stage: HTTPError.Stage, moment: ContinuousClock.Instant)? {
        let deadlines = exchange.request.deadlines
        var found: (stage: HTTPError.Stage, moment: ContinuousClock.Instant)?
        func consider(_ stage: HTTPError.Stage, _ moment: ContinuousClock.Instant?) {
            guard let moment, moment < (found?.moment ?? moment.advanced(by: .nanoseconds(1))) else { return }
            found = (stage, moment)
        }
        consider(.total, deadlines.total.map { began + $0 })
        if !hasHead {
            consider(.firstByte, deadlines.firstByte.map { lastMoved + $0 })
        } else if !exchange.isPaused {
            consider(.stall, deadlines.stall.map { lastMoved + $0 })
        }
        return found
    }
}

extension HTTPHeader {
    /// Whether it is one line, so that a value cannot smuggle in another header.
    fileprivate var isSafe: Bool {
        !name.isEmpty && !(name + value).unicodeScalars.contains { $0 == "\r" || $0 == "\n" || $0 == "\0" }
    }
}

extension Duration {
    fileprivate var wholeMilliseconds: Int {
        Int(components.seconds) * 1000 + Int(components.attoseconds / 1_000_000_000_000_000)
    }
}
