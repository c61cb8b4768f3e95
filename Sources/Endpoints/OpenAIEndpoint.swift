import Foundation
import Support

/// A model behind the OpenAI-compatible API of some server.
package struct OpenAIEndpoint: Sendable {
    package struct Configuration: Sendable {
        /// With the version, such as `https://api.openai.com/v1`.
        package var baseURL: String
        /// In place of the usual path, such as `/inference`; from the server's root.
        package var path: String?
        package var key: SecretString?
        package var model: String
        /// Why nothing may be asked, such as a key that cannot be read; nil when all is well.
        package var obstacle: String?
        package var headers: [HTTPHeader] = []
        /// Further fields of every request.
        package var fields: [String: JSONValue] = [:]
        package var connectDeadline = Duration.seconds(2)
        package var firstByteDeadline = Duration.seconds(6)
        package var stallDeadline = Duration.seconds(6)

        package init(baseURL: String, path: String? = nil, key: SecretString? = nil, model: String) {
            self.baseURL = baseURL
            self.path = path
            self.key = key
            self.model = model
        }
    }

    package let configuration: Configuration
    let quirkMemory: QuirkMemory
    private let client: HTTPClient
    private let time: EndpointTime
    private let policy: RetryPolicy
    package let watch: EndpointWatch

    /// A kept connection is this young at most; an older one is opened again before it is needed.
    private static let freshness = Duration.seconds(30)

    package init(
        _ configuration: Configuration, client: HTTPClient, quirks: QuirkMemory = QuirkMemory(),
        watch: EndpointWatch = EndpointWatch(), policy: RetryPolicy = RetryPolicy(), time: EndpointTime = .live
    ) {
        self.configuration = configuration
        self.client = client
        quirkMemory = quirks
        self.policy = policy
        self.time = time
        self.watch = watch
        watch.probe { [asks = request("GET", url(from: "/models"))] in
            var asks = asks
            asks.deadlines.total = configuration.connectDeadline + .seconds(4)
            try await OpenAIEndpoint.lookFor(client, asks)
        }
    }

    /// Whom it speaks to, as `aloud doctor` and the engine calls show it.
    package var host: String { URLComponents(string: configuration.baseURL)?.host ?? configuration.baseURL }

    package var health: EndpointHealth { watch.health }

    /// The name its quirks are kept by.
    package var identity: String { "\(configuration.baseURL) \(configuration.path ?? "") \(configuration.model)" }

    var quirks: EndpointQuirks { quirkMemory[identity] }

    func learn(_ change: (inout EndpointQuirks) -> Void) {
        var learnt = quirks
        change(&learnt)
        quirkMemory.learn(identity, learnt)
    }

    /// The address of `usual`, or of the path that stands in its place.
    func url(_ usual: String) -> String {
        let base =
            configuration.baseURL.hasSuffix("/") ? String(configuration.baseURL.dropLast()) : configuration.baseURL
        guard let path = configuration.path else { return base + usual }
        guard var parts = URLComponents(string: base) else { return base + path }
        parts.path = path.hasPrefix("/") ? path : "/" + path
        return parts.string ?? base + path
    }

    func request(_ method: String, _ url: String, type: String? = nil, body: HTTPRequest.Body = .none) -> HTTPRequest {
        var request = HTTPRequest(method, url, headers: configuration.headers, body: body)
        if let key = configuration.key, !key.revealed.isEmpty {
            request.headers.append(HTTPHeader("Authorization", "Bearer \(key.revealed)"))
        }
        if let type { request.headers.append(HTTPHeader("Content-Type", type)) }
        request.deadlines = HTTPDeadlines(
            connect: configuration.connectDeadline, firstByte: configuration.firstByteDeadline,
            stall: configuration.stallDeadline)
        return request
    }
}

// MARK: Asking

