import GRDB
import Planning

// How the domain's values lie in the tables: a column is called like the property.

extension Timestamp: DatabaseValueConvertible {
    package var databaseValue: DatabaseValue { milliseconds.databaseValue }

    package static func fromDatabaseValue(_ value: DatabaseValue) -> Timestamp? {
        Int64.fromDatabaseValue(value).map(Timestamp.init(milliseconds:))
    }
}

extension Identifier: DatabaseValueConvertible {
    package var databaseValue: DatabaseValue { rawValue.databaseValue }

    package static func fromDatabaseValue(_ value: DatabaseValue) -> Identifier? {
        String.fromDatabaseValue(value).map(Identifier.init(rawValue:))
    }
}

extension Day: DatabaseValueConvertible {
    package var databaseValue: DatabaseValue { description.databaseValue }

    package static func fromDatabaseValue(_ value: DatabaseValue) -> Day? {
        String.fromDatabaseValue(value).flatMap { Day($0) }
    }
}

extension Project: FetchableRecord, PersistableRecord { package static var databaseTableName: String { "project" } }
extension Plan: FetchableRecord, PersistableRecord { package static var databaseTableName: String { "plan" } }
extension PlanVersion: FetchableRecord, PersistableRecord {
    package static var databaseTableName: String { "planVersion" }
}
extension PlanDraft: FetchableRecord, PersistableRecord { package static var databaseTableName: String { "planDraft" } }
extension PlanTask: FetchableRecord, PersistableRecord { package static var databaseTableName: String { "planTask" } }
extension Note: FetchableRecord, PersistableRecord { package static var databaseTableName: String { "note" } }
extension Conversation: FetchableRecord, PersistableRecord {
    package static var databaseTableName: String { "conversation" }
}
extension Focus: FetchableRecord, PersistableRecord { package static var databaseTableName: String { "focus" } }
extension Turn: FetchableRecord, PersistableRecord { package static var databaseTableName: String { "turn" } }
extension EngineCall: FetchableRecord, PersistableRecord {
    package static var databaseTableName: String { "engineCall" }
}
extension Decision: FetchableRecord, PersistableRecord { package static var databaseTableName: String { "decision" } }
extension ModelCall: FetchableRecord, PersistableRecord { package static var databaseTableName: String { "modelCall" } }
extension ConversationSummary: FetchableRecord, PersistableRecord {
    package static var databaseTableName: String { "conversationSummary" }
}
extension AuditRow: FetchableRecord {}
