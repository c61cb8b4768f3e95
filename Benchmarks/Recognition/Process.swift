import Foundation
import Speech

/// Processor time of this process so far.
func cpuSeconds() -> Double {
    var usage = rusage()
    getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage)
    let micro = Double(usage.ru_utime.tv_usec + usage.ru_stime.tv_usec)
    return Double(usage.ru_utime.tv_sec + usage.ru_stime.tv_sec) + micro / 1e6
}

func residentMegabytes() -> Double {
    let fields = (try? String(contentsOfFile: "/proc/self/statm", encoding: .utf8))?.split(separator: " ") ?? []
    return fields.count > 1 ? (Double(fields[1]) ?? 0) * 4096 / 1_048_576 : 0
}

extension LocalRecognizer.Configuration {
    /// The defaults with what is being tried, such as `TRY_AGREEMENT=0.3`.
    static var fromEnvironment: LocalRecognizer.Configuration {
        var configuration = LocalRecognizer.Configuration()
        func number(_ name: String) -> Double? {
            ProcessInfo.processInfo.environment["TRY_" + name].flatMap(Double.init)
        }
        if let value = number("AGREEMENT") { configuration.agreement = value }
        if let value = number("FREE_AGREEMENT") { configuration.freeAgreement = value }
        if let value = number("WEIGHT") { configuration.planningWeight = value }
        if let value = number("SUPPRESSION") {
            configuration.suppression = value == 0 ? .off : value == 1 ? .moderate : .high
        }
        return configuration
    }
}
