"""The made programme: complete, readable by the hub, believable, the same every time."""

import io
import os
import subprocess
import sys
import threading
from pathlib import Path

import av
import pymupdf
import pytest
from PIL import Image

from tests.media.test_workers import is_alive
from workbench.demo.cases import all_cases
from workbench.demo.film import captions, script
from workbench.demo.glyphs import GLYPHS
from workbench.demo.programme import make_evidence, make_once
from workbench.hub.programme import ProgrammeFolder, load_programme
from workbench.model.submission import EvidenceKind

KINDS = {EvidenceKind.VIDEO, EvidenceKind.PDF, EvidenceKind.IMAGE, EvidenceKind.TEXT, EvidenceKind.CAPTIONS}


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_once(tmp_path_factory.mktemp("cache"), lambda _done, _of: None)


@pytest.fixture(scope="module")
def programme(made: Path) -> ProgrammeFolder:
    return load_programme(made)


def test_that_the_programme_has_four_offerings_with_rubrics_of_two_three_and_four_levels(
    programme: ProgrammeFolder,
) -> None:
    rubrics = [offering.rubric for offering in programme.offerings]
    counts = {len(criterion.levels) for rubric in rubrics for criterion in rubric.criteria}
    assert len(rubrics) >= 4
    assert counts == {2, 3, 4}
    assert all(3 <= len(rubric.criteria) <= 6 for rubric in rubrics)


def test_that_twelve_submissions_each_have_a_film_with_captions_a_plan_photographs_and_a_reflection(
    programme: ProgrammeFolder,
) -> None:
    assert len(programme.submissions) == 12
    for submission in programme.submissions:
        kinds = [piece.kind for piece in submission.evidence]
        assert set(kinds) == KINDS
        assert submission.evidence[-1].captions_for == 1


def test_that_every_photograph_needs_its_exif_orientation(made: Path) -> None:
    photos = sorted(made.glob("files/*/work-*.jpg"))
    assert len(photos) >= 12
    for path in photos:
        with Image.open(path) as photo:
            assert photo.getexif()[0x0112] in (3, 6, 8)


def test_that_every_plan_has_pages_headings_and_figures(made: Path) -> None:
    for path in made.glob("files/*/plan.pdf"):
        with pymupdf.open(path) as document:
            assert document.page_count >= 3
            assert len(document.get_toc()) >= 5
            assert len(document[1].get_drawings()) > 15


def test_that_every_film_moves_and_sounds_for_twenty_to_forty_seconds(made: Path) -> None:
    for path in made.glob("files/*/video.mp4"):
        with av.open(str(path)) as film:
            assert film.streams.audio
            assert film.duration is not None
            assert 20 <= film.duration / av.time_base <= 40
            pictures = [
                frame.to_ndarray(format="gray") for frame, _ in zip(film.decode(video=0), range(12), strict=False)
            ]
        assert any((picture != pictures[0]).any() for picture in pictures[1:])


def test_that_making_a_submission_again_gives_the_same_bytes(made: Path, tmp_path: Path) -> None:
    case = min(all_cases(), key=lambda case: script(case)[-1].end_s)
    make_evidence([case], tmp_path, lambda _done, _of: None)
    for path in (tmp_path / case.stem).iterdir():
        assert path.read_bytes() == (made / "files" / case.stem / path.name).read_bytes(), path.name


def test_that_a_made_programme_is_not_made_again(made: Path) -> None:
    calls: list[int] = []
    assert make_once(made.parent, lambda done, _of: calls.append(done)) == made
    assert calls == []


def test_that_everything_written_by_hand_has_a_glyph() -> None:
    for case in all_cases():
        written = [case.board.title, *case.board.lines]
        for work in case.work:
            written += [work.heading, work.remark, *work.lines]
        assert set("".join(written)) <= set(GLYPHS), case.id


def test_that_captions_are_webvtt_in_time_order() -> None:
    for case in all_cases():
        lines = io.StringIO(captions(case)).read().split("\n")
        assert lines[0] == "WEBVTT"
        starts = [line.split(" --> ")[0] for line in lines if " --> " in line]
        assert starts == sorted(starts)
        assert len(starts) == len(case.talk)


def test_that_reflections_are_a_few_hundred_words_and_all_different() -> None:
    texts = [case.reflection() for case in all_cases()]
    assert len(set(texts)) == 12
    assert all(200 <= len(text.split()) <= 500 for text in texts)


@pytest.mark.skipif(sys.platform != "linux", reason="looks into /proc")
def test_that_nothing_goes_on_drawing_when_the_demo_is_killed(tmp_path: Path) -> None:
    script = "import sys; from pathlib import Path; from workbench.demo.programme import make_once\n"
    script += "if __name__ == '__main__': make_once(Path(sys.argv[1]), lambda done, _of: print(done, flush=True))"
    (tmp_path / "demo.py").write_text(script)
    environment = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])}
    command = [sys.executable, str(tmp_path / "demo.py"), str(tmp_path / "home")]
    (tmp_path / "home").mkdir()
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environment) as demo:
        assert demo.stdout is not None
        while demo.stdout.readline() != "1\n":
            pass
        found = "".join(file.read_text() for file in Path(f"/proc/{demo.pid}/task").glob("*/children"))
        demo.kill()
    children = [int(child) for child in found.split()]
    assert len(children) >= 2
    while any(is_alive(child) for child in children):
        threading.Event().wait(0.01)
