import Foundation

extension Day {
    /// The day it is here; nil only when the calendar has none.
    package static var today: Day? { Day(of: .now) }

    /// The day that a moment lies in here.
    package init?(of moment: Timestamp) {
        var calendar = Calendar(identifier: .gregorian)
        calendar.timeZone = .current
        let parts = calendar.dateComponents([.year, .month, .day], from: moment.date)
        self.init(year: parts.year ?? 0, month: parts.month ?? 0, day: parts.day ?? 0)
    }
}
