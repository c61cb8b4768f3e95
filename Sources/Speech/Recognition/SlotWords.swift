/// What is said in the slots that no live names fill.
enum SlotWords {
    static let priorities = [
        "low", "medium", "normal", "high", "critical", "urgent", "p zero", "p one", "p two", "p three",
    ]
    static let units = ["minutes", "hour", "hours", "day", "days", "week", "weeks", "point", "points"]

    static let phones = [
        "AA", "AE", "AH", "AO", "AW", "AY", "B", "CH", "D", "DH", "EH", "ER", "EY", "F", "G", "HH", "IH", "IY", "JH",
        "K", "L", "M", "N", "NG", "OW", "OY", "P", "R", "S", "SH", "T", "TH", "UH", "UW", "V", "W", "Y", "Z", "ZH",
    ]
}
