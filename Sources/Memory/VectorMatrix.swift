import CVectors
import Foundation
import Planning
import Storage

/// All vectors, one behind the other, with what a search filters by. Every search looks at each of them: nothing is missed,
/// and a hundred thousand take some milliseconds.
struct VectorMatrix: Sendable {
    /// A passage that means something near, by its vector's number and its own row.
    struct Near: Equatable, Sendable {
        let number: Int64
        let passage: Int64
        /// −1 … 1.
        let cosine: Float
    }

    let width: Int
    private(set) var numbers: [Int64] = []
    private var passages: [Int64] = []
    private var kinds: [UInt8] = []
    /// The place of the project's id in `projects`; 0 for none.
    private var owners: [Int32] = []
    private var scales: [Float] = []
    private var values: [Int8] = []
    private var projects: [String: Int32] = [:]
    private var places: [Int64: Int] = [:]

    init(width: Int) { self.width = width }

    var count: Int { numbers.count }
    var bytes: Int { values.count + count * (8 + 8 + 1 + 4 + 4 + 32) }

    /// Rows that are newer than all there are.
    mutating func append(_ rows: VectorRows) {
        let stride = width + VectorRows.scale
        guard rows.vectors.count == rows.numbers.count * stride else { return }
        values.reserveCapacity(values.count + rows.numbers.count * width)
        rows.vectors.withUnsafeBytes { bytes in
            for index in rows.numbers.indices {
                let bits = bytes.loadUnaligned(fromByteOffset: index * stride, as: UInt32.self)
                scales.append(Float(bitPattern: UInt32(littleEndian: bits)))
                values.append(
                    contentsOf: UnsafeRawBufferPointer(
                        rebasing: bytes[index * stride + VectorRows.scale..<(index + 1) * stride]
                    ).bindMemory(to: Int8.self))
                places[rows.passages[index]] = numbers.count
                numbers.append(rows.numbers[index])
                passages.append(rows.passages[index])
                kinds.append(VectorMatrix.code(rows.kinds[index]))
                owners.append(owner(rows.projects[index]))
            }
        }
    }

    /// Without the rows that are no longer in `living`, which is ascending as the numbers are.
    func keeping(_ living: [Int64]) -> VectorMatrix {
        var kept = VectorMatrix(width: width)
        kept.projects = projects
        var next = living.startIndex
        for index in numbers.indices {
            while next < living.endIndex, living[next] < numbers[index] { next += 1 }
            guard next < living.endIndex, living[next] == numbers[index] else { continue }
            kept.places[passages[index]] = kept.numbers.count
            kept.numbers.append(numbers[index])
            kept.passages.append(passages[index])
            kept.kinds.append(kinds[index])
            kept.owners.append(owners[index])
            kept.scales.append(scales[index])
            kept.values.append(contentsOf: values[index * width..<(index + 1) * width])
        }
        return kept
    }

    /// The nearest of what the filters let through, at least as near as `least`, the nearest first.
    func nearest(
        _ query: QueryVector, project: Project.ID?, kinds wanted: Set<Passage.Kind>?, least: Float, limit: Int
    ) -> [Near] {
        guard query.numbers.count == width, limit > 0, count > 0 else { return [] }
        var owner: Int32?
        if let project {
            guard let known = projects[project.rawValue] else { return [] }
            owner = known
        }
        let mask = wanted.map { $0.reduce(UInt8(0)) { $0 | VectorMatrix.code($1) } } ?? .max
        var best = Best(limit: limit, least: least)
        let block = 4096
        var products = [Int32](repeating: 0, count: min(block, count))
        values.withUnsafeBufferPointer { values in
            for first in stride(from: 0, to: count, by: block) {
                let many = min(block, count - first)
                products.withUnsafeMutableBufferPointer { products in
                    guard let rows = values.baseAddress, let sums = products.baseAddress else { return }
                    vectors_multiply(rows + first * width, many, width, query.numbers, sums)
                    for index in 0..<many {
                        let row = first + index
                        let cosine = Float(sums[index]) * scales[row] * query.scale
                        guard cosine > best.worst, kinds[row] & mask != 0, owner == nil || owners[row] == owner
                        else { continue }
                        best.insert(row, cosine)
                    }
                }
            }
        }
        return best.sorted.map {
            Near(number: numbers[$0.row], passage: passages[$0.row], cosine: max(-1, min(1, $0.cosine)))
        }
    }

    /// How near one passage is; nil when it has no vector.
    func cosine(_ query: QueryVector, passage: Int64) -> Float? {
        guard let row = places[passage], query.numbers.count == width else { return nil }
        var product: Int32 = 0
        values.withUnsafeBufferPointer { values in
            guard let rows = values.baseAddress else { return }
            vectors_multiply(rows + row * width, 1, width, query.numbers, &product)
        }
        return max(-1, min(1, Float(product) * scales[row] * query.scale))
    }

    private mutating func owner(_ project: String?) -> Int32 {
        guard let project else { return 0 }
        if let known = projects[project] { return known }
        let new = Int32(projects.count + 1)
        projects[project] = new
        return new
    }

    private static func code(_ kind: Passage.Kind) -> UInt8 {
        switch kind {
        case .project: 1
        case .section: 2
        case .task: 4
        case .note: 8
        case .turn: 16
        }
    }
}

/// The best few of many, as a heap with the worst of them on top.
private struct Best {
    private var items: [(row: Int, cosine: Float)] = []
    private let limit: Int
    /// What is no better than this is not taken.
    private(set) var worst: Float

    init(limit: Int, least: Float) {
        self.limit = limit
        worst = least
        items.reserveCapacity(limit)
    }

    /// Of equal ones the older.
    var sorted: [(row: Int, cosine: Float)] { items.sorted { ($0.cosine, -$0.row) > ($1.cosine, -$1.row) } }

    mutating func insert(_ row: Int, _ cosine: Float) {
        if items.count < limit {
            items.append((row, cosine))
            var index = items.count - 1
            while index > 0, items[(index - 1) / 2].cosine > items[index].cosine {
                items.swapAt(index, (index - 1) / 2)
                index = (index - 1) / 2
            }
        } else {
            items[0] = (row, cosine)
            var index = 0
            while true {
                var least = index
                for child in [2 * index + 1, 2 * index + 2]
                where child < items.count && items[child].cosine < items[least].cosine {
                    least = child
                }
                guard least != index else { break }
                items.swapAt(index, least)
                index = least
            }
        }
        if items.count == limit { worst = items[0].cosine }
    }
}
