import Foundation

extension PlanTemplate {
    /// The values of the variables that every plan has.
    ///
    /// - Parameter planner: Who plans: `user`, or a model's name.
    package static func commonValues(
        project: String, planner: String, at moment: Timestamp = .now, in zone: TimeZone = .current
    ) -> [String: String] {
        var calendar = Calendar(identifier: .gregorian)
        calendar.timeZone = zone
        let parts = calendar.dateComponents([.year, .month, .day], from: moment.date)
        let day = Day(year: parts.year ?? 0, month: parts.month ?? 0, day: parts.day ?? 0)
        return ["project": project, "planner": planner, "date": day?.description ?? ""]
    }
}
