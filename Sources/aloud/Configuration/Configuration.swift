import Endpoints
import Storage
import Support

/// What the user may choose. The defaults need no file, no key and no network.
struct Configuration: Equatable, Sendable {
    var audio = Audio()
    var voice = Voice()
    var log = Log()
    var debug = Debug()
    var database = Database()
    var memory = Memory()
    var agent = Agent()
    var wyoming = Wyoming()
    /// Ordered: the first healthy one serves, the next are the fallback, `local` is always last and always there.
    var transcribers: [EngineConfiguration] = []
    var synthesizers: [EngineConfiguration] = []
    var languageModels: [EngineConfiguration] = []
    var embedders: [EngineConfiguration] = []

    struct Audio: Equatable, Sendable {
        var input = "default"
        var output = "default"
        /// Days that the sound of turns is kept; nil for never.
        var retentionDays: Int? = 7
    }

    struct Voice: Equatable, Sendable {
        var mode = Mode.wake
        var wakePhrase = "okay planner"
        var endWord = "over"
        /// Words of the user's own, as they are written.
        var vocabulary: [String] = []
        var speaker = Speaker.rms
        var language = "en"
        var trailingSilence = 550
        var minimumUtterance = 150
        var maximumUtterance = 30_000
        var noSpeechTimeout = 5_000
        var followUp = 6_000
        /// Megabytes of sound that remote voices made; 0 for none.
        var cache = 64
        var hedge = Switch.on

        enum Mode: String, CaseIterable, Sendable { case wake, open, ptt }
        enum Speaker: String, CaseIterable, Sendable { case rms, slt, awb, kal16 }
    }

    struct Log: Equatable, Sendable {
        var level = Level.notice

        enum Level: String, CaseIterable, Sendable { case debug, info, notice, warning, error }
    }

    struct Debug: Equatable, Sendable {
        /// Megabytes of recordings; 0 for none.
        var recordings = 0
    }

    struct Memory: Equatable, Sendable {
        /// Kinds of passages whose text no embedder is given.
        var unsent: Set<Passage.Kind> = []
    }

    struct Agent: Equatable, Sendable {
        /// In the currency of the engines' prices; nil for no cap.
        var dailyCost: Double?
        /// nil for no cap.
        var dailyTokens: Int?
        /// Calls; nil for no limit.
        var perMinute: Int? = 60
        /// Days that prompts and answers are kept; nil for never.
        var retentionDays: Int? = 30
        var summaries = Switch.on
    }

    /// Other programs and devices, by the Wyoming protocol.
    struct Wyoming: Equatable, Sendable {
        /// Where Aloud serves them; nil for nowhere.
        var listen: WyomingAddress?
        var satellites: [WyomingAddress] = []
    }

    enum Switch: String, CaseIterable, Sendable { case on, off }

    struct Database: Equatable, Sendable {
        /// nil for the usual place.
        var path: String?
    }
}

/// One engine of an ordered list.
struct EngineConfiguration: Equatable, Sendable {
    var engine = Kind.openai
    /// With the version, such as `https://api.openai.com/v1`.
    var baseURL = ""
    /// Used in place of the usual path, such as `/inference`.
    var path: String?
    /// Of a Wyoming server, such as `tcp://127.0.0.1:10300`.
    var uri = ""
    var model = ""
    var apiKeyFile: String?
    var apiKeyEnvironment: String?
    var voice: String?
    /// By ISO 639-1.
    var voices: [String: String] = [:]
    var language: String?
    /// Of headerless PCM, in samples a second.
    var sampleRate = 24_000
    var temperature: Double?
    var maximumTokens: Int?
    /// How long the vectors of an embedder are to be; nil leaves it to the model.
    var dimensions: Int?
    var contextTokens = 16_000
    /// For a million tokens.
    var promptPrice: Double?
    var completionPrice: Double?
    /// Milliseconds until the first byte must have come.
    var timeout = 6_000

    enum Kind: String, CaseIterable, Sendable { case local, openai, wyoming }
}
