import AloudProcess
import Foundation
import Planning
import Server
import Storage
import Support
import Testing

/// What lies where Aloud wants to keep its things: other people's folders, other programs' files, nothing that fits.
@Suite(.serialized) struct PlacesTests {
    private func sqlite(_ path: String, _ statement: String) async throws -> AloudHome.Ended {
        let process = try RunningProcess("/usr/bin/sqlite3", [path, statement], environment: [:])
        process.closeInput()
        return await process.ended()
    }

    private func prepared() throws -> AloudHome {
        let home = AloudHome()
        try PrivateFolder.make(home.folder + "/data")
        return home
    }

    @Test func theDatabaseOfAnotherProgramIsLeftAsItIs() async throws {
        let home = AloudHome()
        let path = home.folder + "/other.db"
        _ = try await sqlite(path, "CREATE TABLE moz_places (id INTEGER); PRAGMA user_version = 7")
        let before = try Data(contentsOf: URL(fileURLWithPath: path))
        for command in [["project", "list"], ["project", "new", "demo"], ["serve", "--no-audio"]] {
            let ended = try await home.run(command, environment: ["DATABASE_URL": "sqlite:///\(path)"])
            #expect(ended.status == 78)
            #expect(ended.errors.contains("is not an aloud database, and was left as it is"), "\(ended.errors)")
        }
        let doctor = try await home.run("doctor", environment: ["DATABASE_URL": "sqlite:///\(path)"])
        #expect(doctor.output.contains("FAIL   database: \(path) is not an aloud database"), "\(doctor.output)")
        #expect(try Data(contentsOf: URL(fileURLWithPath: path)) == before)
        let files = try FileManager.default.contentsOfDirectory(atPath: home.folder).filter { !$0.hasPrefix(".") }
        #expect(files == ["other.db"])
    }

    @Test func aDamagedDatabaseIsCalledDamaged() async throws {
        let home = AloudHome()
        for number in 1...40 { _ = try await home.run("project", "new", "project \(number)") }
        let file = try #require(FileHandle(forUpdatingAtPath: home.database))
        try file.seek(toOffset: 4096)
        try file.write(contentsOf: Data(repeating: 0xAB, count: 4096 * 6))
        try file.close()
        let ended = try await home.run("project", "list")
        #expect(ended.status == 1)
        #expect(ended.errors.contains("is damaged") && ended.errors.contains(".recover"), "\(ended.errors)")
        let doctor = try await home.run("doctor")
        #expect(doctor.status == 2)
        #expect(doctor.output.contains("is damaged") && doctor.output.contains("operations.md"), "\(doctor.output)")
    }

    @Test(arguments: [
        ("link to nothing", "it is a link to a file that is not there"), ("loop", "Too many levels"),
        ("pipe", "it is not a regular file"), ("folder", "it is a folder"), ("device", "it is not a regular file"),
    ])
    func whatIsNoFileIsNoDatabase(kind: String, says: String) async throws {
        let home = try prepared()
        switch kind {
        case "link to nothing": symlink("/nonexistent/aloud.db", home.database)
        case "loop": symlink(home.database, home.database)
        case "pipe": mkfifo(home.database, 0o600)
        case "device": symlink("/dev/null", home.database)
        default: try PrivateFolder.make(home.database)
        }
        let ended = try await home.run("project", "list")
        #expect(ended.status == 77, "\(ended.errors)")
        #expect(ended.errors.contains(says), "\(ended.errors)")
        let doctor = try await home.run("doctor")
        #expect(doctor.status == 2)
        #expect(doctor.output.contains("FAIL   database: ") && doctor.output.contains(says), "\(doctor.output)")
    }

    @Test func aHomeThatIsAFileIsNamed() async throws {
        let home = AloudHome()
        try NewFile.write("".utf8, to: home.folder + "/file")
        let there = ["ALOUD_HOME": home.folder + "/file"]
        let ended = try await home.run("project", "list", environment: there)
        #expect(ended.status == 78 && ended.errors.contains("config.yaml"), "\(ended.errors)")
        let doctor = try await home.run("doctor", environment: there)
        #expect(doctor.status == 2 && doctor.output.contains("FAIL   data folder"), "\(doctor.output)")
    }

    @Test func aDatabaseOfARelativePathLiesInTheCurrentFolder() async throws {
        let home = AloudHome()
        let shown = try await home.run("paths", environment: ["DATABASE_URL": "sqlite:///data/plans.db"])
        #expect(shown.output.contains(FileManager.default.currentDirectoryPath + "/data/plans.db"))
        let refused = try await home.run("paths", environment: ["ALOUD_DATABASE_PATH": "plans.db"])
        #expect(refused.status == 78 && refused.errors.contains("begins with / or ~/"), "\(refused.errors)")
    }

