import Planning
import Testing

@Suite struct DayTests {
    @Test(arguments: ["2027-03-01", "2028-02-29", "2000-02-29", "0001-01-01", "9999-12-31"])
    func aDayIsWrittenAsItIsRead(text: String) { #expect(Day(text)?.description == text) }

    @Test(arguments: [
        "2027-02-31", "2027-02-29", "1900-02-29", "2027-13-01", "2027-00-10", "2027-4-1", "27-04-01", "2027-04-00",
        "", "2027-04-01T00:00", "٢٠٢٧-04-01", "+027-04-01", "2027--4-01",
    ])
    func whatNoCalendarHasIsNoDay(text: String) { #expect(Day(text) == nil) }

    @Test func daysStandInTheirOrder() throws {
        let days = try ["2027-03-01", "2026-12-31", "2027-02-28"].map { try #require(Day($0)) }
        #expect(days.sorted().map(\.description) == ["2026-12-31", "2027-02-28", "2027-03-01"])
    }
}

@Suite struct EstimateCalibrationTests {
    private func tasks(_ pairs: (estimate: Int?, actual: Int?)...) -> [PlanTask] {
        pairs.enumerated().map { number, pair in
            var task = PlanTask(planId: .init(rawValue: "p"), number: number + 1, title: "t")
            task.estimateMinutes = pair.estimate
            task.actualMinutes = pair.actual
            task.become(.done, at: .now)
            return task
        }
    }

    @Test func theMedianOfWhatWasMeasuredCounts() {
        #expect(EstimateCalibration(tasks((60, 90), (60, 60), (30, 60)))?.factor == 1.5)
        #expect(EstimateCalibration(tasks((10, 12), (10, 14), (10, 16), (10, 18)))?.factor == 1.5)
        #expect(EstimateCalibration(tasks((60, 90), (nil, 60), (60, 60), (30, nil), (30, 60)))?.samples == 3)
    }

    @Test func oneWildTaskMovesNothingAndTooFewSayNothing() {
        #expect(EstimateCalibration(tasks((60, 60), (60, 60), (1, 10_000)))?.factor == 1)
        #expect(EstimateCalibration(tasks((1, 100), (1, 100), (1, 100)))?.factor == 2)
        #expect(EstimateCalibration(tasks((100, 1), (100, 1), (100, 1)))?.factor == 0.5)
        #expect(EstimateCalibration(tasks((60, 90), (60, 90))) == nil)
    }
}
