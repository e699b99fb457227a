"""The main loop of a decode worker: one file and one question at a time, until the window closes the pipe."""

import dataclasses
import os
from multiprocessing.connection import Connection
from typing import TYPE_CHECKING, Any

from workbench.decoding import inside
from workbench.decoding.pixels import take
from workbench.errors import EvidenceError, PasswordNeededError

if TYPE_CHECKING:
    from workbench.decoding.frames import Raster
    from workbench.media.answers import Answer, Answers
    from workbench.media.drawing import Drawing
    from workbench.media.jobs import Job

MEMORY_LIMIT = 4 * 1024**3
DESCRIPTOR_LIMIT = 64
_NICENESS = 2
_AHEAD = ("cryptography.hazmat.primitives.ciphers.aead", "pymupdf", "PIL.Image", "av", "pillow_heif")


def main(commands: Connection, answers: Connection) -> None:
    """Entry of the process."""
    inside.confine(memory_bytes=MEMORY_LIMIT, descriptors=DESCRIPTOR_LIMIT)
    _stand_back()
    from workbench.media.answers import Answers

    inside.say_ready(answers, ready=True)
    _load_decoders(commands)
    book = Answers()
    while True:
        try:
            job, limit_s = commands.recv()
            source = inside.receive_source(commands)
        except (EOFError, OSError):
            return
        inside.say(answers, begun=True)
        with inside.last_resort(limit_s + 2):
            try:
                _answer(book, job, source, commands, answers)
            finally:
                source.close()


def _stand_back() -> None:
    """Let the window go first: with two workers busy on two cores it would wait for its turn, and stutter."""
    if hasattr(os, "nice"):
        os.nice(_NICENESS)


def _load_decoders(commands: Connection) -> None:
    """Import what the first job will need while there is none yet."""
    from importlib import import_module

    for name in _AHEAD:
        if commands.poll():
            return
        import_module(name)


def _answer(book: "Answers", job: "Job[Any]", source: Any, commands: Connection, answers: Connection) -> None:
    try:
        _send(book.answer(job, source), commands, answers)
    except EvidenceError as refusal:
        reason = [refusal.happened, refusal.safe, refusal.do]
        inside.say(answers, refused=reason, asks_password=isinstance(refusal, PasswordNeededError))
    except MemoryError:
        inside.say(answers, refused=["The file needs more memory than one file may take.", "", ""])
    except Exception as error:
        # Decoders raise whatever they like on damaged files; one bad file must not end the worker.
        inside.say(answers, refused=["The file is damaged and cannot be shown.", "", ""], detail=type(error).__name__)


def _send(answer: "Answer", commands: Connection, answers: Connection) -> None:
    from workbench.decoding.frames import Raster
    from workbench.media.drawing import Drawing

    if dataclasses.is_dataclass(answer):
        inside.say(answers, result=_plain(answer))
        return
    pictures = [item for item in answer if isinstance(item, Raster | Drawing)]
    if pictures:
        _send_pictures(pictures, commands, answers)
    else:
        inside.say(answers, result=_plain(answer))


def _plain(value: object) -> object:
    """What JSON takes. Rows of numbers pass as they are, which the thorough `asdict` would copy one by one."""
    if dataclasses.is_dataclass(value):
        return {part.name: _plain(getattr(value, part.name)) for part in dataclasses.fields(value)}
    if isinstance(value, tuple) and value and dataclasses.is_dataclass(value[0]):
        return [_plain(item) for item in value]
    return value


def _send_pictures(pictures: "list[Raster | Drawing]", commands: Connection, answers: Connection) -> None:
    inside.say(answers, room=sum(picture.width * picture.height * 4 for picture in pictures))
    block = take(commands)
    try:
        places = _fill(block.view, pictures)
    finally:
        block.close()
    inside.say(answers, result=places)


def _fill(room: memoryview, pictures: "list[Raster | Drawing]") -> list[dict[str, int]]:
    from workbench.media.drawing import Drawing

    offset, places = 0, []
    for picture in pictures:
        size = picture.width * picture.height * 4
        with room[offset : offset + size] as place:
            if isinstance(picture, Drawing):
                picture.paint(place)
            else:
                place[:] = picture.data
        places.append({"width": picture.width, "height": picture.height, "offset": offset, "at_ms": picture.at_ms})
        offset += size
    return places
