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
            DoctorCommand.self, BenchCommand.self, DevicesCommand.self, MicCommand.self, ProjectCommand.self,
            PlanCommand.self,
            TemplateCommand.self, TaskCommand.self, DecisionCommand.self, SearchCommand.self, MemoryCommand.self,
            ChatCommand.self, StatsCommand.self, BackupCommand.self, RestoreCommand.self, ForgetCommand.self,
            ConfigCommand.self, PathsCommand.self, TalkKeyCommand.self, MuteCommand.self, UnmuteCommand.self,
        ])

    static func main() async {
        // What Aloud makes is its user's alone.
        umask(0o077)
        var status = await run()
        if let reason = Terminal.lostOutput {
            Terminal.complain("the output could not be written: \(reason)")
            if status == 0 { status = ExitStatus.failed.rawValue }
        }
        exit(withError: ExitCode(status))
    }

    private static func runCommand() async throws {
        var command = try parseAsRoot(nil)
        if var command = command as? any AsyncParsableCommand {
            try await command.run()
        } else {
            try command.run()
        }
    }

    /// The exit code.
    private static func run() async -> Int32 {
        do {
            try await runCommand()
            return 0
        } catch let code as ExitCode {
            return code.rawValue
        } catch let error as Failure {
            Terminal.complain(error.description)
            return error.status.rawValue
        } catch let error where exitCode(for: error) == .success {
            // The help, the version or a completion script was asked for.
            Terminal.show(fullMessage(for: error))
            return 0
        } catch let error where exitCode(for: error) == .validationFailure {
            exit(withError: error)
        } catch {
            Terminal.complain("\(error)")
            return ExitStatus(error).rawValue
        }
    }
}

enum Version {
    static let text = "0.1.0"
}
