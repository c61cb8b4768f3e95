import ArgumentParser
import Foundation
import Support

@main
struct Aloud: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "aloud",
        abstract: "Plan software out loud.",
        discussion: """
            Speak, or type, and it is kept: projects, plans with their versions, tasks and every word.

              aloud serve                          listen and answer
              aloud say create new project demo    one turn, as if it had been heard
              aloud hear note.wav                  one turn from a recording
              aloud doctor                         what works here, and what does not

            Exit codes: 0 done, 1 failed, 2 problems found, 64 wrong usage,
            69 no daemon, 75 busy, 77 not allowed, 78 bad configuration.
            """,
        version: Version.text,
        subcommands: [
            ServeCommand.self, HearCommand.self, SayCommand.self, TalkCommand.self, StatusCommand.self,
            DoctorCommand.self, DevicesCommand.self, MicCommand.self, ProjectCommand.self, PlanCommand.self,
            TaskCommand.self, StatsCommand.self, ConfigCommand.self, PathsCommand.self, MuteCommand.self,
            UnmuteCommand.self,
        ])

    static func main() async {
        // What Aloud makes is its user's alone.
        umask(0o077)
        do {
            var command = try parseAsRoot(nil)
            if var command = command as? any AsyncParsableCommand {
                try await command.run()
            } else {
                try command.run()
            }
        } catch let error where error is ExitCode || error is CleanExit || error is ValidationError {
            exit(withError: error)
        } catch let error as Failure {
            Terminal.complain(error.description)
            exit(withError: ExitCode(error.status.rawValue))
        } catch let error
            where Aloud.exitCode(for: error) == .validationFailure || Aloud.exitCode(for: error) == .success
        {
            exit(withError: error)
        } catch {
            Terminal.complain("\(error)")
            exit(withError: ExitCode(ExitStatus(error).rawValue))
        }
    }
}

enum Version {
    static let text = "0.1.0"
}
