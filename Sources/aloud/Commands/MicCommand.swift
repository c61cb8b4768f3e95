import ArgumentParser
import Audio
import Foundation
import Speech
import Support

struct MicCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "mic", abstract: "Show the level of the microphone and whether it hears voice.",
        discussion: "Nothing is kept and nothing leaves the machine. Ends with Ctrl-C, or after --seconds.")

    @Option(help: "The ALSA device to hear with.")
    var input: String?

    @Option(help: "End after this many seconds.")
    var seconds: Double?

    @Flag(help: "Show a JSON line ten times a second.")
    var json = false

    func validate() throws {
        guard seconds.map({ $0 > 0 && $0 <= 86_400 }) ?? true else {
            throw ValidationError("--seconds takes a number above 0, up to 86400.")
        }
    }

    func run() async throws {
        let flags = input.map { [(key: "audio.input", value: $0)] } ?? []
        let loaded = try LoadedConfiguration.load(environment: ProcessEnvironment.current, flags: flags)
        let failure = Shared<String?>(nil)
        let microphone = try Microphone(device: loaded.configuration.audio.input) { event in
            switch event {
            case .lost(let device, let reason):
                failure.value = "the microphone \(device) gives no sound: \(reason); see: aloud devices"
            case .silent: Terminal.complain("the microphone is silent: nothing but zeros")
            case .opened, .reopened, .fellBack, .returned: failure.value = nil
            case .overrun, .dropped, .sound: break
            }
        }
        let end = seconds.map { ContinuousClock.now + .milliseconds(Int($0 * 1000)) }
        microphone.start()
        let meter = LevelMeter(isJSON: json, isTerminal: isatty(STDOUT_FILENO) == 1)
        let problem = await withCheckedContinuation { continuation in
            Thread.detachNewThread { continuation.resume(returning: meter.run(microphone, until: end, failure)) }
        }
        await microphone.stop()
        if let problem { throw Failure(problem) }
    }
}

/// Draws the level ten times a second, on a thread of its own.
private struct LevelMeter {
    let isJSON: Bool
    let isTerminal: Bool

    /// How long a microphone that gives nothing is waited for.
    private static let patience = Duration.seconds(3)

    private struct Line: Encodable {
        let levelDb: Double
        let voice: Bool
    }

    /// Why it ended early; nil when it ran to `end`.
    func run(_ microphone: Microphone, until end: ContinuousClock.Instant?, _ failure: Shared<String?>) -> String? {
        guard let activity = try? VoiceActivity() else { return "voice activity cannot be told here" }
        var lastFrame = ContinuousClock.now
        var frames = 0
        var loudest = -96.0
        var voiced = 0
        while end.map({ .now < $0 }) ?? true {
            guard var frame = microphone.nextFrame(before: .now + .milliseconds(200)) else {
                if lastFrame + Self.patience < .now, let reason = failure.value { return reason }
                continue
            }
            lastFrame = .now
            let heard = frame.withUnsafeMutableBufferPointer { activity.process($0) }
            loudest = max(loudest, heard.level)
            voiced += heard.voice == .voiced ? 1 : 0
            frames += 1
            guard frames % 10 == 0 else { continue }
            draw(loudest, voiced >= 5)
            loudest = -96
            voiced = 0
        }
        if isTerminal, !isJSON { Terminal.show("") }
        return frames == 0 ? failure.value ?? "the microphone gave no sound" : nil
    }

    private func draw(_ level: Double, _ isVoice: Bool) {
        if isJSON {
            if let line = try? JSONText.line(Line(levelDb: (level * 10).rounded() / 10, voice: isVoice)) {
                Terminal.show(line)
            }
            return
        }
        let width = 48
        let filled = max(0, min(width, Int((level + 72) / 72 * Double(width))))
        let bar = String(repeating: "#", count: filled) + String(repeating: ".", count: width - filled)
        let text = "[\(bar)] \(Int(level.rounded())) dB \(isVoice ? "voice" : "     ")"
        Terminal.show(piece: isTerminal ? "\r\(text)" : text + "\n")
    }
}
