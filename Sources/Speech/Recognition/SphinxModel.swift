/// Where the recogniser's files are.
package struct SphinxModel: Equatable, Sendable {
    package var acoustic: String
    package var dictionary: String
    package var language: String

    package init(folder: String) {
        acoustic = folder + "/en-us"
        dictionary = folder + "/cmudict-en-us.dict"
        language = folder + "/en-us.lm.bin"
    }

    /// Debian's `pocketsphinx-en-us`.
    package static let debian = SphinxModel(folder: "/usr/share/pocketsphinx/model/en-us")
}
