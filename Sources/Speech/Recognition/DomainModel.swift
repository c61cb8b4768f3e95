import Foundation

/// A small trigram model over weighted sentences, smoothed after Witten and Bell, written in the ARPA format.
struct DomainModel {
    /// N-grams of one order at most; a few thousand is usual.
    static let mostGrams = 60_000

    private struct Followers {
        var counts: [String: Double] = [:]
        var total = 0.0

        mutating func add(_ word: String, _ weight: Double) {
            counts[word, default: 0] += weight
            total += weight
        }

        /// How much is left to the shorter history: as many unseen followers as there were different ones.
        var rest: Double { Double(counts.count) / (total + Double(counts.count)) }

        func probability(_ word: String, shorter: Double) -> Double {
            let count = counts[word] ?? 0
            return (count + Double(counts.count) * shorter) / (total + Double(counts.count))
        }
    }

    private var words = Followers()
    private var afterOne: [String: Followers] = [:]
    private var afterTwo: [String: Followers] = [:]

    init(_ sentences: [DomainSentences.Sentence]) {
        for sentence in sentences { add(sentence) }
    }

    var vocabulary: [String] { words.counts.keys.filter { !$0.hasPrefix("<") && !$0.hasPrefix("</") } }

    private mutating func add(_ sentence: DomainSentences.Sentence) {
        let tokens = ["<s>"] + sentence.words + (sentence.isOpen ? [] : ["</s>"])
        for index in 1..<max(1, tokens.count) {
            let word = tokens[index]
            words.add(word, sentence.weight)
            afterOne[tokens[index - 1], default: Followers()].add(word, sentence.weight)
            guard index > 1 else { continue }
            afterTwo[tokens[index - 2] + " " + tokens[index - 1], default: Followers()].add(word, sentence.weight)
        }
    }

    var arpa: String {
        let unigrams = words.counts.keys.sorted()
        let uniform = 1 / Double(max(1, unigrams.count))
        let single = Dictionary(
            uniqueKeysWithValues: unigrams.map { ($0, words.probability($0, shorter: uniform)) })
        var two: [(String, String)] = []
        for (history, followers) in afterOne.sorted(by: { $0.key < $1.key }) {
            for word in followers.counts.keys.sorted() { two.append((history, word)) }
        }
        two = Array(two.prefix(Self.mostGrams))
        var three: [(String, String, String)] = []
        for (history, followers) in afterTwo.sorted(by: { $0.key < $1.key }) {
            let pair = history.split(separator: " ").map(String.init)
            guard pair.count == 2 else { continue }
            for word in followers.counts.keys.sorted() { three.append((pair[0], pair[1], word)) }
        }
        three = Array(three.prefix(Self.mostGrams))

        var text =
            "\\data\\\nngram 1=\(unigrams.count + 1)\nngram 2=\(two.count)\nngram 3=\(three.count)\n\n\\1-grams:\n"
        text += "-99 <s> \(Self.log(afterOne["<s>"]?.rest ?? 1))\n"
        for word in unigrams {
            text += "\(Self.log(single[word] ?? uniform)) \(word)"
            text += word == "</s>" ? "\n" : " \(Self.log(afterOne[word]?.rest ?? 1))\n"
        }
        text += "\n\\2-grams:\n"
        for (first, second) in two {
            let probability = pair(first, second, single)
            text += "\(Self.log(probability)) \(first) \(second)"
            text += second == "</s>" ? "\n" : " \(Self.log(afterTwo[first + " " + second]?.rest ?? 1))\n"
        }
        text += "\n\\3-grams:\n"
        for (first, second, third) in three {
            let shorter = pair(second, third, single)
            let probability = afterTwo[first + " " + second]?.probability(third, shorter: shorter) ?? shorter
            text += "\(Self.log(probability)) \(first) \(second) \(third)\n"
        }
        return text + "\n\\end\\\n"
    }

    private func pair(_ first: String, _ second: String, _ single: [String: Double]) -> Double {
        let shorter = single[second] ?? 0
        return afterOne[first]?.probability(second, shorter: shorter) ?? shorter
    }

    private static func log(_ probability: Double) -> String {
        String(format: "%.4f", log10(max(probability, 1e-9)))
    }
}
