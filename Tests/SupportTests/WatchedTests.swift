import Support
import Testing

@Suite struct WatchedTests {
    @Test func whoTakesMakesRoomForWhoGives() async throws {
        // A queue of one place between two tasks.
        let queue = Watched<Int?>(nil)
        async let taken = {
            var taken: [Int] = []
            for _ in 0..<200 {
                taken.append(
                    try await queue.next { place in
                        defer { place = nil }
                        return place
                    })
            }
            return taken
        }()
        for number in 0..<200 {
            _ = try await queue.next { place -> Bool? in
                guard place == nil else { return nil }
                place = number
                return true
            }
        }
        #expect(try await taken == Array(0..<200))
    }

    @Test func whoIsCancelledNoLongerWaits() async throws {
        let work = Work()
        let state = Watched(0, work: work)
        work.begin()
        let waiting = Task { try await state.next { $0 == 1 ? true : nil } }
        waiting.cancel()
        await #expect(throws: CancellationError.self) { _ = try await waiting.value }
        work.end()
        #expect(work.isIdle)
        state.update { $0 = 1 }
        #expect(try await state.next { $0 == 1 ? "there" : nil } == "there")
    }
}
