"""The longest time that the window's thread did not answer, while a person flips, scrubs and zooms."""

import time
from collections.abc import Callable, Iterable, Sequence
from itertools import pairwise
from typing import Any

from scripts.benches import evidence_files as files
from scripts.benches.evidence_desk import Desk, desk
from scripts.benches.evidence_report import Aim, Plan, Row

HAND_MS = 16
TWO_FRAMES_MS = 1000 / 30


def main(_arguments: list[str]) -> int:
    """These rows alone, at full length."""
    from scripts.benches.evidence import run

    return run(ROWS, quick=False)


def blocks(plan: Plan) -> Iterable[Row]:
    """A move every sixteen milliseconds, as a hand on a wheel makes them; the longest block of each run."""
    for act, path, measure in (
        ("flipping 200 pages", files.text_pdf(plan, 200), _flip),
        ("scrubbing a video", files.video(plan, "h264-gop60", 60), _scrub),
        ("zooming a 48-megapixel photo", files.photo(plan), _zoom),
    ):
        with desk(plan.folder) as place:
            longest = measure(place, path, plan.runs(7, 2))
        yield Row(
            act=f"longest block of the window's thread, {act}",
            file=path.name,
            ours=longest,
            rival="a frame: 16 ms",
            kind=Aim.LIMIT,
            aim=round(TWO_FRAMES_MS, 1),
        )


def _flip(place: Desk, path: Any, runs: int) -> list[float]:
    from workbench.model.submission import EvidenceKind
    from workbench.ui.viewers.pdf import PdfViewer

    viewer = place.show(PdfViewer(place.tasks))
    viewer.show_evidence(place.add(path, EvidenceKind.PDF))
    place.until(lambda: viewer.is_ready and viewer.pages.has_picture(0))
    pages = [lambda page=page: viewer.pages.go_to_page(page) for page in range(200)]
    return [_longest_block(place, moves) for moves in ([*pages], [*reversed(pages)]) * ((runs + 1) // 2)]


def _scrub(place: Desk, path: Any, runs: int) -> list[float]:
    from workbench.model.submission import EvidenceKind
    from workbench.player.client import Player
    from workbench.ui.viewers.video import VideoViewer

    player = Player()
    viewer = place.show(VideoViewer(place.tasks, lambda: player))
    viewer.show_evidence(place.add(path, EvidenceKind.VIDEO))
    place.until(lambda: viewer.is_ready)
    there = [lambda ms=ms: viewer.playback.scrub(ms) for ms in range(0, 60_000, 300)]
    rest: list[Callable[[], object]] = [lambda: viewer.playback.end_scrub(30_000), *[lambda: None] * 20]
    found = [_longest_block(place, [*there, *rest]) for _ in range(runs)]
    viewer.clear()
    player.close()
    return found


def _zoom(place: Desk, path: Any, runs: int) -> list[float]:
    from workbench.model.submission import EvidenceKind
    from workbench.ui.viewers.image import ImageViewer

    viewer = place.show(ImageViewer(place.tasks))
    viewer.show_evidence(place.add(path, EvidenceKind.IMAGE))
    place.until(lambda: viewer.is_ready and viewer.stage.has_picture)
    closer = [lambda: viewer.stage.zoom_by(0.25)] * 60
    farther = [lambda: viewer.stage.zoom_by(-0.25)] * 60
    return [_longest_block(place, [*closer, *farther]) for _ in range(runs)]


def _longest_block(place: Desk, moves: Sequence[Callable[[], object]]) -> float:
    """Milliseconds between two ticks of a one-millisecond clock on the window's thread, at the worst."""
    from PySide6.QtCore import Qt, QTimer

    clock = QTimer(interval=1, timerType=Qt.TimerType.PreciseTimer)
    hand = QTimer(interval=HAND_MS, timerType=Qt.TimerType.PreciseTimer)
    ticks = [time.perf_counter()]
    waiting = list(moves)
    clock.timeout.connect(lambda: ticks.append(time.perf_counter()))
    hand.timeout.connect(lambda: waiting.pop(0)() if waiting else None)
    clock.start()
    hand.start()
    place.until(lambda: not waiting)
    hand.stop()
    clock.stop()
    return max(later - sooner for sooner, later in pairwise(ticks)) * 1000 - 1


ROWS = {"window-blocks": blocks}
