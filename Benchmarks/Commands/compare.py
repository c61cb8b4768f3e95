#!/usr/bin/env python3
"""What public matchers make of a set: `compare.py hassil|rapidfuzz SET.jsonl [VARIANTS.jsonl] < PHRASES > ANSWERS`.

Both get the phrases that Aloud teaches (`aloud bench phrases`), the names of each row's state, and nothing else; what they
answer is measured by `aloud bench commands SET --variants VARIANTS --answers ANSWERS`.

hassil is Home Assistant's matcher: it expands templates, and free text is a wildcard. rapidfuzz takes the phrase that is
most like what was said (WRatio, 85 of 100), with the names filled in; free text is what is left behind the fixed words.
`pip install hassil rapidfuzz`.
"""
import itertools
import json
import re
import sys
import time

FREE = {"name", "title", "text", "query", "summary", "reason", "topic", "assignee", "label"}
VALUES = {
    "status": {
        "draft": "draft", "approved": "approved", "in progress": "in_progress", "started": "in_progress",
        "completed": "completed", "complete": "completed", "done": "completed", "finished": "completed",
        "archived": "archived", "active": "active", "paused": "paused",
    },
    "target": {"plan": "plan", "project": "project"},
    "scope": {
        "what i just said": "last_turn", "this conversation": "conversation", "what i said today": "today",
        "what i said yesterday": "yesterday", "everything i said": "all",
    },
    "format": {
        "markdown": "markdown", "pdf": "pdf", "html": "html", "json": "json", "csv": "csv", "jira": "jira",
        "trello": "trello", "github": "github", "linear": "linear", "spec kit": "spec-kit", "open spec": "openspec",
        "backlog": "backlog", "taskmaster": "taskmaster", "beads": "beads",
    },
    "priority": {
        "low": "low", "medium": "medium", "high": "high", "critical": "critical", "urgent": "critical",
    },
    "estimate": {
        **{f"{word} {unit}{'' if n == 1 else 's'}": f"{n}{unit[0]}" for n, word in enumerate(
            ["one", "two", "three", "four", "five", "six", "seven", "eight"], 1) for unit in ("hour", "day", "week")},
        "an hour": "1h", "a day": "1d", "a week": "1w",
    },
}
NUMBERS = (
    "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
    "eighteen nineteen twenty").split()


def named(thing):
    return thing if isinstance(thing, str) else thing.get("name") or thing.get("title") or thing.get("path")


def choices(state):
    """What may stand in each slot, as it is said, with its value."""
    numbers = {word: n for n, word in enumerate(NUMBERS, 1)}
    tasks = dict(numbers)
    for place, task in enumerate(state.get("tasks", []), 1):
        number = place if isinstance(task, str) else task.get("number", place)
        tasks[named(task).lower()] = number
    versions = {**numbers, "current": "current", "previous": "previous"}
    sections = {named(s).split("/")[-1].strip().lower(): named(s) for s in state.get("sections", [])}
    return {
        **VALUES, "task": tasks, "depends_on": tasks, "version": versions, "a": versions, "b": versions,
        "project": {named(p).lower(): named(p) for p in state.get("projects", [])},
        "plan": {**{named(p).lower(): named(p) for p in state.get("plans", [])}},
        "section": sections, "template": {t: t for t in ("bug fix", "new feature", "testing strategy")},
    }


def variants(phrase):
    """All ways to say a phrase, with its slots."""
    tokens = re.findall(r"\{\w+\}|[()\[\]|]|[^\s()\[\]|{}]+", phrase)

    def sequence(place):
        options, current = [], [[]]
        while place < len(tokens) and tokens[place] not in ")]":
            token = tokens[place]
            if token == "|":
                options += current
                current, place = [[]], place + 1
                continue
            if token in "([":
                inner, place = sequence(place + 1)
                inner = inner + [[]] if token == "[" else inner
            else:
                inner = [[token]]
            current = [head + tail for head, tail in itertools.islice(itertools.product(current, inner), 400)]
            place += 1
        return options + current, place

    return [way for way in sequence(0)[0] if way]