    @Test(.enabled(if: geteuid() == 0)) func theSocketOfAnotherUserIsNotTrusted() async throws {
        let home = AloudHome()
        chmod(home.folder, 0o711)
        let run = home.folder + "/run"
        try PrivateFolder.make(run)
        chown(run, 65534, 65534)
        let impostor = try RunningProcess(
            "/usr/bin/setpriv",
            [
                "--reuid=65534", "--regid=65534", "--clear-groups", "/usr/bin/python3", "-c",
                """
                import socket, sys
                server = socket.socket(socket.AF_UNIX)
                server.bind("\(home.socket)")
                server.listen()
                print("listening", flush=True)
                while True:
                    client = server.accept()[0]
                    print("told:", client.recv(1000), flush=True)
                """,
            ], environment: [:])
        try #require(try await eventually { impostor.outputSoFar.contains("listening") }, "\(impostor.errorsSoFar)")
        let said = try await home.run("say", "create new project secret plan")
        #expect(said.status == 0 && said.output == "Created project secret plan.\n", "\(said.errors)")
        #expect(try await home.run("mute").status == 69)
        let daemon = try await home.run("serve", "--no-audio")
        #expect(daemon.status == 77 && daemon.errors.contains("belongs to another user"), "\(daemon.errors)")
        let doctor = try await home.run("doctor")
        #expect(doctor.output.contains("FAIL   runtime folder"), "\(doctor.output)")
        impostor.signal(SIGKILL)
        #expect(!(await impostor.ended().output.contains("secret")))
    }
}

/// The files of a running daemon, taken away or changed under it.
@Suite(.serialized) struct MovedFilesTests {
    private func started(_ home: AloudHome) async throws -> RunningProcess {
        let daemon = try home.start("serve", "--no-audio")
        try #require(try await eventually { LocalSocketClient.isAlive(home.socket) }, "\(daemon.errorsSoFar)")
        return daemon
    }

    @Test(arguments: ["removed", "moved", "replaced"])
    func nothingIsAcknowledgedIntoADatabaseThatIsGone(how: String) async throws {
        let home = AloudHome()
        let daemon = try await started(home)
        #expect(try await home.run("say", "create new project first").status == 0)
        // Stopped, so that it cannot notice before it is asked.
        daemon.signal(SIGSTOP)
        for suffix in ["", "-wal", "-shm"] {
            if how == "removed" {
                unlink(home.database + suffix)
            } else {
                rename(home.database + suffix, home.database + ".old" + suffix)
            }
        }
        if how == "replaced" {
            let other = AloudHome()
            _ = try await other.run("project", "new", "from a backup")
            try FileManager.default.copyItem(atPath: other.database, toPath: home.database)
        }
        daemon.signal(SIGCONT)
        _ = try await home.run("say", "create new project second")
        let ended = await daemon.ended()
        #expect(ended.status == 1)
        #expect(ended.errors.contains("was moved, removed or replaced while aloud had it open"), "\(ended.errors)")
        let said = try await home.run("say", "create new project third")
        #expect(said.output == "Created project third.\n", "\(said.errors)")
        let store = try await Store.open(path: home.database)
        #expect(try await store.integrityFaults().isEmpty)
        let names = try await store.projects().map(\.name)
        #expect(names.contains("third") && names.contains("from a backup") == (how == "replaced"))
        try store.close()
    }

    @Test func theEndOfAnOldDaemonLeavesTheSocketOfTheNewOne() async throws {
        let home = AloudHome()
        let old = try await started(home)
        unlink(home.socket)
        let new = try home.start("serve", "--no-audio")
        try #require(try await eventually { LocalSocketClient.isAlive(home.socket) }, "\(new.errorsSoFar)")
        old.signal(SIGTERM)
        #expect(await old.ended().status == 0)
        #expect(try await home.run("say", "create new project demo").output == "Created project demo.\n")
        new.signal(SIGTERM)
        #expect(await new.ended().status == 0)
        #expect(!FileManager.default.fileExists(atPath: home.socket))
    }

    @Test func aDatabaseThatIsLockedAtStartIsWaitedFor() async throws {
        let home = AloudHome()
        _ = try await home.run("project", "list")
        let holder = try RunningProcess("/usr/bin/sqlite3", [home.database], environment: [:])
        holder.write("CREATE TABLE other (id); DROP TABLE other; BEGIN EXCLUSIVE;\nSELECT 'held';\n")
        try #require(try await eventually { holder.outputSoFar.contains("held") })
        let daemon = try await started(home)
        try #require(
            try await eventually { daemon.errorsSoFar.contains("old recordings are not deleted yet") },
            "\(daemon.errorsSoFar)")
        let said = try await home.run("say", "create new project demo")
        #expect(said.status == 75, "\(said.errors)")
        #expect(said.errors.contains("keeps \(home.database) locked; try again"), "\(said.errors)")
        holder.write("ROLLBACK;\n.exit\n")
        _ = await holder.ended()
        #expect(try await home.run("say", "create new project demo").output == "Created project demo.\n")
        daemon.signal(SIGTERM)
        #expect(await daemon.ended().status == 0)
    }

    @Test func aDaemonThatDoesNotAnswerIsNamed() async throws {
        let home = AloudHome()
        let daemon = try await started(home)
        daemon.signal(SIGSTOP)
        let ended = try await home.run("status")
        #expect(ended.status == 75)
        #expect(ended.errors.contains("has not answered within 5 s"), "\(ended.errors)")
        daemon.signal(SIGKILL)
        _ = await daemon.ended()
    }
}
