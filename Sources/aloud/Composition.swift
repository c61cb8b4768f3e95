import Assistant
import Foundation
import LanguageModel
import Logging
import Memory
import Planning
import Server
import Speech
import Storage
import Support

/// Where everything is put together: the only place that knows all the parts.
struct Composition: Sendable {
    let loaded: LoadedConfiguration
    let store: Store
    let dialogue: Dialogue
    let pronunciation: Pronunciation
    let engines: Engines
    let memory: Memory
    /// Shared with the planner, so that a reload reaches it.
    let languageModels: Shared<[ChatModel]>
    /// Shared likewise.
    let modelLimits: Shared<ModelLimits>
    /// The voices of what is exported as sound; shared likewise.
    let exportVoices: Shared<SynthesizerList>
    /// Shared with the dialogue.
    let endWord: Shared<EndWord?>
    /// Shared likewise.
    let repair: Shared<WordRepair>
    /// The recogniser on this machine, by its wake phrase. One for all who hear: its models are large.
    private let recognizers: Shared<[String: LocalRecognizer]>

    static func make(_ loaded: LoadedConfiguration) async throws -> Composition {
        let store = try await Store.open(path: loaded.databasePath)
        let table = try CommandTable(CommandTable.english)
        let pronunciation = Pronunciation()
        let engines = Engines(loaded)
        let languageModels = Shared(engines.languageModels)
        let memory = Memory(store: store, embedding: Shared(engines.embedding))
        let modelLimits = Shared(engines.limits)
        let exportVoices = Shared(synthesizers(engines, loaded))
        let repair = Shared(wordRepair(loaded, pronunciation))
        let endWord = Shared(EndWord(loaded.configuration.voice.endWord))
        let exports = (loaded.databasePath as NSString).deletingLastPathComponent + "/exports"
        let dialogue = Dialogue(
            store: store, table: table, phones: { pronunciation.phones(of: $0) },
            planner: AgentPlanner(store: store, models: languageModels, limits: modelLimits, memory: memory),
            templates: TemplateFolder(loaded.locations.templatesFolder), memory: memory,
            exporter: .into(exports, synthesizers: exportVoices, environment: loaded.environment), endWord: endWord,
            repair: repair, alsoForget: { try removeKeptSound(loaded) })
        return Composition(
            loaded: loaded, store: store, dialogue: dialogue, pronunciation: pronunciation, engines: engines,
            memory: memory, languageModels: languageModels, modelLimits: modelLimits, exportVoices: exportVoices,
            endWord: endWord, repair: repair, recognizers: Shared([:]))
    }

    /// Answers of language models in a form of their own.
    var structured: StructuredAnswer {
        StructuredAnswer(desk: ModelDesk(store: store, limits: modelLimits), models: languageModels)
    }

    /// What sums conversations up; nil when it is switched off.
    var summariser: ConversationSummariser? {
        guard loaded.configuration.agent.summaries == .on else { return nil }
        return ConversationSummariser(store: store, answer: structured)
    }

    /// The recognisers in their order, the local one last.
    func transcribers() -> TranscriberList {
        TranscriberList(
            engines.transcribers + [localEars()], patience: engines.transcriptionPatience, hedge: engines.hedge)
    }

    /// The recogniser on this machine; its models are read when it first hears something.
    func localEars() -> Transcriber {
        let phrase = loaded.configuration.voice.wakePhrase
        return .local(
            recognizers.update { [pronunciation] known in
                if let same = known[phrase] { return same }
                var configuration = LocalRecognizer.Configuration()
                configuration.wakePhrase = phrase
                let new = LocalRecognizer(configuration, pronunciation: pronunciation)
                known = [phrase: new]
                return new
            })
    }

    /// The voices in their order, the local one last.
    func synthesizers() -> SynthesizerList { Composition.synthesizers(engines, loaded) }

