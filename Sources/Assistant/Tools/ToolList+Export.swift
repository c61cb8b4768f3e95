import Interchange
import LanguageModel
import Planning
import Storage
import Support

extension ToolList {
    /// Bytes of one part of an export.
    private static let part = 16_000
    private static let digest = "digest"

    static let export: [Tool] = [
        Tool(
            "export_plan", .reads,
            """
            Gives a plan with its tasks as text in a form that other programs read: digest is the shortest. Of a long one \
            a part; offset goes on.
            """,
            [
                ToolField.plan,
                JSONShape.Field(
                    "format",
                    .choice([digest] + ExchangeFormat.allCases.filter { !$0.hasSeveralFiles }.map(\.rawValue)),
                    required: true),
                JSONShape.Field("offset", .whole(0...10_000_000), "Bytes to pass over, to go on."),
            ]
        ) { session, arguments in
            let plan = try await session.findPlan(arguments)
            guard let whole = try await session.store.wholePlan(number: plan.number) else {
                throw ToolError("there is no plan \(plan.number)")
            }
            let bytes = try text(of: whole, as: try arguments.need("format"))
            let offset = arguments.number("offset") ?? 0
            let rest = bytes.dropFirst(offset)
            // Not in the middle of a letter.
            var end = rest.index(rest.startIndex, offsetBy: min(part, rest.count))
            while end < rest.endIndex, end > rest.startIndex, rest[end] & 0xC0 == 0x80 { end -= 1 }
            let next = offset + end - rest.startIndex
            return .present([
                "plan": JSONValue(plan.number), "text": .string(String(decoding: rest[..<end], as: UTF8.self)),
                "next_offset": next < bytes.count ? JSONValue(next) : .null,
                "note": whole.hasDraft ? "a draft says something newer; the export is of the saved version" : .null,
            ])
        }
    ]

    private static func text(of whole: WholePlan, as format: String) throws -> [UInt8] {
        guard let exchange = ExchangeFormat(rawValue: format) else {
            return Array(
                try PlanDigest(whole.plan, project: whole.project, content: whole.content, tasks: whole.tasks).text.utf8
            )
        }
        let file = PlanFile(whole.plan, project: whole.project, content: whole.content, tasks: whole.tasks)
        return try exchange.write(file).files.first?.bytes ?? []
    }
}
