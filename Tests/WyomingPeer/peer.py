"""The Wyoming library itself, as the other end of the tests.

peer.py asr|tts URI [OPTION...]   serves, and writes what it hears as JSON lines
peer.py satellite URI FILE.wav [OPTION...]
                                  is a satellite, and sends the file for each line it reads
peer.py ask URI COMMAND...        asks, one request after the other on one connection

Commands of ask: describe, ping=TEXT, transcribe=FILE.wav, speak=TEXT, stream=TEXT, handle=TEXT.
Options: streaming, fail, silent, garbage, close, empty, stereo; of a satellite always (sends all the time and leaves
the wake word to Aloud), deaf (never answers a ping), dumb (has no speaker).
"""

import asyncio
import json
import sys
import wave

from wyoming.asr import Transcribe, Transcript, TranscriptChunk, TranscriptStart, TranscriptStop
from wyoming.audio import AudioChunk, AudioStart, AudioStop
from wyoming.client import AsyncClient
from wyoming.error import Error
from wyoming.event import Event
from wyoming.handle import Handled, HandledChunk, HandledStart, HandledStop, NotHandled
from wyoming.info import (
    AsrModel,
    AsrProgram,
    Attribution,
    Describe,
    Info,
    Satellite,
    TtsProgram,
    TtsVoice,
)
from wyoming.ping import Ping, Pong
from wyoming.pipeline import PipelineStage, RunPipeline
from wyoming.satellite import PauseSatellite, RunSatellite
from wyoming.server import AsyncEventHandler, AsyncServer
from wyoming.snd import Played
from wyoming.tts import (
    Synthesize,
    SynthesizeChunk,
    SynthesizeStart,
    SynthesizeStop,
    SynthesizeStopped,
)
from wyoming.wake import Detection

OURS = Attribution(name="test", url="")


def tell(**facts):
    print(json.dumps(facts), flush=True)


class Ears(AsyncEventHandler):
    """Says how much it heard, in the words of a command."""

    def __init__(self, reader, writer, options):
        super().__init__(reader, writer)
        self.options = options
        self.heard = b""
        self.wish = None

    async def handle_event(self, event: Event) -> bool:
        if Describe.is_type(event.type):
            model = AsrModel(
                name="tiny", attribution=OURS, installed=True, description=None, version=None, languages=["en"]
            )
            program = AsrProgram(
                name="ears", attribution=OURS, installed=True, description="ears", version="1", models=[model]
            )
            await self.write_event(Info(asr=[] if "empty" in self.options else [program]).event())
        elif Transcribe.is_type(event.type):
            self.wish = Transcribe.from_event(event)
        elif AudioStart.is_type(event.type):
            self.heard = b""
            if "fail" in self.options:
                await self.write_event(Error(text="the model is not loaded", code="no-model").event())
            if "close" in self.options:
                return False
        elif AudioChunk.is_type(event.type):
            self.heard += AudioChunk.from_event(event).audio
        elif AudioStop.is_type(event.type):
            tell(heard=len(self.heard), language=self.wish.language, name=self.wish.name)
            await self.answer()
        return True

    async def answer(self):
        text = "create new project night train"
        if "silent" in self.options:
            return
        if "garbage" in self.options:
            self.writer.write(b"HTTP/1.1 200 OK\r\n\r\n")
            await self.writer.drain()
            return
        if "streaming" in self.options:
            await self.write_event(TranscriptStart(language="en").event())
            for word in text.split(" "):
                await self.write_event(TranscriptChunk(text=word + " ").event())
        if "pieces" not in self.options:
            await self.write_event(Transcript(text=text).event())
        if "streaming" in self.options:
            await self.write_event(TranscriptStop().event())