    private static func synthesizers(_ engines: Engines, _ loaded: LoadedConfiguration) -> SynthesizerList {
        let speaker = LocalVoice.Name(rawValue: loaded.configuration.voice.speaker.rawValue) ?? .rms
        return SynthesizerList(engines.synthesizers + [.local(LocalVoice(speaker))], hedge: engines.hedge)
    }

    /// The same parts with another configuration.
    func reloaded(_ loaded: LoadedConfiguration) -> Composition {
        let engines = engines.reloaded(loaded)
        languageModels.value = engines.languageModels
        memory.embedding.value = engines.embedding
        modelLimits.value = engines.limits
        repair.value = Composition.wordRepair(loaded, pronunciation)
        endWord.value = EndWord(loaded.configuration.voice.endWord)
        exportVoices.value = Composition.synthesizers(engines, loaded)
        return Composition(
            loaded: loaded, store: store, dialogue: dialogue, pronunciation: pronunciation, engines: engines,
            memory: memory, languageModels: languageModels, modelLimits: modelLimits, exportVoices: exportVoices,
            endWord: endWord, repair: repair, recognizers: recognizers)
    }

    private static func wordRepair(_ loaded: LoadedConfiguration, _ pronunciation: Pronunciation) -> WordRepair {
        WordRepair(vocabulary: loaded.configuration.voice.vocabulary, phones: { pronunciation.phones(of: $0) })
    }

    /// Removes the sound that lies outside the store: nobody knows which of it holds what was forgotten.
    private static func removeKeptSound(_ loaded: LoadedConfiguration) throws {
        try SpeechCache.empty(loaded.locations.speechFolder)
        try DebugRecording.delete(in: loaded.locations.debugFolder)
    }

    func removeKeptSound() throws { try Composition.removeKeptSound(loaded) }

    func voiceConfiguration() -> VoiceService.Configuration {
        let voice = loaded.configuration.voice
        var configuration = VoiceService.Configuration()
        configuration.loop.mode = VoiceLoop.Mode(rawValue: voice.mode.rawValue) ?? .wake
        configuration.loop.trailing = voice.trailingSilence
        configuration.loop.patience = voice.noSpeechTimeout
        configuration.loop.followUp = voice.followUp
        // The mode may be changed by word, so the phrase is listened for in all of them.
        configuration.listener = listening(hasWake: true)
        // Who pauses for longer than this is done, whatever was said.
        configuration.listener.endpointer.trailing = PauseHabit.bounds.upperBound / 10
        return configuration
    }

    func voiceEngines() -> VoiceService.Engines {
        var engines = VoiceService.Engines(transcribers: transcribers(), synthesizers: synthesizers())
        engines.alsoPrepare = { [remote = self.engines] in Task { await remote.warmLanguageModel() } }
        return engines
    }

    /// How the microphone's thread shall cut speech.
    func listening(hasWake: Bool) -> Listener.Configuration {
        let voice = loaded.configuration.voice
        var listening = Listener.Configuration()
        listening.endpointer.trailing = voice.trailingSilence / 10
        listening.endpointer.shortest = voice.minimumUtterance / 10
        listening.endpointer.longest = voice.maximumUtterance / 10
        listening.endpointer.patience = voice.noSpeechTimeout / 10
        if hasWake {
            var wake = WakeSpotter.Configuration()
            wake.phrase = voice.wakePhrase
            listening.wake = wake
        } else {
            listening.wake = nil
        }
        return listening
    }

    /// Opens everything for one command, does `body`, and closes it again.
    static func run<Value>(
        flags: [(key: String, value: String)] = [], _ body: (Composition) async throws -> Value
    ) async throws -> Value {
        let loaded = try LoadedConfiguration.load(environment: ProcessInfo.processInfo.environment, flags: flags)
        let composition = try await make(loaded)
        do {
            let value = try await body(composition)
            await composition.engines.spoken.settle()
            try composition.store.close()
            return value
        } catch {
            try composition.store.close()
            throw error
        }
    }
}
