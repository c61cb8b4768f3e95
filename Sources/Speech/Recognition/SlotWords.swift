import Planning

/// What is said in the slots that no live names fill.
enum SlotWords {
    static let priorities = [
        "low", "medium", "normal", "high", "critical", "urgent", "p zero", "p one", "p two", "p three",
    ]
    static let units = ["minutes", "hour", "hours", "day", "days", "week", "weeks", "point", "points"]

    /// Days as they are said most; each ordinal and each month is among them.
    static let days =
        ["today", "tomorrow"] + SpokenDay.weekdays + SpokenDay.weekdays.map { "next \($0)" }
        + SpokenDay.ordinals.enumerated().map { "the \($1) of \(SpokenDay.months[$0 % 12])" }

    static let phones = [
        "AA", "AE", "AH", "AO", "AW", "AY", "B", "CH", "D", "DH", "EH", "ER", "EY", "F", "G", "HH", "IH", "IY", "JH",
        "K", "L", "M", "N", "NG", "OW", "OY", "P", "R", "S", "SH", "T", "TH", "UH", "UW", "V", "W", "Y", "Z", "ZH",
    ]
}
