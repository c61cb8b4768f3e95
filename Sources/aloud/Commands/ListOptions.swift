import ArgumentParser
import Foundation
import Planning
import Storage

/// What every list can be asked for, on the command line.
struct ListOptions: ParsableArguments {
    @Option(help: "Only those with these words in the name or the description.")
    var text: String?

    @Option(help: "Only those that changed on that day or later, as 2027-03-01.", transform: Day.written)
    var since: Day?

    @Option(help: "Only those that changed before that day.", transform: Day.written)
    var until: Day?

    @Option(help: "At most so many, up to \(ListWish.longest).")
    var limit: Int?

    @Option(help: "Go on behind what was shown: the text that the last list ended with.")
    var after: String?

    func validate() throws {
        guard limit.map({ 1...ListWish.longest ~= $0 }) ?? true else {
            throw ValidationError("--limit takes a number from 1 to \(ListWish.longest).")
        }
        guard after.map({ ListCursor($0) != nil }) ?? true else {
            throw ValidationError("--after takes the text that a list ended with.")
        }
    }

    func wish(_ sort: ListWish.Sort) -> ListWish {
        var wish = ListWish()
        wish.sort = sort
        wish.text = text
        wish.since = since?.beginning
        wish.until = until?.beginning
        wish.limit = limit
        wish.after = after.flatMap { ListCursor($0) }
        return wish
    }

    /// Where the next part begins: beside the list, which stays what it is.
    static func tell<Item>(_ page: ListPage<Item>) {
        if let next = page.next { Terminal.complain("there is more: --after \(next)") }
    }
}

extension Day {
    /// Midnight in the time zone of this machine.
    var beginning: Date? {
        Calendar(identifier: .gregorian).date(from: DateComponents(year: year, month: month, day: day))
    }
}
