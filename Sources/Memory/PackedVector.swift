import Foundation
import Storage

/// A direction, in a quarter of the space that floats take: whole numbers of 8 bits and one scale.
///
/// Made of length one first, so that a product of two is their cosine. A number is off by 1/254 of the largest at most, and
/// such errors cancel each other out: cosines of 256 numbers are off by some thousandths, far less than what two models
/// disagree about, while a hundred thousand passages fit into 26 MB and are read through in the time of a blink.
struct PackedVector: Equatable, Sendable {
    /// Little-endian float: what a number of 1 stands for.
    let scale: Float
    let numbers: [Int8]

    /// nil for a vector without direction.
    init?(_ vector: [Float]) {
        let length = vector.reduce(into: 0.0) { $0 += Double($1) * Double($1) }.squareRoot()
        let largest = vector.reduce(into: Float(0)) { $0 = max($0, $1.magnitude) }
        guard length.isFinite, length > 0, largest > 0 else { return nil }
        let step = largest / 127
        scale = Float(Double(step) / length)
        numbers = vector.map { Int8(max(-127, min(127, ($0 / step).rounded()))) }
    }

    /// The scale, then the numbers.
    var data: Data {
        withUnsafeBytes(of: scale.bitPattern.littleEndian) { Data($0) } + numbers.withUnsafeBytes { Data($0) }
    }
}

/// A vector that others are compared with: finer than they are, so that only their rounding counts.
struct QueryVector: Equatable, Sendable {
    let scale: Float
    let numbers: [Int16]

    init?(_ vector: [Float]) {
        let length = vector.reduce(into: 0.0) { $0 += Double($1) * Double($1) }.squareRoot()
        let largest = vector.reduce(into: Float(0)) { $0 = max($0, $1.magnitude) }
        guard length.isFinite, length > 0, largest > 0, vector.count <= 8192 else { return nil }
        // A sum of as many products with 8-bit numbers must fit into 32 bits.
        let most = Float(min(Int(Int16.max), Int(Int32.max) / (128 * vector.count)))
        let step = largest / most
        scale = Float(Double(step) / length)
        numbers = vector.map { Int16(max(-most, min(most, ($0 / step).rounded()))) }
    }
}
