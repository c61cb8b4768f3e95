import Endpoints
import Planning
import Speech

/// What Wyoming clients reach: ears and a voice on this machine, and the one conversation.
package struct WyomingSurface: Sendable {
    package let house: House
    package let ears: Transcriber
    package let voice: Synthesizer
    /// The name of the local voice.
    package let speaker: String
    package let version: String

    package init(house: House, ears: Transcriber, voice: Synthesizer, speaker: String, version: String) {
        self.house = house
        self.ears = ears
        self.voice = voice
        self.speaker = speaker
        self.version = version
    }

    /// What is told to whoever asks.
    var info: WyomingInfo {
        let languages = ["en"]
        return WyomingInfo(
            asr: [
                WyomingInfo.Program(
                    name: "aloud", description: "Aloud's own recogniser", version: version,
                    models: [
                        WyomingInfo.Model(
                            name: "pocketsphinx", description: "commands and names of Aloud, and dictation",
                            languages: languages)
                    ])
            ],
            tts: [
                WyomingInfo.Program(
                    name: "aloud", description: "Aloud's own voice", version: version,
                    models: [WyomingInfo.Model(name: speaker, description: "flite \(speaker)", languages: languages)],
                    streams: true)
            ],
            handle: [
                WyomingInfo.Program(
                    name: "aloud", description: "Plan software out loud", version: version,
                    models: [
                        WyomingInfo.Model(
                            name: "aloud", description: "projects, plans and tasks", languages: languages)
                    ], streams: true)
            ])
    }
}
