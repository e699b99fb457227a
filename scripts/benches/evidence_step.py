"""Single frames forward and back, beside QMediaPlayer.setPosition in this process."""

import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path

from scripts.benches import evidence_files as files
from scripts.benches.evidence_desk import Desk, desk
from scripts.benches.evidence_playing import playing
from scripts.benches.evidence_report import Aim, Plan, Row

FRAME_MS = 1000 / 30
_START_MS = 20_000
_PATIENCE_S = 2.0


def main(_arguments: list[str]) -> int:
    """These rows alone, at full length."""
    from scripts.benches.evidence import run

    return run(ROWS, quick=False)


def steps(plan: Plan) -> Iterable[Row]:
    """So many steps one way, as many back, at the pace of a held key; the rival is moved by the length of a frame."""
    from workbench.model.submission import EvidenceKind

    path = files.video(plan, "h264-gop60", 60)
    count = plan.runs(60, 15)
    ours: dict[int, list[float]] = {1: [], -1: []}
    theirs: dict[int, list[float]] = {1: [], -1: []}
    with desk(plan.folder) as place, place.sealed(place.add(path, EvidenceKind.VIDEO)) as source:
        with playing(place, source) as ourselves:
            ourselves.frame_after(lambda: ourselves.player.seek(_START_MS))
            for way in (1, -1):
                step = partial(ourselves.frame_after, partial(ourselves.player.step, way))
                ours[way] = [_as_a_held_key(step) for _ in range(count)]
        with _qt_player(place, path) as other:
            for way in (1, -1):
                theirs[way] = [_as_a_held_key(partial(other.move, way * FRAME_MS)) for _ in range(count)]
    for way, name in ((1, "forward"), (-1, "back")):
        yield Row(
            act=f"frame step {name}, key held",
            file=path.name,
            ours=ours[way],
            rival="QMediaPlayer.setPosition",
            theirs=theirs[way],
            kind=Aim.FASTER,
            aim=10,
        )


def _as_a_held_key(step: Callable[[], float]) -> float:
    """One step, and what is left of the time in which a key that is held repeats."""
    began = time.perf_counter()
    took_ms = step()
    time.sleep(max(0.0, FRAME_MS / 1000 - (time.perf_counter() - began)))
    return took_ms


class _QtPlayer:
    def __init__(self, place: Desk, path: Path) -> None:
        from PySide6.QtCore import QUrl
        from PySide6.QtMultimedia import QMediaPlayer, QVideoSink

        self._place = place
        self._frames = 0
        self._sink = QVideoSink()
        self._sink.videoFrameChanged.connect(self._on_frame)
        self.player = QMediaPlayer()
        self.player.setVideoSink(self._sink)
        self.player.setSource(QUrl.fromLocalFile(str(path)))
        self.player.pause()
        place.until(lambda: self._frames)
        self._at_ms = float(_START_MS)
        self.move(0)

    def move(self, by_ms: float) -> float:
        """Milliseconds to the next frame; those that never come count as the patience we had."""
        self._at_ms += by_ms
        before, began = self._frames, time.perf_counter()
        self.player.setPosition(round(self._at_ms))
        self._place.until(lambda: self._frames > before or time.perf_counter() - began > _PATIENCE_S)
        return (time.perf_counter() - began) * 1000

    def _on_frame(self, _frame: object) -> None:
        self._frames += 1


@contextmanager
def _qt_player(place: Desk, path: Path) -> Iterator[_QtPlayer]:
    made = _QtPlayer(place, path)
    try:
        yield made
    finally:
        made.player.stop()


ROWS = {"video-step": steps}
