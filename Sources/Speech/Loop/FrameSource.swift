import Audio
import Synchronization

/// Where frames come from: a microphone as they are heard, or a recording as fast as it can be read.
package struct FrameSource: Sendable {
    package enum Reading: Sendable {
        /// `SpeechFormat.frame` samples were filled in.
        case frame
        /// None came in time; there may be more.
        case nothing
        /// There will be no more.
        case end
    }

    package let read: @Sendable (UnsafeMutableBufferPointer<Int16>) -> Reading
    /// Makes a waiting read return.
    package let interrupt: @Sendable () -> Void

    package init(
        read: @escaping @Sendable (UnsafeMutableBufferPointer<Int16>) -> Reading,
        interrupt: @escaping @Sendable () -> Void = {}
    ) {
        self.read = read
        self.interrupt = interrupt
    }
}

extension FrameSource {
    /// How long one read waits; the listener looks at what it was told this often.
    static let patience = Duration.milliseconds(200)

    package static func microphone(_ microphone: Microphone) -> FrameSource {
        FrameSource {
            microphone.read(into: $0, before: .now + patience) ? .frame : .nothing
        } interrupt: {
            microphone.interrupt()
        }
    }

    /// A recording, and enough silence after it that its last word is known to be over.
    package static func recording(_ pcm: PCM, silence: Int) throws(AudioError) -> FrameSource {
        let speech = try Resampler.convert(pcm, to: SpeechFormat.rate).samples
        let samples = speech + [Int16](repeating: 0, count: silence * SpeechFormat.rate / 1000)
        let position = Mutex(0)
        return FrameSource { frame in
            position.withLock { position in
                guard position + frame.count <= samples.count else { return .end }
                for index in frame.indices { frame[index] = samples[position + index] }
                position += frame.count
                return .frame
            }
        }
    }
}
