import Audio
import Foundation

/// A microphone with its event log, read on a thread as the signal thread does.
struct Listener {
    let microphone: Microphone
    let log = EventLog<MicrophoneEvent>()

    init(_ device: String, fallback: String = "vdev:GONE='/'", policy: CaptureRecovery.Policy = .init()) throws {
        let log = log
        microphone = try Microphone(device: device, fallback: fallback, policy: policy) { log.append($0) }
    }

    /// Takes frames until there are so many samples, or none comes before the deadline.
    func hear(_ count: Int, within seconds: Double = 10) async -> [Int16] {
        await hear(within: seconds) { $0.count >= count }
    }

    func hear(within seconds: Double = 10, until isEnough: @escaping @Sendable ([Int16]) -> Bool) async -> [Int16] {
        let microphone = microphone
        return await withCheckedContinuation { continuation in
            Thread.detachNewThread {
                let deadline = ContinuousClock.now + .seconds(seconds)
                var samples: [Int16] = []
                while !isEnough(samples), let frame = microphone.nextFrame(before: deadline) { samples += frame }
                continuation.resume(returning: samples)
            }
        }
    }
}
