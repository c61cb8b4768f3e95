import Support
import Testing

/// The examples that NIST publishes with FIPS 180-4, and lengths at both sides of a block's end.
@Suite struct SHA256Tests {
    @Test(arguments: [
        ("", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
        ("abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
        (
            "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
            "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"
        ),
        (
            "abcdefghbcdefghicdefghijdefghijkefghijklfghijklmghijklmnhijklmnoijklmnopjklmnopqklmnopqrlmnopqrsmnopqrstnopqrstu",
            "cf5b16a778af8380036ce59e7b0492370b249b11e8f07a51afac45037afee9d1"
        ),
    ])
    func theExamplesOfTheStandardHold(text: String, digest: String) { #expect(SHA256.hex(text) == digest) }

    @Test func aHundredThousandLettersAreManyBlocks() {
        #expect(
            SHA256.hex(String(repeating: "a", count: 100_000))
                == "6d1cf22d7cc09b085dfc25ee1a1f3ae0265804c607bc2074ad253bcc82fd81ee")
    }

    @Test(arguments: [
        (54, "45f316e10b2c"), (55, "d5e285683cd4"), (56, "04c26261370e"), (57, "ae14a2563ccf"), (63, "75220b472182"),
        (64, "7ce100971f64"), (65, "9537c5fdf120"), (119, "000b48d4edf0"), (120, "13f05a0b5947"), (128, "24da1b81d0b1"),
    ])
    func everyLengthAroundTheEndOfABlockHolds(count: Int, start: String) {
        #expect(SHA256.hex(String(repeating: "x", count: count)).hasPrefix(start))
    }
}
