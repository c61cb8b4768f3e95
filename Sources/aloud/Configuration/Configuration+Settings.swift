extension Configuration {
    /// Every key, in the order of the reference and of the file that `aloud config init` writes.
    static let settings: [Setting<Configuration>] = [
        .text("audio.input", \.audio.input, "The ALSA device to hear with; `aloud devices` lists them."),
        .text("audio.output", \.audio.output, "The ALSA device to speak with."),
        .days("audio.retention", \.audio.retentionDays, "How long the sound of spoken turns is kept."),
        .choice(
            "voice.mode", \.voice.mode,
            "When speech is for Aloud: after the wake phrase, always, or while the talk key is held (`aloud ptt`)."),
        .phrase("voice.wake_phrase", \.voice.wakePhrase, "What wakes it; four syllables or more work best."),
        .text("voice.end_word", \.voice.endWord, "Said last, it ends what is said at once; `none` for no such word."),
        .terms(
            "voice.vocabulary", \.voice.vocabulary,
            "Words of your own, as you write them: what sounds like one of them is written so."),
        .choice("voice.speaker", \.voice.speaker, "The local voice."),
        .languages(
            "voice.language", \.voice.language,
            "The language spoken, or several; words in another one are hardly believed. The local engines know en."),
        .number(
            "debug.recordings", \.debug.recordings, 0...100_000,
            "Megabytes of all that is heard and played that are kept to look into what went wrong; 0 for none."),
        .duration(
            "voice.trailing_silence", \.voice.trailingSilence, 200...3000,
            "The silence that ends an utterance that may be whole, until Aloud knows how long you pause."),
        .duration(
            "voice.minimum_utterance", \.voice.minimumUtterance, 50...1000,
            "Less voice than this is a noise, not an utterance."),
        .duration(
            "voice.maximum_utterance", \.voice.maximumUtterance, 5000...120_000,
            "An utterance is taken after this long even when nobody paused."),
        .duration(
            "voice.no_speech_timeout", \.voice.noSpeechTimeout, 1000...30_000,
            "How long the wake phrase waits for something to follow."),
        .duration(
            "voice.follow_up", \.voice.followUp, 0...60_000,
            "How long one can go on without the wake phrase after Aloud spoke; 0s for not at all."),
        .number(
            "voice.cache", \.voice.cache, 0...4096,
            "Megabytes of sound of remote voices that are kept on disk, so that what is said again needs no engine; 0 for none."
        ),
        .choice(
            "voice.hedge", \.voice.hedge,
            "Whether the next recogniser or voice is asked too when one takes longer than it usually does; it may cost a call more."
        ),
        .optionalFraction(
            "agent.daily_cost", \.agent.dailyCost, 0...100_000,
            "What language models may cost in a day, in the currency of their prices; a model without prices counts for nothing."
        ),
        .optionalNumber(
            "agent.daily_tokens", \.agent.dailyTokens, 1...1_000_000_000,
            "The tokens that language models may take in a day."),
        .optionalNumber(
            "agent.rate_limit", \.agent.perMinute, 1...10_000,
            "How often a language model may be asked within a minute."),
        .days(
            "agent.retention", \.agent.retentionDays,
            "How long prompts and answers of language models are kept; their figures stay."),
        .choice(
            "agent.summaries", \.agent.summaries,
            "Whether conversations that are over are summed up by the language model, which is sent all of them for it."
        ),
        .address(
            "wyoming.listen", \.wyoming.listen,
            "Where Aloud serves other programs, such as Home Assistant, with its ears, its voice and its conversation; read at start."
        ),
        .addresses(
            "wyoming.satellites", \.wyoming.satellites,
            "Satellites that Aloud connects to, to hear and speak in other rooms; read at start."),
        .choice("log.level", \.log.level, "The least serious message that is logged."),
        .kinds(
            "memory.unsent", \.memory.unsent, "What is never sent to an embedder; it is found by its words alone."),
        .file("database.path", \.database.path, "The database, when it is not at its usual place."),
    ]
}

extension EngineConfiguration {
    /// The keys of one entry in a list of engines.
    static let settings: [Setting<EngineConfiguration>] = [
        .choice(
            "engine", \.engine,
            "`openai` for any server with its API, `wyoming` for a recogniser or a voice of that protocol, `local` for what is built in."
        ),
        .text("base_url", \.baseURL, "Where the server is, with the version: `http://127.0.0.1:8000/v1`."),
        .optionalText("path", \.path, "Used in place of the usual path, such as `/inference` for whisper.cpp."),
        .text("uri", \.uri, "Where a Wyoming server is: `tcp://127.0.0.1:10300` or `unix:///path`."),
        .text("model", \.model, "The model to ask for."),
        .file("api_key_file", \.apiKeyFile, "A file that holds the key."),
        .optionalText("api_key_environment", \.apiKeyEnvironment, "The environment variable that holds the key."),
        .optionalText("voice", \.voice, "The voice to speak with."),
        .voices("voices", \.voices, "Voices for languages that have their own, in place of `voice`."),
        .optionalLanguages(
            "language", \.language, "In place of `voice.language`: one is sent, of several the server finds out which."),
        .number("sample_rate", \.sampleRate, 8000...96_000, "Of headerless PCM, in samples a second."),
        .optionalFraction("temperature", \.temperature, 0...2, "How freely the model words its reply."),
        .optionalNumber("max_tokens", \.maximumTokens, 1...200_000, "The longest reply of the model."),
        .optionalNumber("dimensions", \.dimensions, 8...8192, "How long the vectors of an embedder are to be."),
        .number(
            "context_tokens", \.contextTokens, 4000...4_000_000,
            "The tokens that a prompt of the language model and its reply may have together."),
        .optionalFraction(
            "prompt_price", \.promptPrice, 0...100_000, "What a million tokens sent to the language model cost."),
        .optionalFraction(
            "completion_price", \.completionPrice, 0...100_000,
            "What a million tokens written by the language model cost."),
        .duration("timeout", \.timeout, 500...120_000, "How long the first byte may take."),
    ]

    /// The lists there are, by key.
    static let lists:
        [(key: String, path: any WritableKeyPath<Configuration, [EngineConfiguration]> & Sendable, what: String)] = [
            ("transcribers", \.transcribers, "What turns speech into text."),
            ("synthesizers", \.synthesizers, "What turns text into speech."),
            (
                "language_models", \.languageModels,
                "What thinks along. Without one the local planner keeps notes and asks."
            ),
            (
                "embedders", \.embedders,
                "What finds by meaning. Without one things are found by their words."
            ),
        ]
}
