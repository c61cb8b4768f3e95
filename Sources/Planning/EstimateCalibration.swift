/// How the tasks of a project turned out against what was estimated.
package struct EstimateCalibration: Equatable, Sendable, Codable {
    /// What an estimate is to be multiplied by: the median of actual by estimated time, 0.5 … 2.
    package let factor: Double
    /// Done tasks that have both.
    package let samples: Int

    /// Fewer than this say nothing.
    package static let leastSamples = 3
    package static let limits = 0.5...2.0

    /// nil while too few tasks were measured.
    package init?(_ tasks: [PlanTask]) {
        let ratios = tasks.filter { $0.status == .done }.compactMap { task -> Double? in
            guard let actual = task.actualMinutes, let estimate = task.estimateMinutes, estimate > 0 else { return nil }
            return Double(actual) / Double(estimate)
        }.sorted()
        guard ratios.count >= EstimateCalibration.leastSamples else { return nil }
        let middle = ratios.count / 2
        let median = ratios.count.isMultiple(of: 2) ? (ratios[middle - 1] + ratios[middle]) / 2 : ratios[middle]
        factor = min(max(median, EstimateCalibration.limits.lowerBound), EstimateCalibration.limits.upperBound)
        samples = ratios.count
    }
}
