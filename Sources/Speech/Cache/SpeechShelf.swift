import Audio

/// A cache as one voice sees it.
package struct SpeechShelf: Sendable {
    let cache: SpeechCache
    /// By whom a text is spoken.
    let by: @Sendable (String, Pace) -> SpokenBy

    package init(_ cache: SpeechCache, by: @escaping @Sendable (String, Pace) -> SpokenBy) {
        self.cache = cache
        self.by = by
    }

    /// Whether anything is kept.
    var isOpen: Bool { cache.isOpen }

    func settle() async { await cache.settle() }

    func sound(of text: String, at pace: Pace) -> PCM? { cache.sound(name(of: text, pace)) }

    func has(_ text: String, at pace: Pace) -> Bool { cache.has(name(of: text, pace)) }

    fileprivate func name(of text: String, _ pace: Pace) -> String { by(text, pace).name(of: text) }

    /// Takes the sound of `text` piece by piece as it is made.
    func gathering(_ text: String, at pace: Pace) -> Gathering {
        Gathering(shelf: self, text: text, pace: pace, ticket: cache.ticket())
    }

    /// A sound that is whole only at its end.
    struct Gathering {
        fileprivate let shelf: SpeechShelf
        fileprivate let text: String
        fileprivate let pace: Pace
        fileprivate let ticket: SpeechCache.Ticket
        private var samples: [Int16] = []
        private var rate: Int?
        private var isFit = true

        fileprivate init(shelf: SpeechShelf, text: String, pace: Pace, ticket: SpeechCache.Ticket) {
            self.shelf = shelf
            self.text = text
            self.pace = pace
            self.ticket = ticket
        }

        mutating func add(_ sound: PCM) {
            rate = rate ?? sound.rate
            // What is too long, or changes its rate within, is not kept.
            let most = Int(KeptSound.longest.components.seconds) * sound.rate
            isFit = isFit && rate == sound.rate && samples.count + sound.samples.count <= most
            if isFit { samples += sound.samples } else { samples = [] }
        }

        /// The engine said that this was all.
        func keep() {
            guard isFit, let rate else { return }
            shelf.cache.keep(PCM(samples: samples, rate: rate), as: shelf.name(of: text, pace), text: text, ticket)
        }
    }
}

extension PCM {
    /// In pieces of a tenth of a second, as an engine gives them.
    var pieces: [PCM] {
        stride(from: 0, to: samples.count, by: max(1, rate / 10)).map { start in
            PCM(samples: Array(samples[start..<min(start + max(1, rate / 10), samples.count)]), rate: rate)
        }
    }
}
