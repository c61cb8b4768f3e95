import ArgumentParser
import Foundation

/// The question before something that no undo brings back.
struct Confirmation: ParsableArguments {
    @Flag(help: "Do not ask first.")
    var yes = false

    func validate() throws {
        guard yes || Terminal.isInteractive else {
            throw ValidationError("Nobody can be asked here; add --yes when it is really meant.")
        }
    }

    /// Whether it is meant: only a clear yes counts.
    func isGiven(_ question: String) async -> Bool {
        guard !yes else { return true }
        Terminal.show(question)
        return await Terminal.nextLine(prompt: "yes or no › ")?.trimmingCharacters(in: .whitespaces).lowercased()
            == "yes"
    }
}
