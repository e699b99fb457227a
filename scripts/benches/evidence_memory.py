"""Memory of all processes together with an hour of 1080p and a PDF of 500 pages open, over the bare app."""

import os
import sys
import time
from collections.abc import Iterable
from pathlib import Path

from scripts.benches import evidence_files as files
from scripts.benches.evidence_desk import Desk, desk, family, pss_mb
from scripts.benches.evidence_report import Aim, Plan, Row

LIMIT_MB = 450


def main(_arguments: list[str]) -> int:
    """This row alone, at full length."""
    from scripts.benches.evidence import run

    return run(ROWS, quick=False)


def memory(plan: Plan) -> Iterable[Row]:
    """Proportional set size: what is shared counts once. Read after pages were turned and the video was moved in."""
    if sys.platform != "linux":
        return
    video = files.video(plan, "h264-gop60", plan.runs(3600, 300))
    book = files.text_pdf(plan, 500)
    over: list[float] = []
    for _ in range(plan.runs(3, 1)):
        with desk(plan.folder) as place:
            over.extend(_over_the_bare_app(place, video, book, plan.runs(40, 10)))
    yield Row(
        act="memory of all processes over the bare app",
        file=f"{video.name} and {book.name}",
        ours=over,
        rival="",
        kind=Aim.LIMIT,
        aim=LIMIT_MB,
        unit="MB",
    )


def _over_the_bare_app(place: Desk, video: Path, book: Path, turns: int) -> list[float]:
    from workbench.model.submission import EvidenceKind
    from workbench.player.client import Player
    from workbench.ui.viewers.pdf import PdfViewer
    from workbench.ui.viewers.video import VideoViewer

    recording, text = place.add(video, EvidenceKind.VIDEO), place.add(book, EvidenceKind.PDF)
    player = Player()
    reader = place.show(PdfViewer(place.tasks))
    watcher = place.show(VideoViewer(place.tasks, lambda: player))
    bare = pss_mb({os.getpid()})
    found = []
    reader.show_evidence(text)
    watcher.show_evidence(recording)
    place.until(lambda: reader.is_ready and watcher.is_ready)
    for turn in range(turns):
        reader.pages.go_to_page(turn * 11)
        watcher.playback.seek(turn * 70_000 % watcher.playback.duration_ms)
        _wait(place, 0.25)
        found.append(pss_mb(family()) - bare)
    watcher.playback.play()
    for _ in range(10):
        _wait(place, 0.5)
        found.append(pss_mb(family()) - bare)
    watcher.clear()
    reader.clear()
    player.close()
    return found


def _wait(place: Desk, seconds: float) -> None:
    began = time.monotonic()
    place.until(lambda: time.monotonic() - began > seconds)


ROWS = {"memory": memory}
