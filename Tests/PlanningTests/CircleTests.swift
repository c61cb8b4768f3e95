import Planning
import Testing

@Suite struct CircleTests {
    private func graph(_ waits: [Int: [Int]] = [:], parts: [Int: Int] = [:], count: Int = 6) -> TaskGraph {
        TaskGraph(
            (1...count).map { number in
                var task = PlanTask(
                    planId: .init(rawValue: "p"), number: number, title: "t", dependsOn: waits[number] ?? [])
                task.parent = parts[number]
                return task
            })
    }

    @Test func aCircleIsFoundWithItsWay() {
        #expect(graph([1: [2, 3], 3: [4], 4: [5, 3]]).circle == [3, 4, 3])
        #expect(graph([2: [2]]).circle == [2, 2])
        #expect(graph([5: [1], 1: [6], 6: [5]]).circle == [1, 6, 5, 1])
        #expect(graph(parts: [1: 2, 2: 3, 3: 1]).circleOfParts == [1, 2, 3, 1])
    }

    @Test func manyWaysToOneTaskAreNoCircle() {
        #expect(graph([1: [2, 3], 2: [4], 3: [4], 4: [5]]).circle == nil)
        #expect(graph([1: [9]]).circle == nil)
        #expect(graph(parts: [2: 1, 3: 1, 4: 3]).circleOfParts == nil)
    }

    @Test func tenThousandInARowAreLookedAtOnce() {
        let count = 10_000
        let row = Dictionary(uniqueKeysWithValues: (2...count).map { ($0, [$0 - 1]) })
        #expect(graph(row, count: count).circle == nil)
        #expect(graph(row.merging([1: [count]]) { $1 }, count: count).circle?.count == count + 1)
    }

    @Test func partsAreCountedUpToTheTop() {
        let parts = Dictionary(uniqueKeysWithValues: (2...6).map { ($0, $0 - 1) })
        #expect(graph(parts: parts).partDeeper(than: 5) == nil)
        #expect(graph(parts: parts).partDeeper(than: 4) == 6)
    }

    @Test(arguments: ["0195aaaa-0000-7000-8000-000000000007"])
    func anIdHasItsForm(id: String) {
        #expect(Plan.ID(rawValue: id).isWellFormed && Plan.ID.make().isWellFormed)
        for bad in [
            String(id.dropLast()), id.uppercased(), id.replacing("-7", with: "-4"), id.replacing("-", with: "_"), "",
            id + "0",
        ] {
            #expect(!Plan.ID(rawValue: bad).isWellFormed, "\(bad)")
        }
    }
}
