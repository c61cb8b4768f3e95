import ArgumentParser

@main
struct Aloud: AsyncParsableCommand {
    static let configuration = CommandConfiguration(abstract: "Plan software out loud.")
}