class Voice(AsyncEventHandler):
    """Sounds for a tenth of a second for each character."""

    def __init__(self, reader, writer, options):
        super().__init__(reader, writer)
        self.options = options
        self.streaming = False

    async def handle_event(self, event: Event) -> bool:
        if Describe.is_type(event.type):
            voice = TtsVoice(
                name="sky", attribution=OURS, installed=True, description=None, version=None, languages=["en"]
            )
            program = TtsProgram(
                name="voice",
                attribution=OURS,
                installed=True,
                description="voice",
                version="1",
                voices=[voice],
                supports_synthesize_streaming="streaming" in self.options,
            )
            await self.write_event(Info(tts=[program]).event())
        elif Synthesize.is_type(event.type):
            if not self.streaming:
                wish = Synthesize.from_event(event)
                tell(text=wish.text, voice=wish.voice.name if wish.voice else None, streamed=False)
                await self.sound(wish.text)
        elif SynthesizeStart.is_type(event.type):
            self.streaming = True
        elif SynthesizeChunk.is_type(event.type):
            text = SynthesizeChunk.from_event(event).text
            tell(text=text, streamed=True)
            await self.sound(text[: len(text) // 2])
            await self.sound(text[len(text) // 2 :])
        elif SynthesizeStop.is_type(event.type):
            self.streaming = False
            await self.write_event(SynthesizeStopped().event())
        return True

    async def sound(self, text):
        if "fail" in self.options:
            await self.write_event(Error(text="the voice is hoarse").event())
            return
        if "silent" in self.options:
            return
        rate, width, channels = 22050, 2, 2 if "stereo" in self.options else 1
        await self.write_event(AudioStart(rate=rate, width=width, channels=channels).event())
        for _ in text:
            audio = b"\x00\x10" * (rate // 10) * channels
            await self.write_event(AudioChunk(rate=rate, width=width, channels=channels, audio=audio).event())
        await self.write_event(AudioStop().event())


class Room(AsyncEventHandler):
    """A satellite: told to, it is woken and sends what it hears, as fast as it is heard."""

    current = None

    def __init__(self, reader, writer, options):
        super().__init__(reader, writer)
        self.file, *self.options = options
        self.streaming = None
        self.played = 0.0
        self.is_running = False

    async def handle_event(self, event: Event) -> bool:
        if Describe.is_type(event.type):
            satellite = Satellite(
                name="room", attribution=OURS, installed=True, description=None, version=None, area="kitchen"
            )
            await self.write_event(Info(satellite=None if "empty" in self.options else satellite).event())
        elif Ping.is_type(event.type):
            if "deaf" not in self.options:
                await self.write_event(Pong(text=Ping.from_event(event).text).event())
        elif RunSatellite.is_type(event.type):
            self.is_running = True
            Room.current = self
            tell(event=event.type)
        elif AudioStart.is_type(event.type):
            self.played = 0.0
        elif AudioChunk.is_type(event.type):
            chunk = AudioChunk.from_event(event)
            self.played += len(chunk.audio) / chunk.width / chunk.channels / chunk.rate
        elif AudioStop.is_type(event.type):
            tell(event="spoken", seconds=round(self.played, 2))
            await self.write_event(Played().event())
        else:
            tell(event=event.type, text=event.data.get("text"))
            stops = Transcript.is_type(event.type) or Error.is_type(event.type) or PauseSatellite.is_type(event.type)
            if stops and self.streaming and "always" not in self.options:
                self.streaming.cancel()
        return True

    async def disconnect(self):
        if self.streaming:
            self.streaming.cancel()

    async def wake(self):
        if self.streaming:
            self.streaming.cancel()
        self.streaming = asyncio.create_task(self.send())

    async def send(self):
        always = "always" in self.options
        if not always:
            await self.write_event(Detection(name="okay_nabu").event())
        await self.write_event(
            RunPipeline(
                start_stage=PipelineStage.WAKE if always else PipelineStage.ASR,
                end_stage=PipelineStage.HANDLE if "dumb" in self.options else PipelineStage.TTS,
                restart_on_end=always,
            ).event()
        )
        with wave.open(self.file, "rb") as sound:
            rate, width, channels = sound.getframerate(), sound.getsampwidth(), sound.getnchannels()
            while True:
                audio = sound.readframes(rate // 20) or bytes(rate // 20 * width * channels)
                await self.write_event(AudioChunk(rate=rate, width=width, channels=channels, audio=audio).event())
                await asyncio.sleep(0.05)


async def wake_for_each_line():
    reader = asyncio.StreamReader()
    await asyncio.get_running_loop().connect_read_pipe(lambda: asyncio.StreamReaderProtocol(reader), sys.stdin)
    while await reader.readline():
        if Room.current:
            await Room.current.wake()


async def serve(kind, uri, options):
    server = AsyncServer.from_uri(uri)
    await server.start(lambda reader, writer: kind(reader, writer, options))
    tell(ready=True)
    if kind is Room:
        await wake_for_each_line()
    await asyncio.Event().wait()


async def ask(uri, commands):
    async with AsyncClient.from_uri(uri) as client:
        for command in commands:
            name, _, value = command.partition("=")
            answer = await asyncio.wait_for(REQUESTS[name](client, value), 60)
            tell(**{name: answer})


async def expect(client, *types):
    while True:
        event = await client.read_event()
        if event is None:
            raise EOFError("the connection was closed")
        if Error.is_type(event.type):
            return Error.from_event(event)
        for wanted in types:
            if wanted.is_type(event.type):
                return wanted.from_event(event)


async def describe(client, _):
    await client.write_event(Describe().event())
    info = await expect(client, Info)
    return {
        "asr": [model.name for program in info.asr for model in program.models],
        "tts": [voice.name for program in info.tts for voice in program.voices],
        "handle": [model.languages for program in info.handle for model in program.models],
        "streams": [program.supports_synthesize_streaming for program in info.tts],
        "installed": all(program.installed for program in [*info.asr, *info.tts, *info.handle]),
    }


async def ping(client, text):
    await client.write_event(Ping(text=text).event())
    return (await expect(client, Pong)).text


async def transcribe(client, path):
    with wave.open(path, "rb") as sound:
        shape = {"rate": sound.getframerate(), "width": sound.getsampwidth(), "channels": sound.getnchannels()}
        await client.write_event(Transcribe(language="en").event())
        await client.write_event(AudioStart(**shape).event())
        while audio := sound.readframes(1024):
            await client.write_event(AudioChunk(**shape, audio=audio).event())
        await client.write_event(AudioStop().event())
    return (await expect(client, Transcript)).text


async def gather(client, *ends):
    """The seconds of the sounds up to the first event of `ends`, and how many there were."""
    seconds, sounds = 0.0, 0
    while True:
        got = await expect(client, AudioStart, AudioChunk, AudioStop, *ends)
        if isinstance(got, AudioChunk):
            seconds += len(got.audio) / got.width / got.channels / got.rate
        elif isinstance(got, AudioStop):
            sounds += 1
        if isinstance(got, tuple(ends)):
            return {"seconds": round(seconds, 2), "sounds": sounds}


async def speak(client, text):
    await client.write_event(Synthesize(text=text).event())
    return await gather(client, AudioStop)


async def stream(client, text):
    await client.write_event(SynthesizeStart().event())
    for character in text:
        await client.write_event(SynthesizeChunk(text=character).event())
    await client.write_event(Synthesize(text=text).event())
    await client.write_event(SynthesizeStop().event())
    return await gather(client, SynthesizeStopped)


async def handle(client, text):
    await client.write_event(Transcript(text=text, language="en", context={"id": 7}).event())
    pieces = ""
    got = await expect(client, HandledStart, NotHandled)
    if isinstance(got, HandledStart):
        while isinstance(piece := await expect(client, HandledChunk, Handled, NotHandled), HandledChunk):
            pieces += piece.text
        got = piece
        await expect(client, HandledStop)
        assert pieces == got.text, pieces
    return {"type": type(got).__name__, "text": got.text, "context": getattr(got, "context", None)}


REQUESTS = {
    "describe": describe,
    "ping": ping,
    "transcribe": transcribe,
    "speak": speak,
    "stream": stream,
    "handle": handle,
}


def main():
    mode, uri, *rest = sys.argv[1:]
    if mode == "ask":
        asyncio.run(ask(uri, rest))
    else:
        asyncio.run(serve({"asr": Ears, "tts": Voice, "satellite": Room}[mode], uri, rest))


if __name__ == "__main__":
    main()
