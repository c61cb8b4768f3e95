import Planning
import Storage

/// What was named on the command line. Each throws a `Failure` that says where to look when it is not there.
extension Store {
    func known(project name: String) async throws -> Project {
        guard let found = try await project(named: name) else {
            throw Failure("there is no project “\(name)”; see: aloud project list")
        }
        return found
    }

    func known(plan number: Int) async throws -> Plan {
        guard let found = try await plan(number: number) else { throw Store.missing(plan: number) }
        return found
    }

    func known(wholePlan number: Int) async throws -> WholePlan {
        guard let found = try await wholePlan(number: number) else { throw Store.missing(plan: number) }
        return found
    }

    private static func missing(plan number: Int) -> Failure {
        Failure("there is no plan \(number); see: aloud plan list")
    }
}
