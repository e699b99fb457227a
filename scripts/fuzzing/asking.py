"""Hands broken files to a real decode worker, as sealed files, and asks what the window would ask."""

import logging
import os
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from scripts.fuzzing.breaking import Broken
from scripts.fuzzing.tally import CRASHED, DECODED, FAILED, REFUSED, TIMED_OUT, WORKERS, Incident, Tally
from workbench.errors import DecoderStoppedError, EvidenceError
from workbench.media import jobs
from workbench.media.client import MediaWorkers
from workbench.model.citation import Box
from workbench.model.submission import EvidenceKind
from workbench.sealed.layout import Header, file_key
from workbench.sealed.reader import SealedFile
from workbench.sealed.writer import SealedWriter

_KEY = bytes(range(32))
_PATIENCE_S = 300.0
_HINTS = {
    "pdf": EvidenceKind.PDF,
    "m4a": EvidenceKind.AUDIO,
    "vtt": EvidenceKind.CAPTIONS,
    "srt": EvidenceKind.CAPTIONS,
}
_PASSWORD = "openpassword"
_LOGGERS = ("workbench.decoding.child", "workbench.media.client", "workbench.decoding.protections")
_CORNER = Box(x=0.0, y=0.0, width=0.5, height=0.5)


def seal(folder: Path, file: Broken) -> Path:
    """The file as the laptop keeps it; returns its path."""
    path = folder / f"{file.number}.sealed"
    with SealedWriter(path, _KEY, str(file.number), len(file.data)) as writer:
        writer.write(file.data)
        writer.finish()
    return path


def open_sealed(path: Path) -> SealedFile:
    """What the window hands on; the caller closes it."""
    descriptor = os.open(path, os.O_RDONLY)
    header = Header.unpack(os.pread(descriptor, 4096, 0))
    return SealedFile(descriptor, file_key(_KEY, header.salt), header.size)


class Ears(logging.Handler):
    """Hears what the desks and the player's line log: why a child ended, and which error nobody foresaw."""

    def __init__(self) -> None:
        super().__init__(logging.INFO)
        self._heard: dict[int, str] = {}
        self._of_the_player = ""
        self.said: list[str] = []
        for logger in map(logging.getLogger, _LOGGERS):
            logger.setLevel(logging.INFO)
            logger.propagate = False
            logger.addHandler(self)

    def leave(self) -> None:
        """Hear no more; the logs go where they went before."""
        for logger in map(logging.getLogger, _LOGGERS):
            logger.setLevel(logging.NOTSET)
            logger.propagate = True
            logger.removeHandler(self)

    def emit(self, record: logging.LogRecord) -> None:
        """Keep the last word of each desk, and the player's."""
        words = record.args if isinstance(record.args, tuple) else ()
        last = str(words[-1]) if words else record.getMessage()
        if (record.threadName or "").startswith("player"):
            self._of_the_player = last
        else:
            self._heard[record.thread or 0] = last
        if record.levelno >= logging.ERROR:
            self.said.append(record.getMessage())

    def take(self, thread: int) -> str:
        """What a thread said last, once."""
        return self._heard.pop(thread, "")

    def take_of_the_player(self) -> str:
        """What ended the player last, once; empty when it was ended for its silence."""
        said, self._of_the_player = self._of_the_player, ""
        return said


