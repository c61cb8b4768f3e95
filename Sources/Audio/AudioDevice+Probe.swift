import Glibc

extension AudioDevice {
    /// What became of trying a device.
    package enum Trial: Equatable, Sendable {
        /// It opens, at this rate.
        case opens(rate: Int)
        /// ALSA knows no device of that name: a slip, not a fault that may pass.
        case unknown
        /// It is known, and does not open now.
        case fails(String)
    }

    /// Opens the device for a moment, without starting it. Blocks: not for the cooperative pool.
    package static func attempt(_ name: String, _ direction: Direction) -> Trial {
        do {
            return .opens(rate: try DeviceStream(name, direction).rate)
        } catch AudioError.device(_, "open", let code) where code == -ENOENT {
            return .unknown
        } catch {
            return .fails("\(error)")
        }
    }
}
