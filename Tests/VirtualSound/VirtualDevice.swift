/// An ALSA device made of files: the fields of `Tests/VirtualDevice/VirtualDevice.c`, where each is explained.
package struct VirtualDevice: Sendable {
    package enum Fault: String, Sendable {
        case xrun
        case suspend
        case unplug
        case stall
    }

    /// Raw 16-bit samples to record from: a file or a FIFO.
    package var input = ""
    /// Raw 16-bit samples that were played.
    package var output = ""
    package var rate = 16_000
    package var channels = 1
    package var speed = 1
    /// At seconds of stream time.
    package var faults: [(at: Double, Fault)] = []
    /// While a file is here, the device is not.
    package var gone = ""

    package init(
        input: String = "", output: String = "", rate: Int = 16_000, channels: Int = 1, speed: Int = 1,
        faults: [(at: Double, Fault)] = [], gone: String = ""
    ) {
        self.input = input
        self.output = output
        self.rate = rate
        self.channels = channels
        self.speed = speed
        self.faults = faults
        self.gone = gone
    }

    /// A name to open it by, wherever a `VirtualSound` is configured.
    package var name: String {
        "vdev:IN='\(input)',OUT='\(output)',RATE=\(rate),CHANNELS=\(channels),SPEED=\(speed),"
            + "FAULTS='\(faultList)',GONE='\(gone)'"
    }

    /// The same as a block of ALSA's configuration.
    package var configuration: String {
        """
        { type vdev infile "\(input)" outfile "\(output)" rate \(rate) channels \(channels) speed \(speed) \
        faults "\(faultList)" gone "\(gone)" hint { show on description "A device made of files" } }
        """
    }

    private var faultList: String { faults.map { "\($0.at):\($0.1.rawValue)" }.joined(separator: ",") }
}
