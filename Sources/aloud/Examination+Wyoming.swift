import Endpoints

extension Examination {
    enum WyomingKind { case asr, tts }

    /// Whether a server is there and has what is asked of it.
    func check(
        _ id: String, _ title: String, _ endpoint: WyomingEndpoint, _ kind: WyomingKind, voices: [String], hears: String
    ) async -> Check {
        let who = "\(endpoint.host) \(hears)"
        do {
            let (info, took) = try await endpoint.probe()
            let programs = kind == .asr ? info.asr : info.tts
            let answer = "\(who); answered in \(Int(took / .milliseconds(1))) ms"
            guard let program = programs.first else {
                let missing = kind == .asr ? "no recogniser" : "no voice"
                return Check(id, title, .fail, "\(answer), but has \(missing)", fix: "name another server in uri")
            }
            let wanted = kind == .asr ? [endpoint.configuration.model].compactMap(\.self) : voices
            let names = programs.flatMap(\.models).map(\.name)
            if let wanted = wanted.first(where: { !names.contains($0) }), !names.isEmpty {
                let key = kind == .asr ? "model" : "voice"
                return Check(
                    id, title, .warn, "\(answer), but lists no \(key) \(wanted)",
                    fix: "choose one of: \(names.prefix(5).joined(separator: ", "))")
            }
            return Check(id, title, .ok, "\(answer), Wyoming program \(program.name.prefix(60))")
        } catch let error as EndpointError {
            return Check(id, title, .fail, "\(who); \(error)", fix: fix(error))
        } catch {
            return Check(id, title, .fail, "\(who); \(error)", fix: "see the message")
        }
    }

    /// Who may reach Aloud, and whom it reaches. Nothing is said when nothing is chosen.
    func wyoming(_ choice: Configuration.Wyoming) async -> [Check] {
        var checks: [Check] = []
        if let address = choice.listen {
            checks.append(
                address.isThisMachine
                    ? Check("wyoming", "wyoming server", .ok, "\(address), for this machine alone")
                    : Check(
                        "wyoming", "wyoming server", .warn,
                        "whoever reaches \(address) can talk to Aloud, hear your plans and change them: the protocol knows no "
                            + "password",
                        fix: "listen on 127.0.0.1, or let only the machines you trust through the firewall"))
        }
        return await withTaskGroup(of: (Int, Check).self) { group in
            for (number, address) in choice.satellites.enumerated() {
                group.addTask { (number, await satellite(number + 1, address)) }
            }
            var found: [(Int, Check)] = []
            for await check in group { found.append(check) }
            return checks + found.sorted { $0.0 < $1.0 }.map(\.1)
        }
    }

    private func satellite(_ number: Int, _ address: WyomingAddress) async -> Check {
        let (id, title) = ("satellite-\(number)", "satellite \(number)")
        do {
            let (info, took) = try await WyomingEndpoint(WyomingEndpoint.Configuration(address)).probe()
            guard let satellite = info.satellite else {
                return Check(id, title, .fail, "\(address) is no satellite", fix: "mend wyoming.satellites")
            }
            let area = satellite.area.map { ", in \($0.prefix(60))" } ?? ""
            return Check(
                id, title, .ok,
                "\(address) hears and speaks, \(satellite.name.prefix(60))\(area); answered in \(Int(took / .milliseconds(1))) ms"
            )
        } catch {
            return Check(id, title, .warn, "\(address): \(error)", fix: "start it; Aloud calls it again by itself")
        }
    }
}
