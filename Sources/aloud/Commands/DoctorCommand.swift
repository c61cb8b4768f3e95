import ArgumentParser
import Foundation

struct DoctorCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "doctor", abstract: "Check everything and say how to mend what is wrong; changes nothing.",
        discussion: "Ends with 2 when something is wrong. Please add its output to a bug report.")

    @Flag(help: "Show a JSON array.")
    var json = false

    func run() async throws {
        let checks = await Examination(environment: ProcessEnvironment.current).checks()
        if json {
            try Terminal.showJSON(checks)
        } else {
            for check in checks {
                Terminal.show("\(check.status.mark) \(check.title): \(check.detail)")
                if let fix = check.fix { Terminal.show("       → \(fix)") }
            }
        }
        if checks.contains(where: { $0.status == .fail }) { throw ExitCode(ExitStatus.problemsFound.rawValue) }
    }
}
