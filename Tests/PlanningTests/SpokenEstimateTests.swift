import Planning
import Testing

@Suite struct SpokenEstimateTests {
    @Test(arguments: [
        ("two hours", 120), ("half an hour", 30), ("a day", 480), ("an hour", 60), ("90m", 90), ("1w", 2400),
        ("twenty five minutes", 25), ("about three days", 1440), ("half a day", 240), ("3 hrs", 180),
        ("soon", nil), ("zero hours", nil), ("two", nil), ("9999999999999999999h", nil), ("a hundred weeks", nil),
        ("", nil),
    ])
    func isWhatPeopleSay(said: String, minutes: Int?) {
        #expect(SpokenEstimate(said.split(separator: " ").map(String.init))?.minutes == minutes)
    }
}
