import Audio
import Testing

@testable import Speech

struct LocalVoiceTests {
    @Test(arguments: LocalVoice.Name.allCases)
    func everyVoiceSpeaksInChunks(voice: LocalVoice.Name) async throws {
        var chunks: [PCM] = []
        for try await chunk in LocalVoice(voice).speak("You have three projects.") { chunks.append(chunk) }
        #expect(chunks.count > 4)
        #expect(chunks.allSatisfy { $0.rate == SpeechFormat.rate && $0.milliseconds < 300 })
        let length = chunks.map(\.milliseconds).reduce(0, +)
        #expect((800...4000).contains(length))
        #expect(chunks.contains { $0.samples.contains { abs(Int($0)) > 2000 } })
    }

    @Test func aFasterRateIsShorter() async throws {
        let text = "The plan has nine tasks."
        let normal = try await Sound.spoken(text).count
        let fast = try await Sound.spoken(text, rate: 1.5).count
        #expect(Double(fast) < 0.8 * Double(normal))
    }

    @Test(arguments: ["", "   ", "…!?", "\u{0}", "🎉"])
    func nothingToSayIsSilence(text: String) async throws {
        #expect(try await Sound.spoken(text).isEmpty)
    }

    @Test(arguments: ["naïve café — “quoted”", "100 % of $5.00 & <b>", "日本語 and English", "\u{FFFD}a\u{202E}b"])
    func oddTextIsSpokenSomehow(text: String) async throws {
        #expect(try await !Sound.spoken(text).isEmpty)
    }

    @Test func tooMuchAtOnceIsRefused() async throws {
        let text = String(repeating: "word ", count: 1000)
        await #expect(throws: SpeechError.tooLong) { try await Sound.spoken(text) }
    }

    @Test func leavingTheStreamStopsTheVoice() async throws {
        let voice = LocalVoice()
        let long = String(repeating: "this is a long sentence about the plan and ", count: 20)
        for try await _ in voice.speak(long) { break }
        // The thread is free for the next sentence at once.
        let clock = ContinuousClock()
        let start = clock.now
        for try await _ in voice.speak("Yes.") { break }
        #expect(clock.now - start < .seconds(2))
    }

    @Test func manyCallersAtOnceAreServedOrRefused() async throws {
        let voice = LocalVoice()
        let results = await withTaskGroup(of: Bool.self) { group in
            for index in 0..<40 {
                group.addTask {
                    do {
                        for try await _ in voice.speak("Sentence number \(index).") {}
                        return true
                    } catch { return (error as? SpeechError) != .busy ? false : true }
                }
            }
            return await group.reduce(into: []) { $0.append($1) }
        }
        #expect(results.count == 40 && results.allSatisfy { $0 })
    }
}
