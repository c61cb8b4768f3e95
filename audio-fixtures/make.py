#!/usr/bin/env python3
"""Makes the sound files of this folder and manifest.json again.

Needs flite, sox and opusenc (Debian: opus-tools). The result is the same on every run: flite is deterministic, sox -R seeds
its noise, and the Opus streams have a fixed serial number.
"""

import json
import os
import shutil
import subprocess
import sys
import tempfile

HERE = os.path.dirname(os.path.abspath(__file__))
SCRATCH = tempfile.TemporaryDirectory()
VOICES = ["rms", "slt", "awb", "kal16"]

# The names alive while the commands are said.
STATE = {
    "projects": [
        "fintrack", "payments api", "weather station", "mobile app", "kite tracker", "beacon", "quill", "web shop",
        "data pipeline", "home automation",
    ],
    "plans": ["beta launch", "data migration"],
    "tasks": {
        "1": "write the migration", "2": "fix the login page", "3": "set up the build", "4": "test the importer",
        "5": "review the design", "6": "update the documentation", "7": "deploy to staging", "8": "call the client",
    },
    "versions": 5,
    "open_project": "fintrack",
    "open_plan": "beta launch",
}

# What is said, what it asks for, with which slots. "tune" rows may be used to choose thresholds, "test" rows may not.
COMMANDS = {
    "tune": [
        ("show my projects", "list_projects", {}),
        ("which projects do I have", "list_projects", {}),
        ("open project fintrack", "open_project", {"project": "fintrack"}),
        ("switch to weather station", "open_project", {"project": "weather station"}),
        ("load the project mobile app", "open_project", {"project": "mobile app"}),
        ("close project", "close_project", {}),
        ("archive project quill", "archive_project", {"project": "quill"}),
        ("restore project data pipeline", "restore_project", {"project": "data pipeline"}),
        ("create dev plan", "create_plan", {}),
        ("save this plan", "save_plan", {}),
        ("show version history", "version_history", {}),
        ("read me the plan", "read_plan", {}),
        ("list tasks", "list_tasks", {}),
        ("start task four", "start_task", {"task": 4}),
        ("finish task two", "finish_task", {"task": 2}),
        ("complete task twelve", "finish_task", {"task": 12}),
        ("start task write the migration", "start_task", {"task": 1}),
        ("what's next", "next_task", {}),
        ("undo that", "undo", {}),
        ("redo", "redo", {}),
        ("repeat that", "repeat", {}),
        ("cancel", "cancel", {}),
        ("stop", "stop", {}),
        ("status", "status", {}),
        ("mute", "mute", {}),
        ("wake up", "wake", {}),
        ("help", "help", {}),
    ],
    "test": [
        ("list all projects", "list_projects", {}),
        ("what are my projects", "list_projects", {}),
        ("open payments api", "open_project", {"project": "payments api"}),
        ("open the project kite tracker", "open_project", {"project": "kite tracker"}),
        ("work on fintrack", "open_project", {"project": "fintrack"}),
        ("close the project beacon", "close_project", {"project": "beacon"}),
        ("archive the project web shop", "archive_project", {"project": "web shop"}),
        ("bring back home automation", "restore_project", {"project": "home automation"}),
        ("create a new dev plan", "create_plan", {}),
        ("save it", "save_plan", {}),
        ("list all versions", "version_history", {}),
        ("read the plan beta launch", "read_plan", {"plan": "beta launch"}),
        ("show me the open tasks", "list_tasks", {}),
        ("start working on task seven", "start_task", {"task": 7}),
        ("mark task three done", "finish_task", {"task": 3}),
        ("I finished task five", "finish_task", {"task": 5}),
        ("finish task fix the login page", "finish_task", {"task": 2}),
        ("what should I work on next", "next_task", {}),
        ("take that back", "undo", {}),
        ("do that again", "redo", {}),
        ("say that again", "repeat", {}),
        ("never mind", "cancel", {}),
        ("be quiet", "stop", {}),
        ("where are we", "status", {}),
        ("stop listening", "mute", {}),
        ("unmute", "wake", {}),
        ("what can I say", "help", {}),
    ],
}

# Free text that no vocabulary can know: scored apart.
NEW_NAMES = {
    "tune": [
        ("create new project voice notes", "create_project", {"name": "voice notes"}),
        ("create a new project called garden club", "create_project", {"name": "garden club"}),
        ("create dev plan offline mode", "create_plan", {"title": "offline mode"}),
        ("add a task write the release notes", "add_task", {"title": "write the release notes"}),
        ("note the customer wants a blue button", "note", {"text": "the customer wants a blue button"}),
    ],
    "test": [
        ("create new project invoice printer", "create_project", {"name": "invoice printer"}),
        ("new project trip diary", "create_project", {"name": "trip diary"}),
        ("make a dev plan called search engine", "create_plan", {"title": "search engine"}),
        ("add task fix the memory leak", "add_task", {"title": "fix the memory leak"}),
        ("take a note that the meeting is on friday", "note", {"text": "the meeting is on friday"}),
    ],
}

