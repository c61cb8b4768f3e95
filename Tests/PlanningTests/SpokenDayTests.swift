import Planning
import Testing

@Suite struct SpokenDayTests {
    /// Said on Sunday, the 22nd of November 2026.
    @Test(arguments: [
        ("today", "2026-11-22"), ("tomorrow", "2026-11-23"), ("the day after tomorrow", "2026-11-24"),
        ("friday", "2026-11-27"), ("on friday", "2026-11-27"), ("sunday", "2026-11-29"), ("monday", "2026-11-23"),
        ("next monday", "2026-11-23"), ("next sunday", "2026-11-29"),
        ("in three days", "2026-11-25"), ("in a week", "2026-11-29"), ("in two weeks", "2026-12-06"),
        ("the fifth of december", "2026-12-05"), ("december fifth", "2026-12-05"), ("december 5", "2026-12-05"),
        ("5 december", "2026-12-05"), ("the 5th of december 2028", "2028-12-05"),
        ("the fifth of december twenty twenty eight", "2028-12-05"),
        ("the first of january", "2027-01-01"), ("the twenty second of november", "2026-11-22"),
        ("the twenty first of november", "2027-11-21"), ("the twenty ninth of february", "2028-02-29"),
        ("the fifth", "2026-12-05"), ("the twenty fifth", "2026-11-25"), ("the thirty first", "2026-12-31"),
        ("2027-03-01", "2027-03-01"),
    ])
    func aDayIsFoundFromToday(said: String, day: String) throws {
        let today = try #require(Day("2026-11-22"))
        #expect(today.weekday == 6)
        let found = try #require(SpokenDay(said.split(separator: " ").map(String.init)))
        #expect(found.day(from: today)?.description == day)
    }

    /// Said on a Wednesday.
    @Test(arguments: [("friday", "2026-11-27"), ("next friday", "2026-12-04"), ("wednesday", "2026-12-02")])
    func theNextOneIsThatOfTheNextWeek(said: String, day: String) throws {
        let today = try #require(Day("2026-11-25"))
        let found = try #require(SpokenDay(said.split(separator: " ").map(String.init)))
        #expect(found.day(from: today)?.description == day)
    }

    @Test(arguments: [
        "the thirty first of february", "february 30", "the thirty first of april 2027", "in 999999 days",
    ])
    func whatNoCalendarHasIsNoDay(said: String) throws {
        let today = try #require(Day("2026-11-22"))
        let found = SpokenDay(said.split(separator: " ").map(String.init))
        #expect(found?.day(from: today) == nil)
    }

    @Test(arguments: [
        "", "soon", "five", "next", "in a year", "december", "friday morning", "the fifth element", "may 5 x",
    ])
    func otherWordsAreNoDay(said: String) {
        #expect(SpokenDay(said.split(separator: " ").map(String.init)) == nil)
    }

    @Test func daysAreCountedAcrossLeapYears() throws {
        var day = try #require(Day("1999-12-28"))
        for count in 1...1_500 {
            let next = try #require(day.adding(days: 1))
            #expect(day < next && day.days(until: next) == 1 && next.weekday == (day.weekday + 1) % 7)
            #expect(try #require(Day("1999-12-28")).adding(days: count) == next)
            day = next
        }
        #expect(day.description == "2004-02-05" && day.weekday == 3)
        #expect(try #require(Day("9999-12-31")).adding(days: 1) == nil)
    }

    @Test func aDayIsSaidWithItsYearWhenThatIsAnother() throws {
        let today = try #require(Day("2026-11-22"))
        #expect(SpokenDay.words(today, from: today) == "Sunday, the twenty second of November")
        #expect(
            SpokenDay.words(try #require(Day("2027-01-31")), from: today) == "Sunday, the thirty first of January 2027")
        #expect(SpokenDay.ordinals.count == 31 && Set(SpokenDay.ordinals).count == 31)
    }
}
