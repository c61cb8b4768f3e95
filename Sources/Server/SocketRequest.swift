import Planning
import Support

/// The `id` of a line that is otherwise not understood.
struct RequestIdentity: Decodable {
    let id: JSONValue?
}

/// A JSON line of a program. `id` comes back with every line that answers it.
struct SocketRequest: Decodable {
    let id: JSONValue?
    let method: Method
    let text: String?
    /// Whether the reply is to be spoken too.
    let aloud: Bool?
    /// What happens to the talk key.
    let key: TalkKey?

    enum Method: String, Decodable, CaseIterable {
        /// One turn, as if `text` had been heard.
        case say
        case status, mute, unmute
        /// The talk key: `key` is down, up or toggle.
        case ptt
        /// From now on every event, beside the answers.
        case subscribe
        case ping
    }
}

/// A line that answers a request.
struct SocketAnswer: Encodable {
    let id: JSONValue?
    let event: HouseEvent

    func encode(to encoder: any Encoder) throws {
        var all = event.facts.object ?? [:]
        all["event"] = .string(event.event)
        if let id { all["id"] = id }
        try JSONValue.object(all).encode(to: encoder)
    }
}