# Talk for the agent: nothing of it may be taken for a command.
FREE = {
    "tune": [
        "I wonder whether the new design is really better than the old one",
        "the build takes far too long on my machine",
        "maybe we can ask the customer what they think about it",
        "how would you split this work between two people",
        "the project manager wants to see the numbers before friday",
        "tell me something about the trade offs of a monolith",
        "yesterday I talked to the team about the open questions",
        "the first version should only support one language",
        "what is the best way to test a voice interface",
        "I think the database is the weakest part of the whole thing",
    ],
    "test": [
        "could you explain why the server needs so much memory",
        "we were thinking about moving everything to the cloud",
        "my main worry is that nobody will maintain this later",
        "the users complain that the search is slow in the morning",
        "let me think about that for a moment",
        "it would be nice if the app could work without a network",
        "who is going to write all these tests",
        "please compare the costs of the two approaches",
        "there is a bug somewhere in the way we parse the dates",
        "a good plan leaves room for the things we do not know yet",
    ],
}


def run(*command):
    if command[0] == "sox":
        command = ("sox", "-R", *command[1:])
    subprocess.run(command, check=True, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


# A day's planning from its beginning to its end, in this order.
CONVERSATION = [
    "create new project voice notes", "create dev plan offline mode",
    "users lose their work on the train", "it must keep every note without a network",
    "every device keeps its own copy", "first the storage and then the merge", "try it with two devices",
    "save this plan", "add a task write the migration", "add a task build the storage after task one",
    "add a task test with two devices after task two", "add a task write the release notes",
    "add a task call the customer", "task five depends on task four", "finish task one", "finish task two",
    "what's next", "add to the testing section that we test without a network", "save this plan",
    "compare versions one and two", "undo", "redo", "export the plan as pdf", "export the plan as taskmaster",
]
LATER = "continue where we left off"


def say(text, voice, name):
    """Speaks into the scratch folder, with a tenth of a second of silence around it, and encodes that."""
    with tempfile.NamedTemporaryFile(suffix=".wav") as raw:
        run("flite", "-voice", voice, "-t", text, "-o", raw.name)
        trim = ["silence", "1", "0.01", "0.3%", "reverse"]
        run("sox", raw.name, "-b", "16", "-r", "16000", scratch(name), *trim, *trim, "pad", "0.1", "0.1")
    encode(name)


def scratch(name):
    path = os.path.join(SCRATCH.name, name + ".wav")
    os.makedirs(os.path.dirname(path), exist_ok=True)
    return path


def encode(name):
    run("opusenc", "--quiet", "--bitrate", "24", "--serial", "1", "--discard-comments", scratch(name),
        os.path.join(HERE, name))


def slug(text):
    return "-".join("".join(c for c in word if c.isalnum()) for word in text.lower().split())[:48]


def speak_all(files):
    for kind, table in [("command", COMMANDS), ("new", NEW_NAMES)]:
        for part, rows in table.items():
            for text, intent, slots in rows:
                for voice in VOICES:
                    name = f"{kind}/{slug(text)}.{voice}.opus"
                    say(text, voice, name)
                    files.append(dict(
                        file=name, kind=kind, set=part, text=text, voice=voice, intent=intent, slots=slots, events="^$"))
    for part, sentences in FREE.items():
        for index, text in enumerate(sentences):
            voice = VOICES[index % len(VOICES)]
            name = f"free/{slug(text)}.{voice}.opus"
            say(text, voice, name)
            files.append(dict(
                file=name, kind="free", set=part, text=text, voice=voice, intent="none", slots={}, events="^$"))


def wake_all(files):
    rest = ("create new project voice notes", "create_project", {"name": "voice notes"})
    for voice in VOICES:
        one = f"wake/one-breath.{voice}.opus"
        say("okay planner, " + rest[0], voice, one)
        files.append(dict(
            file=one, kind="wake", set="test", text="okay planner, " + rest[0], voice=voice, intent=rest[1],
            slots=rest[2], events="w^$"))
        alone = f"wake/alone.{voice}.opus"
        say("okay planner", voice, alone)
        files.append(dict(
            file=alone, kind="wake", set="test", text="okay planner", voice=voice, intent="none", slots={}, events="w^$"))
        paused = f"wake/with-a-pause.{voice}.opus"
        command = scratch(f"new/{slug(rest[0])}.{voice}.opus")
        run("sox", scratch(alone), "|sox -n -b 16 -r 16000 -p trim 0 1.0", command, scratch(paused))
        encode(paused)
        files.append(dict(
            file=paused, kind="wake", set="test", text="okay planner … " + rest[0], voice=voice, intent=rest[1],
            slots=rest[2], events="w^$^$"))


def conversation_all(files):
    for number, text in enumerate(CONVERSATION + [LATER], 1):
        name = f"conversation/{number:02}-{slug(text)}.opus"
        say(text, "rms", name)
        files.append(dict(file=name, kind="conversation", set="test", text=text, voice="rms", events="^$"))


def odd_all(files):
    def path(name):
        return os.path.join(HERE, "odd", name)

    def add(name, about, events=""):
        files.append(dict(file="odd/" + name, kind="odd", set="test", about=about, events=events))

    speech = scratch("command/open-project-fintrack.rms.opus")
    wav = ["-b", "16", "-r", "16000", "-c", "1"]
    run("sox", "-n", *wav, path("silence.wav"), "trim", "0", "2")
    add("silence.wav", "two seconds of zeros")
    run("sox", "-n", *wav, path("room.wav"), "synth", "6", "brownnoise", "vol", "0.004", "highpass", "60")
    add("room.wav", "a quiet room")
    run("sox", "-n", *wav, path("white.wav"), "synth", "4", "whitenoise", "vol", "0.02")
    add("white.wav", "a fan")
    run("sox", "-n", *wav, path("clicks.wav"), "synth", "0.004", "whitenoise", "vol", "0.5", "pad", "0", "0.236",
        "repeat", "15")
    add("clicks.wav", "keys, four a second")
    run("sox", speech, path("short.wav"), "trim", "0.35", "0.08")
    add("short.wav", "80 ms of voice", "^x")
    run("sox", speech, path("clipped.wav"), "vol", "20")
    add("clipped.wav", "the same command, clipped", "^$")
    run("sox", speech, "-r", "8000", path("rate-8000.wav"))
    add("rate-8000.wav", "the same command at 8 kHz", "^$")
    run("sox", speech, "-r", "44100", path("rate-44100.wav"))
    add("rate-44100.wav", "the same command at 44.1 kHz", "^$")
    run("sox", speech, "-c", "2", path("stereo.wav"))
    add("stereo.wav", "the same command in stereo", "^$")
    babble(scratch("odd/babble.opus"))
    encode("odd/babble.opus")
    add("babble.opus", "many people far away, for mixing")
    with open(speech, "rb") as source, open(path("truncated.wav"), "wb") as target:
        content = source.read()
        target.write(content[: len(content) * 6 // 10 + 1])
    add("truncated.wav", "the same command, the file cut off in a sample", "^$")
    with open(path("text.wav"), "w") as target:
        target.write("This is not sound.\n")
    add("text.wav", "text")
    with open(path("picture.wav"), "wb") as target:
        target.write(b"\x89PNG\r\n\x1a\n" + bytes(64))
    add("picture.wav", "the beginning of a picture")
    open(path("empty.wav"), "wb").close()
    add("empty.wav", "nothing")
    long = [scratch(f["file"]) for f in files if f["kind"] == "free" and f["voice"] == "rms"]
    run("sox", *(long * 3), *wav, scratch("odd/long.opus"), "trim", "0", "33")
    encode("odd/long.opus")
    add("long.opus", "somebody who does not stop for 33 seconds", "^!")


def babble(target):
    with tempfile.TemporaryDirectory() as folder:
        tracks = []
        for index in range(8):
            track = os.path.join(folder, f"{index}.wav")
            lines = FREE["tune"] if index % 2 else FREE["test"]
            text = ". ".join(lines[index // 2:] + lines[: index // 2])
            with_voice = os.path.join(folder, f"raw{index}.wav")
            run("flite", "-voice", VOICES[index % 4], "-t", text, "-o", with_voice)
            run("sox", with_voice, "-b", "16", "-r", "16000", track, "reverb", "50", "trim", str(1 + index * 0.7), "8")
            tracks.append(track)
        run("sox", "-m", *tracks, target, "norm", "-6")


def main():
    for folder in ["command", "new", "free", "wake", "conversation", "odd"]:
        shutil.rmtree(os.path.join(HERE, folder), ignore_errors=True)
        os.makedirs(os.path.join(HERE, folder))
    files = []
    speak_all(files)
    wake_all(files)
    conversation_all(files)
    odd_all(files)
    with open(os.path.join(HERE, "manifest.json"), "w") as target:
        target.write('{\n"state": ' + json.dumps(STATE) + ',\n"files": [\n')
        target.write(",\n".join(json.dumps(file, ensure_ascii=False) for file in files))
        target.write("\n]\n}\n")
    print(f"{len(files)} files")


if __name__ == "__main__":
    sys.exit(main())
