import Audio
import Support

/// The speaking of one reply. Who makes its sound runs ahead of who plays it, and the playing can be held before it begins,
/// ducked, interrupted, resumed from the clause that was cut, and ended.
final class ReplyVoice: Sendable {
    /// What of the reply was really heard.
    struct Heard: Equatable, Sendable {
        var text = ""
        var milliseconds = 0.0
        /// Whether all of it was.
        var isWhole = true
    }

    private enum Phase: Sendable {
        case going, interrupted, ended
    }

    private struct State: Sendable {
        var clauses: [Clause] = []
        /// Nothing more will come.
        var isComplete = false
        var isHeld = false
        var isDucked = false
        var phase = Phase.going
        /// How often it was interrupted or ended.
        var stops = 0
        /// The next piece to be played.
        var clause = 0
        var piece = 0
        /// How much was heard of the clause that was cut.
        var cutAfter: Double?
        var playing: Mouth.Playing?
        /// It is kept what was heard of it.
        var isTold = false
        /// What to do when the rest is not wanted.
        var onEnd: (@Sendable () -> Void)?

        /// The piece that is to be played next, when it is there.
        var next: PCM? {
            guard clauses.indices.contains(clause), clauses[clause].pieces.indices.contains(piece) else { return nil }
            return clauses[clause].pieces[piece]
        }

        /// The piece is given to the device.
        mutating func advance() {
            cutAfter = nil
            piece += 1
            skipPlayed()
        }

        mutating func finishClause() {
            if let last = clauses.indices.last { clauses[last].isWhole = true }
            skipPlayed()
        }

        /// To the next clause when nothing of this one is left.
        private mutating func skipPlayed() {
            while clause < clauses.count, clauses[clause].isWhole, piece >= clauses[clause].pieces.count {
                clause += 1
                piece = 0
                if clause > ReplyVoice.kept { clauses[clause - ReplyVoice.kept - 1].pieces = [] }
            }
        }

        /// The text that was heard, and whether it is all of it. Of a clause that was cut, as many words as its share.
        var said: (text: String, isWhole: Bool) {
            var texts = clauses.prefix(clause).filter { $0.milliseconds > 0 }.map(\.text)
            let isWhole = isComplete && clause >= clauses.count
            if let cutAfter, clauses.indices.contains(clause), clauses[clause].milliseconds > 0 {
                let words = clauses[clause].text.split(separator: " ")
                let share = min(1, cutAfter / clauses[clause].milliseconds)
                let heard = words.prefix(Int(Double(words.count) * share))
                if !heard.isEmpty { texts.append(heard.joined(separator: " ")) }
            }
            return (texts.joined(separator: " "), isWhole)
        }
    }

    private struct Clause: Sendable {
        let text: String
        var pieces: [PCM] = []
        var milliseconds = 0.0
        var isWhole = false
    }

    /// Clauses that are made while another is played.
    private static let ahead = 2
    /// Clauses whose sound is kept behind the one that is written: what the device still has of them may have to be said
    /// again.
    private static let kept = 8

    private let state: Watched<State>

    init(work: Work? = nil) { state = Watched(State(), work: work) }

    // MARK: Making

    /// The next clause is to be made; waits while enough is ahead. Throws `CancellationError` when no more is wanted.
    func begin(_ text: String) async throws {
        let isWanted = try await state.next { state -> Bool? in
            if state.phase == .ended { return false }
            return state.clauses.count - state.clause <= Self.ahead ? true : nil
        }
        guard isWanted else { throw CancellationError() }
        state.update { state in
            state.finishClause()
            state.clauses.append(Clause(text: text))
        }
    }

    func add(_ sound: PCM) throws {
        let isWanted = state.update { state in
            guard state.phase != .ended, let last = state.clauses.indices.last else { return false }
            state.clauses[last].pieces.append(sound)
            state.clauses[last].milliseconds += sound.length
            return true
        }
        guard isWanted else { throw CancellationError() }
    }

    /// All of it is made.
    func complete() {
        state.update { state in
            state.finishClause()
            state.isComplete = true
        }
    }

    /// What is called when the rest is not wanted any more; at once when it is not.
    func onEnd(_ body: @escaping @Sendable () -> Void) {
        let isEnded = state.update { state in
            state.onEnd = body
            return state.phase == .ended
        }
        if isEnded { body() }
    }

    // MARK: Steering

    func hold(_ isHeld: Bool) { state.update { $0.isHeld = isHeld } }

