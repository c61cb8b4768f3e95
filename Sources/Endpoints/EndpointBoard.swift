import Support

/// What is known of all endpoints, and who asks those that failed whether they are back, so that no user has to.
package final class EndpointBoard: Sendable {
    private struct State: Sendable {
        var watches: [EndpointWatch] = []
        var isProbed = false
    }

    private let state = Shared(State())
    private let bell: AsyncStream<Void>
    private let ring: AsyncStream<Void>.Continuation
    private let time: EndpointTime

    package init(time: EndpointTime = .live) {
        self.time = time
        (bell, ring) = AsyncStream.makeStream(of: Void.self, bufferingPolicy: .bufferingNewest(1))
    }

    /// The same for the same kind and name.
    package func watch(_ kind: String, _ name: String) -> EndpointWatch {
        state.update { [ring] state in
            if let known = state.watches.first(where: { $0.kind == kind && $0.name == name }) { return known }
            let new = EndpointWatch(kind: kind, name: name, isProbed: state.isProbed) { ring.yield() }
            state.watches.append(new)
            return new
        }
    }

    package var watches: [EndpointWatch] { state.value.watches }

    /// Another configuration: what was wrong may have been mended.
    package func clear() { state.update { $0.watches = [] } }

    /// Asks each endpoint that rests, when its rest is over, until the task is cancelled.
    package func probe() async {
        setProbed(true)
        defer { setProbed(false) }
        for await _ in bell {
            while let next = watches.compactMap(\.probeMoment).min() {
                let left = next - time.now()
                if left > .zero {
                    // In steps: another one may fail meanwhile, and rest for less.
                    guard (try? await time.pause(min(left, .seconds(1)))) != nil else { return }
                    continue
                }
                let due = watches.filter { $0.probeMoment.map { [now = time.now()] in $0 <= now } ?? false }
                await withDiscardingTaskGroup { group in
                    for watch in due { group.addTask { [time] in await watch.probe(time) } }
                }
                if Task.isCancelled { return }
            }
        }
    }

    private func setProbed(_ isProbed: Bool) {
        let watches = state.update { state in
            state.isProbed = isProbed
            return state.watches
        }
        for watch in watches { watch.setProbed(isProbed) }
        if isProbed { ring.yield() }
    }
}
