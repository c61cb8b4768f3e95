import ArgumentParser
import Planning

/// A length of work on the command line. A day is eight hours, a week five days.
enum WorkTime {
    /// Minutes: four years of work.
    private static let longest = 500_000

    /// From `90`, `90m`, `4h`, `2d` or `1w`.
    static func minutes(_ text: String) throws -> Int {
        let minutes = Int(text) ?? SpokenEstimate([text.lowercased()])?.minutes
        guard let minutes, 1...longest ~= minutes else {
            throw ValidationError("Write it as 90m, 4h, 2d or 1w, at least one minute and at most four years.")
        }
        return minutes
    }
}

extension Day {
    static func written(_ text: String) throws -> Day {
        guard let day = Day(text) else {
            let isWrittenWell = text.split(separator: "-").map(\.count) == [4, 2, 2]
            throw ValidationError(
                isWrittenWell ? "There is no such day." : "Write the day as 2027-03-01: year, month, day.")
        }
        return day
    }
}
