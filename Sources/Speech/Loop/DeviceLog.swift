import Audio
import Logging

extension MicrophoneEvent {
    /// Each event is told once when it happens, so each is logged once.
    func log(to log: Logger) {
        switch self {
        case .opened(let device, let rate): log.notice("microphone open", metadata: place(device, rate))
        case .lost(let device, let reason):
            log.warning("no sound from the microphone", metadata: ["device": "\(device)", "reason": "\(reason)"])
        case .reopened(let device, let rate): log.notice("microphone back", metadata: place(device, rate))
        case .fellBack(let device, let rate): log.warning("another microphone used", metadata: place(device, rate))
        case .returned(let device, let rate): log.notice("chosen microphone back", metadata: place(device, rate))
        case .overrun(let total): log.info("sound lost in the device", metadata: ["times": "\(total)"])
        case .dropped(let total): log.warning("sound not taken in time", metadata: ["samples": "\(total)"])
        case .silent: log.warning("the microphone is silent: nothing but zeros; is it muted, or the wrong one?")
        case .sound: log.notice("the microphone is no longer silent")
        }
    }

    /// The state it leaves the microphone in; nil when it does not change.
    var described: String? {
        switch self {
        case .opened(let device, _), .reopened(let device, _), .fellBack(let device, _), .returned(let device, _):
            "open: \(device)"
        case .lost(let device, let reason): "no sound from \(device): \(reason)"
        case .silent: "silent"
        case .sound: "open"
        case .overrun, .dropped: nil
        }
    }

    private func place(_ device: String, _ rate: Int) -> Logger.Metadata {
        ["device": "\(device)", "rate": "\(rate)"]
    }
}

extension SpeakerEvent {
    func log(to log: Logger) {
        switch self {
        case .opened(let device, let rate):
            log.debug("speaker open", metadata: ["device": "\(device)", "rate": "\(rate)"])
        case .lost(let device, let reason):
            log.warning("the speaker takes no sound", metadata: ["device": "\(device)", "reason": "\(reason)"])
        case .fellBack(let device, _): log.warning("another speaker used", metadata: ["device": "\(device)"])
        case .underrun(let total): log.info("speech came too late for the device", metadata: ["times": "\(total)"])
        case .ended: break
        }
    }
}
