/// An HTTP client on libcurl: connections are kept and used again, proxies of the environment are honoured, and no call
/// blocks its thread.
package final class HTTPClient: Sendable {
    package struct Configuration: Sendable {
        /// nil for `http_proxy`, `https_proxy` and `no_proxy` of the environment. The machine itself is never asked
        /// through a proxy.
        package var proxy: String?
        /// A file of certificates in place of the system's.
        package var certificates: String?
        package var userAgent = "aloud"

        package init() {}
    }

    private let driver: CurlDriver

    package init(_ configuration: Configuration = Configuration()) {
        driver = CurlDriver(configuration)
    }

    deinit { driver.post(.end) }

    /// Sends the request and gives the head of the answer; its body follows as it is read. Cancelling the task ends
    /// the exchange at once, and so does letting go of the body.
    package func send(_ request: HTTPRequest) async throws -> HTTPResponse {
        try Task.checkCancellation()
        let exchange = HTTPExchange(request)
        if case .stream(let upload) = request.body {
            upload.onWake { [driver, weak exchange] in
                if let exchange { driver.post(.resumeUpload(exchange)) }
            }
        }
        let reader = HTTPBodyReader(exchange, driver)
        driver.post(.add(exchange))
        let head = try await withTaskCancellationHandler {
            try await exchange.head()
        } onCancel: {
            reader.cancel()
        }
        return HTTPResponse(status: head.status, headers: head.headers, body: HTTPBody(reader: reader))
    }
}