class Hassil:
    def __init__(self, phrases):
        from hassil.intents import Intents
        self.phrases = phrases
        self.Intents = Intents
        self.known = {}

    def intents(self, state):
        key = json.dumps(state, sort_keys=True)
        if key not in self.known:
            data = {}
            for row in self.phrases:
                sentence = re.sub(r"\{(\w+)\}", lambda m: "{%s}" % m.group(1), row["phrase"])
                data.setdefault(row["intent"], {"data": [{"sentences": []}]})["data"][0]["sentences"].append(sentence)
            lists = {slot: {"wildcard": True} for slot in FREE | {"due"}}
            for slot, values in choices(state).items():
                lists[slot] = {"values": [{"in": said, "out": value} for said, value in values.items()] or [
                    {"in": "nothing there", "out": ""}]}
            self.known[key] = self.Intents.from_dict({"language": "en", "intents": data, "lists": lists})
        return self.known[key]

    def prepare(self, state):
        self.intents(state)

    def answer(self, text, state):
        from hassil.recognize import recognize_best
        result = recognize_best(text, self.intents(state))
        if result is None:
            return "none", {}
        return result.intent.name, {e.name: e.value.strip() if isinstance(e.value, str) else e.value
                                    for e in result.entities_list}


class Rapidfuzz:
    CUT = 85

    def __init__(self, phrases):
        self.ways = [(row["intent"], way) for row in phrases for way in variants(row["phrase"])]
        self.known = {}

    def prepare(self, state):
        key = json.dumps(state, sort_keys=True)
        if key in self.known:
            return
        said = choices(state)
        lines = {}
        for intent, way in self.ways:
            slots = [t[1:-1] for t in way if t.startswith("{")]
            fixed = [s for s in slots if s not in FREE and s != "due"]
            if len(fixed) > 2 or any(s not in said for s in fixed):
                continue
            for values in itertools.islice(itertools.product(*(said[s].items() for s in fixed)), 600):
                filled = dict(zip(fixed, values))
                head = []
                for token in way:
                    slot = token[1:-1]
                    if token.startswith("{") and slot not in filled:
                        break
                    head.append(filled[slot][0] if token.startswith("{") else token)
                open_slot = next((s for s in slots if s not in filled), None)
                line = " ".join(head)
                if line:
                    lines.setdefault((line, open_slot), (intent, {s: v[1] for s, v in filled.items()}))
        self.known[key] = (list(lines), list(lines.values()))

    def answer(self, text, state):
        from rapidfuzz import fuzz, process
        keys, meanings = self.known[json.dumps(state, sort_keys=True)]
        words = text.lower().split()
        best = (0, None, None)
        closed = [k[0] if k[1] is None else "" for k in keys]
        found = process.extractOne(text.lower(), closed, scorer=fuzz.ratio, score_cutoff=self.CUT)
        if found:
            best = (found[1], found[2], None)
        for count in range(1, min(7, len(words))):
            head = " ".join(words[:count])
            heads = [k[0] if k[1] is not None else "" for k in keys]
            found = process.extractOne(head, heads, scorer=fuzz.ratio, score_cutoff=self.CUT)
            if found and found[1] > best[0]:
                best = (found[1], found[2], " ".join(words[count:]))
        if best[1] is None:
            return "none", {}
        intent, slots = meanings[best[1]]
        return intent, {**slots, **({keys[best[1]][1]: best[2]} if best[2] else {})}


def main():
    kind, rows = sys.argv[1], [json.loads(line) for line in open(sys.argv[2], encoding="utf-8")]
    others = [json.loads(line) for line in open(sys.argv[3], encoding="utf-8")] if len(sys.argv) > 3 else []
    phrases = [json.loads(line) for line in sys.stdin]
    risky = {row["intent"] for row in phrases if row["destructive"]}
    matcher = {"hassil": Hassil, "rapidfuzz": Rapidfuzz}[kind](phrases)
    by_id = {row["id"]: row for row in rows}
    said = [(row["id"], "clean", row["text"]) for row in rows] + [(o["id"], o["variant"], o["text"]) for o in others]
    for id, variant, text in said:
        state = by_id[id]["state"]
        matcher.prepare(state)
        began = time.perf_counter()
        intent, slots = matcher.answer(text, state)
        took = (time.perf_counter() - began) * 1000
        print(json.dumps({"id": id, "variant": variant, "intent": intent, "slots": slots,
                          "needs_confirmation": intent in risky, "ms": round(took, 3)}))


main()
