"""A strip of a hundred pictures from ten minutes of 1080p, beside ffmpeg that skips all but key frames."""

import subprocess
import time
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from scripts.benches import evidence_files as files
from scripts.benches.evidence_desk import Desk, desk
from scripts.benches.evidence_report import Aim, Plan, Row

PICTURES = 100
BATCH = 10
HEIGHT = 108


def main(_arguments: list[str]) -> int:
    """These rows alone, at full length."""
    from scripts.benches.evidence import run

    return run(ROWS, quick=False)


def strip(plan: Plan) -> Iterable[Row]:
    """Ten pictures at a time, the first ten over the whole length, as the timeline asks for them."""
    from workbench.media.jobs import Recognise
    from workbench.model.submission import EvidenceKind

    length_s = plan.runs(600, 120)
    path = files.video(plan, "h264-gop60", length_s)
    first: list[float] = []
    ours: list[float] = []
    theirs: list[float] = []
    with desk(plan.folder) as place:
        for _ in range(plan.runs(5, 2)):
            with place.sealed(place.add(path, EvidenceKind.VIDEO)) as source:
                place.workers.submit(Recognise(), source).result()
                ten, whole = _ours(place, source, length_s * 1000)
                first.append(ten)
                ours.append(whole)
            theirs.append(_ffmpeg(path, length_s))
    yield Row(
        act="100-picture filmstrip",
        file=path.name,
        ours=ours,
        rival="ffmpeg -skip_frame nokey",
        theirs=theirs,
        aim=0.9,
    )
    yield Row(act="the first ten pictures of it", file=path.name, ours=first, rival="", kind=Aim.LIMIT, aim=1000)


def _ours(place: Desk, source: Any, length_ms: int) -> tuple[float, float]:
    """Milliseconds to the first ten and to all."""
    from workbench.media.jobs import FilmPictures

    places = [length_ms * number // PICTURES for number in range(PICTURES)]
    coarse = places[:: PICTURES // BATCH]
    fine = [at_ms for at_ms in places if at_ms not in coarse]
    batches = [coarse, *(fine[start : start + BATCH] for start in range(0, len(fine), BATCH))]
    began = time.perf_counter()
    first = 0.0
    for batch in batches:
        for picture in place.workers.submit(FilmPictures(tuple(batch), HEIGHT), source).result():
            picture.release()
        first = first or (time.perf_counter() - began) * 1000
    return first, (time.perf_counter() - began) * 1000


def _ffmpeg(path: Path, length_s: int) -> float:
    wanted = f"fps={PICTURES}/{length_s},scale=-2:{HEIGHT}"
    options = ("-hide_banner", "-loglevel", "error", "-skip_frame", "nokey", "-i", str(path), "-an", "-vf", wanted)
    began = time.perf_counter()
    subprocess.run(["ffmpeg", *options, "-pix_fmt", "bgra", "-f", "rawvideo", "-y", "/dev/null"], check=True)
    return (time.perf_counter() - began) * 1000


ROWS = {"video-strip": strip}
