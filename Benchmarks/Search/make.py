#!/usr/bin/env python3
"""Makes the passages of the search benchmark: `make.py COUNT FOLDER`.

The labelled ones come from scenes.txt, the rest is drawn by a seeded generator: plans, tasks, notes and turns in the
language of developers, some of them with the words of a scene in another sense. Equal arguments make equal files.
"""
import json
import pathlib
import random
import sys

HERE = pathlib.Path(__file__).parent
SEED = 20270301
FIELDS = ("title", "text", "identifier", "paraphrase", "second", "question", "topic")
COMMON = set("a an and are as at be by do for from has have how in is it its long many no not of on or our so that the "
             "them they to was we what when which while who will with without one only each every never because".split())

AREAS = ("Checkout Inventory Onboarding Reporting Scheduler Gateway Profile Messaging Catalogue Ledger Dashboard Pipeline "
         "Workspace Sync Playback Indexer Crawler Renderer Telemetry Support Fleet Portal Archive Sandbox Roster Tracker "
         "Editor Preview Feed Webhook Mailer Parser Planner Registry Replica Proxy Console Toolbar Wizard Importer").split()
PARTS = ("Overview Design Risks Testing Rollout Interfaces Data Phase-1 Phase-2 Migration Monitoring Costs Decisions "
         "Open-questions Scope Milestones Dependencies").split()
HEADS = ("Account Batch Cache Cursor Delta Event Feature Filter Graph Header Import Job Key Layout Metric Node Order Page "
         "Query Record Schema Shard Signal State Stream Table Ticket Trace User Value View Window").split()
TAILS = ("Adapter Builder Client Codec Controller Factory Handler Loader Mapper Monitor Observer Parser Policy Reader "
         "Registry Resolver Router Runner Store Tracker Validator Worker Writer").split()
VERBS = "move split rewrite measure document remove cache validate rename extract stub mock profile pin bump".split()
THINGS = ("the settings screen|the order service|the nightly import|the admin console|the public api|the build script|"
          "the staging cluster|the mobile client|the onboarding flow|the event stream|the permission check|the test data|"
          "the release notes|the error page|the audit view|the plugin loader|the feature flag|the command parser|"
          "the cron job|the landing page|the schema check|the docker image|the linter rules|the sample project").split("|")
PEOPLE = "Ana Ben Chloe Dmitri Esra Femi Grace Hugo Ines Jonas Kofi Lena Mira Noor Otto Priya".split()
REASONS = ("nobody owns it since the reorganisation|the customer asked for it twice|it blocks the next milestone|"
           "the old library is no longer maintained|support gets a call about it each week|it cost us a day in March|"
           "the review found no test for it|it is slower than last year|the contract ends in autumn|"
           "two teams depend on it|it makes the demo fail|the auditors want to see it").split("|")
SENTENCES = (
    "We {verb} {thing} first, because {reason}.",
    "{ident} in {path} does too much; {verb} {thing} before anything else.",
    "{person} will {verb} {thing} until the {day}th.",
    "Acceptance: {thing} answers within {number} ms with {count} users.",
    "The estimate is {count} hours, {number} with the tests.",
    "Open question: does {thing} still need {ident}?",
    "Decision: keep {thing} as it is and {verb} {thing2} instead.",
    "When {ident} fails, {thing} shows the last {count} entries.",
    "Version {count}.{day} of {thing} broke {thing2}; see {path}.",
    "Blocked by {person}: {thing} has no owner, and {reason}.",
    "Run {tool} against {thing} and attach the output.",
    "{thing} and {thing2} share {ident}; separate them.",
    "Risk: {reason}; fallback is to {verb} {thing2}.",
    "Let us {verb} {thing} in two steps and ask {person} to review.",
    "Ticket {key} says that {thing} ignores {ident}.",
)
TOOLS = "make-check|pytest -k smoke|cargo clippy|swift build|npm audit|k6 run|terraform plan|ruff check".split("|")


def scenes():
    blocks = [block.splitlines() for block in (HERE / "scenes.txt").read_text().split("\n\n")]
    made = []
    for block in blocks:
        lines = [line for line in block if not line.startswith("#")]
        if lines:
            assert len(lines) == len(FIELDS), lines
            made.append(dict(zip(FIELDS, lines)))
    return made


def sentence(draw):
    thing, other = draw.sample(THINGS, 2)
    ident = draw.choice(HEADS) + draw.choice(HEADS + [""]) + draw.choice(TAILS)
    folder = draw.choice(AREAS).lower()
    text = draw.choice(SENTENCES).format(
        verb=draw.choice(VERBS), thing=thing, thing2=other, ident=ident, person=draw.choice(PEOPLE),
        path=f"{folder}/{ident.lower()}_{draw.randrange(90)}.{draw.choice(['go', 'py', 'ts', 'swift', 'rs'])}",
        reason=draw.choice(REASONS), day=draw.randrange(1, 29), number=draw.randrange(10, 2000, 10),
        count=draw.randrange(2, 90), tool=draw.choice(TOOLS), key=f"{folder[:4].upper()}-{draw.randrange(1, 9000)}")
    return text[0].upper() + text[1:]


def telling(text):
    words = [word.strip(".,;:?!()'\"").lower() for word in text.split()]
    return [word for word in words if len(word) > 3 and word not in COMMON and word.isalpha()]


def misspelt(text, draw):
    """The topic with a slip of the finger in its longest word."""
    words = text.split()
    place = max(range(len(words)), key=lambda index: len(words[index]))
    word = words[place]
    at = draw.randrange(1, len(word) - 2)
    slips = (word[:at] + word[at + 1] + word[at] + word[at + 2:], word[:at] + word[at + 1:], word[:at] + word[at] + word[at:])
    words[place] = next((slip for slip in draw.sample(slips, 3) if slip != word), slips[1])
    return " ".join(words)


def main(count, folder):
    draw = random.Random(SEED)
    known = scenes()
    words = sorted({word for scene in known for word in telling(scene["text"] + " " + scene["topic"])})
    passages, queries = [], []
    for number, scene in enumerate(known):
        ident = f"s{number:03}"
        passages.append({"id": ident, "title": scene["title"], "text": scene["text"]})
        name = scene["identifier"]
        part = name[: max(5, len(name) * 2 // 3)]
        asked = {"identifier": name, "partial": part, "paraphrase": scene["paraphrase"], "paraphrase2": scene["second"],
                 "question": scene["question"], "topic": scene["topic"], "typo": misspelt(scene["topic"], draw)}
        for kind, text in asked.items():
            queries.append({"qid": f"{ident}-{kind}", "text": text, "relevant": [ident]})
    while len(passages) < count:
        area = draw.choice(AREAS)
        lines = [sentence(draw) for _ in range(draw.randrange(2, 6))]
        if draw.random() < 0.3:
            one, two = draw.sample(words, 2)
            lines.insert(draw.randrange(len(lines)), f"The {one} of {draw.choice(THINGS)} has nothing to do with {two}.")
        title = f"{area} {draw.randrange(400)} / {draw.choice(PARTS)}"
        passages.append({"id": f"p{len(passages)}", "title": title, "text": " ".join(lines)})
    draw.shuffle(passages)
    folder = pathlib.Path(folder)
    folder.mkdir(parents=True, exist_ok=True)
    for name, rows in (("passages", passages), ("queries", queries)):
        with open(folder / f"{name}.jsonl", "w") as file:
            file.writelines(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)


if __name__ == "__main__":
    main(int(sys.argv[1]), sys.argv[2])
