"""The real decode workers and the real player work while they are locked in."""

import os
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from tests.media.making import make_clip, make_pdf, make_photo
from workbench.decoding import protections, sandbox, sandbox_calls, sandbox_files
from workbench.media.client import MediaWorkers
from workbench.media.jobs import FilmPictures, Inspect, ReadText, RenderImage, RenderPage, Thumbnail, VideoFrame
from workbench.player.client import Player
from workbench.sealed.reader import PlainFile

pytestmark = pytest.mark.skipif(
    sandbox_files.landlock_version() < 3 or sandbox_calls.processor() is None,
    reason="this kernel has no sandbox to offer",
)


def locks_of(pid: int) -> dict[str, str]:
    """What the kernel says of a process's locks."""
    lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    return {name: value.strip() for name, _, value in (line.partition(":") for line in lines)}


@pytest.fixture
def crew() -> Iterator[MediaWorkers]:
    """One real worker."""
    crew = MediaWorkers(1)
    yield crew
    crew.close()


def test_that_a_locked_worker_reads_every_kind(crew: MediaWorkers, tmp_path: Path) -> None:
    text = tmp_path / "text.md"
    text.write_text("# Words")
    files = {
        make_pdf(tmp_path / "plan.pdf"): (RenderPage(0, 200), Thumbnail(64, 64)),
        make_photo(tmp_path / "photo.jpg"): (RenderImage(200, 200),),
        make_photo(tmp_path / "photo.webp"): (RenderImage(200, 200),),
        make_photo(tmp_path / "photo.tiff"): (RenderImage(200, 200),),
        make_clip(tmp_path / "clip.mp4"): (VideoFrame(500, 200, 200), FilmPictures((0, 500, 1000), 40)),
        text: (ReadText(),),
    }
    for path, questions in files.items():
        source = PlainFile(os.open(path, os.O_RDONLY))
        assert crew.submit(Inspect(), source).result().facts.reason == ""
        for question in questions:
            assert crew.submit(question, source).result()
        source.close()
    (pid,) = crew.worker_pids()
    assert (locks_of(pid)["Seccomp"], locks_of(pid)["NoNewPrivs"]) == ("2", "1")
    assert set(protections.lacking()["media-desk"]) <= {sandbox.SOCKETS}


def test_that_a_locked_player_plays(qtbot: QtBot, tmp_path: Path) -> None:
    player = Player()
    places: list[int] = []
    player.position_changed.connect(places.append)
    try:
        source = PlainFile(os.open(make_clip(tmp_path / "clip.mp4"), os.O_RDONLY))
        with qtbot.waitSignal(player.frame_arrived, timeout=20_000):
            player.open(source)
        source.close()
        player.play()
        qtbot.waitUntil(lambda: places[-1:] > [400], timeout=20_000)
        locks = locks_of(player.pid)
        assert (locks["Seccomp"], locks["NoNewPrivs"]) == ("2", "1")
        assert set(protections.lacking()["player"]) <= {sandbox.SOCKETS}
    finally:
        player.close()


@pytest.mark.skipif(sys.platform != "linux", reason="looks into /proc")
def test_that_even_threads_that_a_decoder_starts_are_locked(crew: MediaWorkers, tmp_path: Path) -> None:
    source = PlainFile(os.open(make_clip(tmp_path / "clip.mp4"), os.O_RDONLY))
    crew.submit(VideoFrame(500, 200, 200), source).result().release()
    source.close()
    (pid,) = crew.worker_pids()
    threads = [status.read_text() for status in Path(f"/proc/{pid}/task").glob("*/status")]
    assert len(threads) > 1
    assert all("Seccomp:\t2" in status for status in threads)