    func duck(_ isDucked: Bool) {
        let playing = state.update { state in
            state.isDucked = isDucked
            return state.playing
        }
        playing?.duck(isDucked)
    }

    /// Silence, until `resume` or `end`.
    func interrupt() async { await leave(.interrupted) }

    /// Goes on at the beginning of the clause that was cut.
    func resume() {
        state.update { state in
            guard state.phase == .interrupted else { return }
            state.phase = .going
            state.isDucked = false
        }
    }

    /// Silence, and the rest is not said.
    func end() async { await leave(.ended) }

    private func leave(_ phase: Phase) async {
        let (playing, onEnd) = state.update { state -> (Mouth.Playing?, (@Sendable () -> Void)?) in
            guard state.phase != .ended else { return (nil, nil) }
            state.phase = phase
            state.stops += 1
            return (state.playing, phase == .ended ? state.onEnd : nil)
        }
        onEnd?()
        _ = await playing?.stop()
    }

    var isEnded: Bool { state.value.phase == .ended }

    /// It is kept what was heard of it.
    func tell() { state.update { $0.isTold = true } }

    /// Waits until that is so.
    func told() async { try? await state.next { $0.isTold ? () : nil } }

    // MARK: Playing

    private enum Step: Sendable {
        case play(PCM)
        case pause
        case over
    }

    /// Plays it to the end, or until it is ended. Throws the failure of the mouth, and `CancellationError`.
    ///
    /// - Parameter began: Called each time sound begins.
    func play(in mouth: Mouth, began: @Sendable () -> Void) async throws -> Heard {
        var heard = Heard()
        while case .play(let first) = try await nextStart() {
            try await mouth.enter()
            defer { mouth.leave() }
            // Somebody may have begun to speak while another one did.
            guard !state.value.isHeld else { continue }
            let beginning = state.value.clause
            let playing = try mouth.begin(first.rate)
            let (isDucked, stops) = state.update { state in
                state.playing = playing
                return (state.isDucked, state.stops)
            }
            if isDucked { playing.duck(true) }
            began()
            let played = try await fill(playing)
            state.update { $0.playing = nil }
            heard.milliseconds += played.milliseconds
            if case .failed(let error) = played.outcome { throw error }
            guard played.outcome == .stopped else { continue }
            rewind(from: beginning, heard: played.milliseconds)
            // Stopped by nobody here: there is no speaker, or none any more.
            if state.value.stops == stops { await end() }
        }
        let (text, isWhole) = state.value.said
        heard.text = text
        heard.isWhole = isWhole
        return heard
    }

    /// Waits for something to be played, and until it may be.
    private func nextStart() async throws -> Step {
        try await state.next { state in
            switch state.phase {
            case .ended: return .over
            case .interrupted: return nil
            case .going:
                if let piece = state.next { return state.isHeld ? nil : .play(piece) }
                return state.isComplete ? .over : nil
            }
        }
    }

    private func fill(_ playing: Mouth.Playing) async throws -> Played {
        do {
            while case .play(let piece) = try await nextPiece() { try await playing.write(piece) }
        } catch is AudioError {
            // Stopped, or the device failed: that is a result, and what was heard is known.
            return await playing.stop()
        } catch {
            _ = await playing.stop()
            throw error
        }
        return state.value.phase == .going ? try await playing.finish() : await playing.stop()
    }

    private func nextPiece() async throws -> Step {
        try await state.next { state in
            guard state.phase == .going else { return .pause }
            guard let piece = state.next else { return state.isComplete ? .over : nil }
            state.advance()
            return .play(piece)
        }
    }

    /// Back to the clause of which something is still to be heard.
    private func rewind(from beginning: Int, heard: Double) {
        state.update { state in
            var left = heard
            var clause = beginning
            while clause < state.clauses.count, state.clauses[clause].isWhole || clause < state.clause,
                left >= state.clauses[clause].milliseconds - Self.tail
            {
                left -= state.clauses[clause].milliseconds
                clause += 1
            }
            state.clause = clause
            state.piece = 0
            state.cutAfter = clause < state.clauses.count ? left : nil
        }
    }

    /// Milliseconds of a clause that may be missing when it is taken to be heard.
    private static let tail = 120.0
}

extension PCM {
    /// Milliseconds.
    fileprivate var length: Double { Double(samples.count) * 1000 / Double(rate) }
}

extension Played {
    fileprivate var milliseconds: Double { Double(samples) * 1000 / Double(rate) }
}