extension OpenAIEndpoint {
    /// The answer when it is 2xx; every other end is an `EndpointError` or a cancellation. Tries again as the policy
    /// says, and does not ask at all while the endpoint rests.
    func send(_ request: HTTPRequest, until deadline: ContinuousClock.Instant? = nil) async throws -> HTTPResponse {
        if let obstacle = configuration.obstacle { throw EndpointError(.auth, obstacle) }
        let now = time.now()
        let (isAdmitted, failure) = watch.admit(at: now)
        guard isAdmitted else {
            throw EndpointError(.skipped, "left alone for a while after: \(failure?.description ?? "failures")")
        }
        var attempt = 1
        while true {
            do {
                let answer = try await once(request, until: deadline)
                watch.succeeded()
                return answer
            } catch let error as EndpointError {
                let remaining = deadline.map { $0 - time.now() }
                guard let pause = policy.pause(after: error, attempt: attempt, remaining: remaining) else {
                    note(error)
                    throw error
                }
                attempt += 1
                try await time.pause(pause)
            }
        }
    }

    private func once(
        _ request: HTTPRequest, until deadline: ContinuousClock.Instant?
    ) async throws -> HTTPResponse {
        var request = request
        if let deadline {
            let remaining = deadline - time.now()
            guard remaining > .zero else { throw EndpointError(.timeout, "no time is left", isWorthRetrying: false) }
            request.deadlines.total = remaining
        }
        watch.used(at: time.now())
        do {
            let answer = try await client.send(request)
            if 200..<300 ~= answer.status { return answer }
            // A long complaint says no more than its beginning; one that is cut off says what it said.
            let body = (try? await answer.body.collect(limit: 1 << 20)) ?? []
            try Task.checkCancellation()
            throw EndpointError(status: answer.status, headers: answer.headers, body: body).without(configuration.key)
        } catch {
            throw EndpointError.normalised(error)
        }
    }

    /// Keeps a failure that showed itself after the head of an answer.
    func note(_ error: EndpointError) {
        watch.failed(error, at: time.now())
    }

    /// The body of an answer, with its failures normalised and noted.
    func body(of answer: HTTPResponse) async throws -> [UInt8] {
        do {
            return try await answer.body.collect()
        } catch {
            let error = EndpointError.normalised(error)
            if let error = error as? EndpointError { note(error) }
            throw error
        }
    }

    /// Opens a connection when none is fresh, because a request is about to come.
    package func warm() async {
        guard configuration.obstacle == nil else { return }
        guard watch.wakes(at: time.now(), after: Self.freshness) else { return }
        var request = request("HEAD", url(from: "/models"))
        request.deadlines.total = configuration.connectDeadline + .seconds(2)
        // What fails here fails again, and is told, when the request comes.
        _ = try? await client.send(request).body.collect()
    }

    /// Whether a server is there: it answers whatever it likes, but that it cannot serve.
    private static func lookFor(_ client: HTTPClient, _ request: HTTPRequest) async throws {
        do {
            let answer = try await client.send(request)
            _ = try? await answer.body.collect(limit: 1 << 20)
            try Task.checkCancellation()
            if answer.status >= 500 {
                throw EndpointError(.server, status: answer.status, "the server is there and cannot serve")
            }
        } catch {
            throw EndpointError.normalised(error)
        }
    }

    /// The address of something beside the usual path, whatever path stands in its place.
    func url(from path: String) -> String {
        (configuration.baseURL.hasSuffix("/") ? String(configuration.baseURL.dropLast()) : configuration.baseURL) + path
    }

    /// Asks for the list of models: whether the server is there and takes the key, and how long that took.
    package func probe() async throws -> (models: [String], took: Duration) {
        let began = time.now()
        let answer = try await once(request("GET", url(from: "/models")), until: nil)
        let bytes = try await answer.body.collect()
        let took = time.now() - began
        let text = String(decoding: bytes, as: UTF8.self)
        if ServerComplaint.isPage(text) {
            throw EndpointError.webPage
        }
        // Small servers answer anything here: that they did is what counts.
        let json = try? JSONValue(parsing: text)
        return ((json?["data"]?.array ?? []).compactMap { $0["id"]?.string }, took)
    }
}

extension EndpointError {
    /// Some servers repeat the key in their complaint.
    fileprivate func without(_ key: SecretString?) -> EndpointError {
        guard let key = key?.revealed, !key.isEmpty else { return self }
        var plain = self
        plain.message = message.replacing(key, with: SecretString(key).description)
        return plain
    }
}
