import LanguageModel
import Support

extension AgentTools {
    static let definitions = [
        ToolDefinition(
            "create_plan", "Creates a plan in the open project and opens it. Its text is a draft until it is saved.",
            parameters: schema(
                [
                    "title": text("A few words; unique in the project."),
                    "content": text("The whole plan in Markdown, beginning with # and the title."),
                ], required: ["title", "content"])),
        ToolDefinition(
            "revise_plan",
            """
            Changes the open plan. Send the sections that change, each whole; a section with a new heading is added at \
            the end, one with empty text is removed. The result is a draft; save makes it a version.
            """,
            parameters: schema(
                [
                    "base_version": number("The base_version you were told, so that nobody's newer version is lost."),
                    "sections": [
                        "type": "array",
                        "items": schema(
                            [
                                "heading": text("As it stands in the plan, without #."),
                                "text": text("Markdown below the heading."),
                            ], required: ["heading", "text"]),
                    ],
                    "summary": text("What changed, in a few words."),
                    "save": ["type": "boolean", "description": "Only when the user asked to save."],
                ], required: ["base_version", "sections"])),
        ToolDefinition(
            "add_task", "Adds a task to the open plan.",
            parameters: schema(
                [
                    "title": text("What is to be done, in a few words."), "description": text("More about it."),
                    "priority": ["type": "string", "enum": ["low", "medium", "high", "critical"]],
                    "estimate_minutes": number("How long it will take."),
                    "depends_on": [
                        "type": "array", "items": ["type": "integer"],
                        "description": "Numbers of the tasks that must be done before.",
                    ],
                    "acceptance": [
                        "type": "array", "items": ["type": "string"],
                        "description": "What must hold before it counts as done, one statement each.",
                    ],
                    "labels": ["type": "array", "items": ["type": "string"]],
                    "parent": number("The task that it is a part of."),
                    "milestone": text("What it belongs to, such as a release."),
                    "due": text("The day it must be done by, as 2027-03-01."),
                ], required: ["title"])),
        ToolDefinition(
            "search_projects", "Finds projects and plans by words in their names and texts.",
            parameters: schema(["query": text("A few words.")], required: ["query"])),
    ]

    private static func schema(_ properties: [String: JSONValue], required: [String]) -> JSONValue {
        [
            "type": "object", "properties": .object(properties), "required": .array(required.map(JSONValue.string)),
            "additionalProperties": false,
        ]
    }

    private static func text(_ description: String) -> JSONValue {
        ["type": "string", "description": .string(description)]
    }

    private static func number(_ description: String) -> JSONValue {
        ["type": "integer", "description": .string(description)]
    }
}
