"""The main loop of a decode worker: one file and one question at a time, until the window closes the pipe."""

import dataclasses
from multiprocessing.connection import Connection
from typing import TYPE_CHECKING, Any

from workbench.decoding import inside
from workbench.decoding.pixels import take
from workbench.errors import EvidenceError

if TYPE_CHECKING:
    from workbench.decoding.frames import Raster
    from workbench.media.answers import Answer, Answers
    from workbench.media.jobs import Job

MEMORY_LIMIT = 4 * 1024**3
DESCRIPTOR_LIMIT = 64
_AHEAD = ("cryptography.hazmat.primitives.ciphers.aead", "pymupdf", "PIL.Image", "av", "pillow_heif")


def main(commands: Connection, answers: Connection) -> None:
    """Entry of the process."""
    inside.confine(memory_bytes=MEMORY_LIMIT, descriptors=DESCRIPTOR_LIMIT)
    from workbench.media.answers import Answers

    inside.say(answers, ready=True)
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


def _load_decoders(commands: Connection) -> None:
    """Import what the first job will need while there is none yet."""
    from importlib import import_module

    for name in _AHEAD:
        if commands.poll():
            return
        import_module(name)


def _answer(book: "Answers", job: "Job[Any]", source: Any, commands: Connection, answers: Connection) -> None:
    try:
        answer = book.answer(job, source)
    except EvidenceError as refusal:
        inside.say(answers, refused=[refusal.happened, refusal.safe, refusal.do])
    except MemoryError:
        inside.say(answers, refused=["The file needs more memory than one file may take.", "", ""])
    except Exception as error:
        # Decoders raise whatever they like on damaged files; one bad file must not end the worker.
        inside.say(answers, refused=["The file is damaged and cannot be shown.", "", ""], detail=type(error).__name__)
    else:
        _send(answer, commands, answers)


def _send(answer: "Answer", commands: Connection, answers: Connection) -> None:
    from workbench.decoding.frames import Raster

    if dataclasses.is_dataclass(answer):
        inside.say(answers, result=dataclasses.asdict(answer))
        return
    rasters = [item for item in answer if isinstance(item, Raster)]
    if rasters:
        _send_pictures(rasters, commands, answers)
    else:
        inside.say(answers, result=[dataclasses.asdict(item) for item in answer])


def _send_pictures(rasters: "list[Raster]", commands: Connection, answers: Connection) -> None:
    inside.say(answers, room=sum(len(raster.data) for raster in rasters))
    block = take(commands)
    offset, places = 0, []
    for raster in rasters:
        block.view[offset : offset + len(raster.data)] = raster.data
        places.append({"width": raster.width, "height": raster.height, "offset": offset, "at_ms": raster.at_ms})
        offset += len(raster.data)
    block.close()
    inside.say(answers, result=places)
