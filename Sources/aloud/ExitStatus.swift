import ArgumentParser
import Assistant
import Foundation
import Server
import Storage
import Support

/// How a command ends: 0 done, else one of these. Where an error becomes a number.
enum ExitStatus: Int32 {
    case failed = 1
    case problemsFound = 2
    case usage = 64
    case noDaemon = 69
    case busy = 75
    case notAllowed = 77
    case badConfiguration = 78

    init(_ error: any Error) {
        self =
            switch error {
            case is ConfigurationError: .badConfiguration
            case let error as StoreError: ExitStatus(error)
            case SocketError.noDaemon: .noDaemon
            case DialogueError.busy: .busy
            case SocketError.inUse, SocketError.noAnswer, SocketError.refused: .busy
            case let error as FileLockError: error.isHeld ? .busy : .notAllowed
            case let error as WyomingListeningError: error.isInUse ? .busy : .failed
            case is FolderError: .notAllowed
            case let error as NewFileError: error.code == EACCES || error.code == EROFS ? .notAllowed : .failed
            default: .failed
            }
    }

    private init(_ error: StoreError) {
        self =
            switch error {
            case .newerDatabase, .notADatabase: .badConfiguration
            case .busy: .busy
            case .notAllowed: .notAllowed
            case .diskFull, .nameTaken, .missing, .refused, .stale, .damaged, .replaced, .failed: .failed
            }
    }
}

/// What went wrong, said once on standard error, with the remedy.
struct Failure: Error, CustomStringConvertible {
    let description: String
    let status: ExitStatus

    init(_ description: String, _ status: ExitStatus = .failed) {
        self.description = description
        self.status = status
    }
}
