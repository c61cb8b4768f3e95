import Foundation
import GRDB
import Planning

extension Store {
    /// Deletes the sound of turns from before `moment`; their text stays. Returns how many there were.
    @discardableResult
    package func dropRecordings(before moment: Timestamp) async throws -> Int {
        try await write { database in
            try database.execute(sql: "DELETE FROM utterance WHERE createdAt < ?", arguments: [moment])
            return database.changesCount
        }
    }
}
