/// Decides which of several satellites that were woken by one voice answers: the one that heard it loudest, and among
/// those that heard it about as loud the one that was first.
package struct SatelliteArbiter: Sendable {
    package typealias Instant = ContinuousClock.Instant

    package enum Standing: Equatable, Sendable {
        /// Others may still come, or may still turn out to be nearer.
        case open
        case won
        case lost
    }

    /// Whoever is woken this long after the first was woken by the same voice.
    package static let window = Duration.milliseconds(700)
    /// In dB; less than this says nothing about who is nearer.
    package static let margin = 3.0

    private struct Claim: Sendable {
        let satellite: Int
        /// The loudest that was heard since, in dB below full scale.
        var level = -96.0
    }

    private struct Round: Sendable {
        let opened: Instant
        /// In the order they were woken.
        var claims: [Claim]
        var winner: Int?
    }

    private var rounds: [Round] = []

    package init() {}

    /// A satellite was woken. One that was woken before begins anew.
    package mutating func woke(_ satellite: Int, at now: Instant) {
        leave(satellite)
        if let last = rounds.indices.last, now - rounds[last].opened < Self.window {
            // Who comes when it is already decided has lost.
            rounds[last].claims.append(Claim(satellite: satellite))
        } else {
            rounds.append(Round(opened: now, claims: [Claim(satellite: satellite)]))
        }
    }

    /// How a satellite stands, with the level of what it heard just now.
    package mutating func heard(_ satellite: Int, level: Double, at now: Instant) -> Standing {
        guard let place = place(of: satellite) else { return .lost }
        let before = rounds[place.round].claims[place.claim].level
        rounds[place.round].claims[place.claim].level = max(before, level)
        if now - rounds[place.round].opened >= Self.window { decide(place.round) }
        return standing(satellite, in: rounds[place.round])
    }

    /// The utterance is over, and somebody has to answer: what is known by now decides.
    package mutating func mustAnswer(_ satellite: Int) -> Bool {
        guard let place = place(of: satellite) else { return false }
        decide(place.round)
        return standing(satellite, in: rounds[place.round]) == .won
    }

    /// The satellite is done, or gone. While nothing is decided the others go on without it.
    package mutating func leave(_ satellite: Int) {
        for index in rounds.indices { rounds[index].claims.removeAll { $0.satellite == satellite } }
        rounds.removeAll { $0.claims.isEmpty }
    }

    private mutating func decide(_ index: Int) {
        guard rounds[index].winner == nil, var best = rounds[index].claims.first else { return }
        for claim in rounds[index].claims where claim.level >= best.level + Self.margin { best = claim }
        rounds[index].winner = best.satellite
    }

    private func standing(_ satellite: Int, in round: Round) -> Standing {
        guard let winner = round.winner else { return .open }
        return winner == satellite ? .won : .lost
    }

    private func place(of satellite: Int) -> (round: Int, claim: Int)? {
        for (round, value) in rounds.enumerated() {
            if let claim = value.claims.firstIndex(where: { $0.satellite == satellite }) { return (round, claim) }
        }
        return nil
    }
}