class Asker(threading.Thread):
    """One thread with one worker: takes files until there are none. `hand_on` gets recordings, sealed."""

    def __init__(
        self, files: Iterator[Broken], folder: Path, tally: Tally, ears: Ears, hand_on: Callable[[Broken, Path], None]
    ) -> None:
        super().__init__(name="asker")
        self._files = files
        self._folder = folder
        self._tally = tally
        self._ears = ears
        self._hand_on = hand_on
        self.is_through = True
        """False after the end: it was this tool that failed."""
        before = set(threading.enumerate())
        self.crew = MediaWorkers(1)
        self.crew.start()
        self._desk = next(thread.ident or 0 for thread in threading.enumerate() if thread not in before)

    def run(self) -> None:
        """Ask about every file."""
        try:
            for file in self._files:
                self.is_through = False
                path = seal(self._folder, file)
                source = open_sealed(path)
                try:
                    outcome, is_recording = self._ask_all(file, source)
                finally:
                    source.close()
                self._tally.count(WORKERS, file, outcome)
                if is_recording:
                    self._hand_on(file, path)
                else:
                    path.unlink()
                self.is_through = True
        finally:
            self.crew.close()

    def _ask_all(self, file: Broken, source: SealedFile) -> tuple[str, bool]:
        outcome, inspection = self._ask(file, jobs.Inspect(_HINTS.get(file.seed.ending)), source)
        if not isinstance(inspection, jobs.Inspection):
            return outcome, file.seed.group == "recording"
        kind, reason = inspection.kind, inspection.facts.reason
        if reason and reason != jobs.PASSWORD_NEEDED:
            self._tally.refuse(file, reason)
            outcomes = [REFUSED]
        else:
            outcomes = [self._ask(file, job, source)[0] for job in questions(inspection)]
        worst = next((each for each in (FAILED, CRASHED, TIMED_OUT, DECODED) if each in outcomes), REFUSED)
        return worst, kind in (EvidenceKind.VIDEO, EvidenceKind.AUDIO)

    def _ask(self, file: Broken, job: "jobs.Job[Any]", source: SealedFile) -> tuple[str, Any]:
        self._ears.take(self._desk)
        name = type(job).__name__
        self._tally.ask()
        try:
            answer = self.crew.submit(job, source).result(_PATIENCE_S)
        except DecoderStoppedError as stop:
            hung = "too long" in stop.happened
            self._note(file, name, TIMED_OUT if hung else CRASHED, self._ears.take(self._desk) or stop.happened)
            return (TIMED_OUT if hung else CRASHED), None
        except EvidenceError as refusal:
            detail = self._ears.take(self._desk)
            surprise = "" if detail in ("", "known reason") else f"{file.seed.ending} {name}: {detail}"
            self._tally.refuse(file, refusal.happened, surprise)
            return REFUSED, None
        except Exception as bug:
            self._note(file, name, FAILED, type(bug).__name__)
            return FAILED, None
        _release(answer)
        return DECODED, answer

    def _note(self, file: Broken, job: str, outcome: str, reason: str) -> None:
        library = file.seed.library
        self._tally.add(Incident(file.number, WORKERS, file.seed.name, file.done, job, outcome, reason, library))


def questions(found: jobs.Inspection) -> "list[jobs.Job[Any]]":
    """What the window asks of a file that it shows, after it was inspected."""
    match found.kind:
        case EvidenceKind.PDF:
            return _of_a_pdf(found)
        case EvidenceKind.IMAGE:
            part = Box(x=0.25, y=0.25, width=0.5, height=0.5)
            return [
                jobs.Thumbnail(256, 256),
                jobs.RenderImage(800, 600),
                jobs.RenderImage(800, 600, rotation=90, clip=part, page=1 if (found.facts.pages or 1) > 1 else 0),
                jobs.RenderImage(400, 300, brightness=30, contrast=-20),
                jobs.LookOver(),
            ]
        case EvidenceKind.VIDEO | EvidenceKind.AUDIO:
            return _of_a_recording(found)
        case EvidenceKind.CAPTIONS:
            return [jobs.ReadCaptions()]
        case EvidenceKind.TEXT:
            return [jobs.ReadText(), *([jobs.ReadPicture(0, 400, 400)] if "office" in found.facts.media_type else [])]
    return []


def _of_a_pdf(found: jobs.Inspection) -> "list[jobs.Job[Any]]":
    last = max(0, (found.facts.pages or 1) - 1)
    word = _PASSWORD if found.facts.reason else ""
    return [
        jobs.Thumbnail(256, 256),
        jobs.PageSizes(password=word),
        jobs.RenderPage(0, 800, password=word),
        jobs.RenderPage(last, 600, clip=_CORNER, rotation=90, password=word),
        jobs.ReadPage(0, password=word),
        jobs.FindText("the", 0, min(last, 20), password=word),
        jobs.ReadOutline(password=word),
        jobs.LookOver(password=word),
    ]


def _of_a_recording(found: jobs.Inspection) -> "list[jobs.Job[Any]]":
    length_ms = found.facts.duration_ms or 1000
    sound: list[jobs.Job[Any]] = [jobs.ReadWaveform(0, min(length_ms, 60_000), 200), jobs.ReadTracks(), jobs.LookOver()]
    if found.kind is EvidenceKind.AUDIO:
        return sound
    return [
        jobs.Thumbnail(256, 256),
        jobs.VideoFrame(length_ms // 2, 640, 480),
        jobs.FilmPictures((0, 500, 1000, 2000, 5000, 10_000), 60),
        jobs.FilmPictures((0, length_ms // 3, length_ms), 60),
        *sound,
    ]


def _release(answer: object) -> None:
    for picture in answer if isinstance(answer, tuple) else (answer,):
        if isinstance(picture, jobs.Picture):
            picture.release()
