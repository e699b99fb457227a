"""Exact seeks in 1080p of four kinds: ours from the sealed file, beside PyAV in this process and mpv."""

import random
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Any

from scripts.benches import evidence_files as files
from scripts.benches.evidence_desk import desk
from scripts.benches.evidence_mpv import has_mpv, mpv
from scripts.benches.evidence_playing import VIEW, playing
from scripts.benches.evidence_report import Plan, Row

_ACT = "video seek to the exact frame, 1080p"


def main(_arguments: list[str]) -> int:
    """These rows alone, at full length."""
    from scripts.benches.evidence import run

    return run(ROWS, quick=False)


def seeks(plan: Plan) -> Iterable[Row]:
    """The same places in the same order for everybody, one after the other in turn."""
    from workbench.model.submission import EvidenceKind

    for codec in files.CODECS:
        path = files.video(plan, codec, 60)
        chance = random.Random(5)
        places = [chance.randrange(500, 59_000) for _ in range(plan.runs(60, 12))]
        ours: list[float] = []
        alone: list[float] = []
        others: list[float] = []
        with desk(plan.folder) as place, place.sealed(place.add(path, EvidenceKind.VIDEO)) as source:
            with playing(place, source) as ourselves, _decoder(path) as decoder:
                for at_ms in places:
                    ours.append(ourselves.frame_after(partial(ourselves.player.seek, at_ms)))
                    alone.append(decoder.seek(at_ms))
            if has_mpv():
                with mpv(path) as other:
                    others = [other.seek(at_ms / 1000) for at_ms in places]
        yield Row(act=_ACT, file=path.name, ours=ours, rival="PyAV alone", theirs=alone, aim=1.3)
        name = "mpv" if has_mpv() else "mpv: not installed"
        yield Row(act=_ACT, file=path.name, ours=ours, rival=name, theirs=others, aim=1.0)


class _Decoder:
    """PyAV with all it can do: threads, and a picture of the same size at the end."""

    def __init__(self, container: Any) -> None:
        self._container = container
        self._stream = container.streams.video[0]
        self._stream.thread_type = "AUTO"

    def seek(self, at_ms: int) -> float:
        """Milliseconds to the pixels of the frame on screen at this time."""
        began = time.perf_counter()
        target = int(at_ms / 1000 / self._stream.time_base) + (self._stream.start_time or 0)
        shown, back = None, 0
        while shown is None:
            shown = self._before(target, max(0, target - back))
            back += int(2 / self._stream.time_base)
        bytes(shown.reformat(width=VIEW[0], height=VIEW[1], format="bgra").planes[0])
        return (time.perf_counter() - began) * 1000

    def _before(self, target: int, start: int) -> Any:
        """The last frame up to `target`; None when the first that can be decoded from `start` comes later."""
        self._container.seek(start, stream=self._stream, backward=True)
        shown = None
        for frame in self._container.decode(self._stream):
            if frame.pts > target:
                break
            shown = frame
        return shown


@contextmanager
def _decoder(path: Path) -> Iterator[_Decoder]:
    import av

    with av.open(str(path)) as container:
        yield _Decoder(container)


ROWS = {"video-seek": seeks}
