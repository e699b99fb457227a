"""`workbench evidence` as a person runs it: real processes, real files, and some that nobody should have to open."""

import os
import shutil
import sys
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image

from tests.cli.console import Console, Said
from tests.media.making import (
    make_bomb,
    make_clip,
    make_laughing_pdf,
    make_pdf,
    make_photo,
    make_sound,
    mend_needed,
    turn_clip,
)
from workbench.cli.given_files import readable_name
from workbench.cli.inspecting import inspections
from workbench.media.client import MediaWorkers
from workbench.media.jobs import Picture
from workbench.media.png import write_png
from workbench.model.submission import EvidenceKind

KEYS = [
    "file",
    "kind",
    "ok",
    "reason",
    "media_type",
    "pages",
    "duration_ms",
    "width",
    "height",
    "rotation",
    "has_audio",
    "captions",
]
CAPTIONS = "WEBVTT\n\n00:00.000 --> 00:02.000\nWhat do you notice?\n"
posix = pytest.mark.skipif(sys.platform == "win32", reason="only POSIX has pipes and devices that have a name")


def inspected(console: Console, *files: str | Path) -> list[dict[str, object]]:
    said = console.run("evidence", "inspect", "--json", *files)
    assert (said.code, said.err) == (0, "")
    rows = Said(0, f"[{','.join(said.out.splitlines())}]", "").json
    assert [row["file"] for row in rows] == [str(file) for file in files]
    assert all(list(row)[: len(KEYS)] == KEYS and row["ok"] == (row["reason"] == "") for row in rows)
    return list(rows)


def rendered(console: Console, file: Path, out: Path, *more: str) -> Image.Image:
    said = console.run("evidence", "render", file, "--out", out, *more)
    assert (said.code, said.err) == (0, "")
    return Image.open(BytesIO(out.read_bytes()), formats=("PNG",))


def refused(console: Console, file: Path, out: Path, *more: str) -> str:
    before = out.read_bytes() if out.is_file() else None
    said = console.run("evidence", "render", file, "--out", out, *more)
    assert (said.code, said.out) == (1, "")
    assert "Traceback" not in said.err
    assert (out.read_bytes() if out.is_file() else None) == before
    assert not list(out.parent.glob(".workbench-*"))
    return said.err


def is_red(pixel: object) -> bool:
    assert isinstance(pixel, tuple)
    return bool(pixel[0] > 180 and pixel[1] < 70 and pixel[2] < 70)


def test_that_each_file_gets_one_line_with_its_facts_in_the_order_given(console: Console, tmp_path: Path) -> None:
    clip, quiet = make_clip(tmp_path / "clip.mp4"), make_clip(tmp_path / "turned.mp4", sound=False)
    sound, plan, photo = make_sound(tmp_path / "a.m4a"), make_pdf(tmp_path / "p.pdf"), make_photo(tmp_path / "p.jpg", 6)
    words, cues = tmp_path / "levels.csv", tmp_path / "clip.vtt"
    words.write_text("criterion,level\nA,3\n", "utf-8")
    cues.write_text(CAPTIONS, "utf-8")
    video, turned, audio, pdf, image, text, vtt = inspected(
        console, clip, turn_clip(quiet), sound, plan, photo, words, cues
    )
    assert (video["kind"], video["width"], video["height"], video["has_audio"]) == ("video", 320, 180, True)
    assert (turned["width"], turned["height"], turned["rotation"], turned["has_audio"]) == (180, 320, 90, False)
    assert (audio["kind"], audio["has_audio"], audio["width"], audio["rotation"]) == ("audio", True, None, None)
    assert (pdf["kind"], pdf["pages"], pdf["media_type"], pdf["captions"]) == ("pdf", 3, "application/pdf", None)
    assert (image["kind"], image["width"], image["height"], image["rotation"]) == ("image", 400, 600, 90)
    assert (text["kind"], text["media_type"]) == ("text", "text/csv")
    assert (vtt["kind"], vtt["media_type"], vtt["captions"], vtt["duration_ms"]) == ("text", "text/vtt", True, 2000)


def test_that_what_cannot_be_shown_is_answered_with_the_reason_and_exit_code_0(
    console: Console, tmp_path: Path
) -> None:
    (tmp_path / "empty.mp4").touch()
    (tmp_path / "login.pdf").write_text("<html><body>Please sign in</body></html>", "utf-8")
    with (tmp_path / "sparse.pdf").open("wb") as sparse:
        sparse.write(b"%PDF-1.7\n")
        sparse.truncate(2 * 1024**3)
    bomb = make_bomb(tmp_path / "bomb.png")
    wrong = make_photo(tmp_path / "photo.jpg").rename(tmp_path / "plan.pdf")
    files = [tmp_path / "empty.mp4", tmp_path / "login.pdf", tmp_path / "sparse.pdf", bomb, wrong]
    rows = inspected(console, *files, tmp_path, tmp_path / "nowhere.pdf", "")
    assert [(row["kind"], row["reason"]) for row in rows] == [
        ("unsupported", "The file is empty."),
        ("unsupported", "This is a web page, not a PDF."),
        ("pdf", "This PDF is larger than 400 MB."),
        ("image", "The image is too large to be shown safely."),
        ("image", ""),
        ("unsupported", "This is a folder, not a file."),
        ("unsupported", "There is no such file."),
        ("unsupported", "There is no such file."),
    ]


@posix
def test_that_what_is_no_file_is_never_waited_for(console: Console, tmp_path: Path) -> None:
    pipe, circle = tmp_path / "clip.mp4", tmp_path / "circle"
    os.mkfifo(pipe)
    circle.symlink_to(circle)
    rows = inspected(console, pipe, circle, "/dev/zero", tmp_path / ("x" * 300))
    assert [row["reason"] for row in rows] == [
        "This is a pipe, not a file.",
        "This link leads in a circle.",
        "This is a device, not a file.",
        "The name is too long for a file.",
    ]
    assert "This is a pipe, not a file." in refused(console, pipe, tmp_path / "out.png")


@pytest.mark.skipif(sys.platform != "linux", reason="other systems refuse names that are no text")
def test_that_a_name_that_is_no_text_comes_back_byte_by_byte_and_harms_no_terminal(
    console: Console, tmp_path: Path
) -> None:
    name = os.fsdecode(b"na\xffme \x1b[31m\n.jpg")
    make_photo(tmp_path / "photo.jpg").rename(tmp_path / name)
    (row,) = inspected(console, tmp_path / name)
    assert os.fsencode(str(row["file"])) == os.fsencode(tmp_path / name)
    said = console.run("evidence", "inspect", tmp_path / name)
    assert said.code == 0
    assert said.out.count("\n") == 1
    assert r"na\xffme \x1b[31m\n.jpg  image" in said.out


def test_that_a_name_with_a_nul_is_a_reason_and_no_crash() -> None:
    workers = MediaWorkers(1)
    try:
        (answer,) = inspections(workers, ["a\0b.pdf"])
    finally:
        workers.close()
    assert answer.facts.reason == "No file can have this name."
    assert readable_name("a\0b.pdf") == r"a\x00b.pdf"


def test_that_a_file_that_never_ends_is_given_up_and_still_called_what_it_is(tmp_path: Path) -> None:
    files = [make_laughing_pdf(tmp_path / "laughing.pdf"), make_photo(tmp_path / "photo.jpg")]
    workers = MediaWorkers(1, time_limit_s=1.5)
    try:
        laughing, photo = inspections(workers, map(str, files))
    finally:
        workers.close()
    assert (laughing.kind, laughing.facts.media_type) == (EvidenceKind.PDF, "application/pdf")
    assert laughing.facts.reason == "This file takes too long to read, so it is not shown."
    assert photo.facts.reason == ""


def test_that_a_pdf_that_could_be_repaired_is_shown_and_says_so(console: Console, tmp_path: Path) -> None:
    torn, cut = mend_needed(make_pdf(tmp_path / "torn.pdf")), tmp_path / "cut.pdf"
    cut.write_bytes(make_pdf(tmp_path / "plan.pdf").read_bytes()[:200])
    mended, lost = inspected(console, torn, cut)
    assert (mended["ok"], mended["pages"]) == (True, 3)
    assert "repaired" in str(mended["note"])
    assert (lost["ok"], lost["kind"], lost["reason"]) == (False, "pdf", "The file ends early.")
    assert "note" not in lost
    said = console.run("evidence", "render", torn, "--out", tmp_path / "out.png")
    assert "page 1 of 3, 1600 × 2134 pixels. This PDF was damaged and has been repaired" in said.out


def test_that_without_json_a_table_is_printed(console: Console, tmp_path: Path) -> None:
    make_pdf(tmp_path / "plan.pdf", 1)
    said = console.run("evidence", "inspect", tmp_path / "plan.pdf", tmp_path / "no.pdf")
    assert said.code == 0
    assert [line.split(maxsplit=2) for line in said.out.splitlines()] == [
        [str(tmp_path / "plan.pdf"), "pdf", "1 page, application/pdf"],
        [str(tmp_path / "no.pdf"), "unsupported", "There is no such file."],
    ]


def test_that_pages_count_from_1(console: Console, tmp_path: Path) -> None:
    shutil.copy(make_pdf(tmp_path / "plan.pdf"), tmp_path / "copy.pdf")
    picture = rendered(console, tmp_path / "plan.pdf", tmp_path / "out.png", "--page", "3", "--width", "300")
    assert picture.size == (300, 400)
    assert is_red(picture.getpixel((70, 100)))
    assert picture.getpixel((290, 20)) == (255, 255, 255)
    for page in ("0", "4", "-1"):
        said = refused(console, tmp_path / "plan.pdf", tmp_path / "out.png", "--page", page)
        assert f"There is no page {page}: the pages of this PDF count from 1 to 3." in said
    assert (tmp_path / "plan.pdf").read_bytes() == (tmp_path / "copy.pdf").read_bytes()


def test_that_a_moment_of_a_video_is_drawn_upright_and_never_enlarged(console: Console, tmp_path: Path) -> None:
    clip, out = turn_clip(make_clip(tmp_path / "clip.mp4")), tmp_path / "out.png"
    assert rendered(console, clip, out, "--width", "90").size == (90, 160)
    late = rendered(console, clip, out, "--at-ms", "1900", "--width", "8000")
    assert late.size == (180, 320)
    # Turned a quarter clockwise, the upper left quarter lies at the upper right.
    assert is_red(late.getpixel((150, 40)))
    assert "This recording runs from 0 to " in refused(console, clip, out, "--at-ms", "9000")


@pytest.mark.parametrize(
    ("name", "option", "sentence"),
    [
        ("a.m4a", (), "This is a sound recording: there is no picture of it."),
        ("p.jpg", ("--page", "1"), "Only a PDF has pages."),
        ("p.pdf", ("--at-ms", "0"), "Only a recording has a time."),
        ("no.pdf", (), "There is no such file."),
    ],
)
def test_that_a_picture_that_does_not_exist_is_refused_in_sentences(
    console: Console, tmp_path: Path, name: str, option: tuple[str, ...], sentence: str
) -> None:
    make_sound(tmp_path / "a.m4a")
    make_photo(tmp_path / "p.jpg")
    make_pdf(tmp_path / "p.pdf")
    said = refused(console, tmp_path / name, tmp_path / "out.png", *option)
    assert f"{tmp_path / name}: {sentence} No picture was written." in said


def test_that_a_picture_never_takes_the_place_of_the_evidence_a_folder_or_a_pipe(
    console: Console, tmp_path: Path
) -> None:
    photo = make_photo(tmp_path / "photo.jpg")
    assert "this is the evidence itself" in refused(console, photo, photo)
    assert "not a file" in refused(console, photo, tmp_path)
    assert "there is no such folder" in refused(console, photo, tmp_path / "no" / "out.png")
    if sys.platform != "win32":
        os.mkfifo(tmp_path / "pipe")
        (tmp_path / "link.png").symlink_to(photo)
        assert "not a file" in refused(console, photo, tmp_path / "pipe")
        assert "this is the evidence itself" in refused(console, photo, tmp_path / "link.png")


def test_that_half_transparent_pixels_keep_their_colour_in_the_png() -> None:
    pixels = memoryview(bytes((0, 0, 128, 128, 0, 0, 0, 0)))
    stream = BytesIO()
    write_png(Picture(2, 1, 8, pixels, lambda: None), stream)
    image = Image.open(stream)
    assert [image.getpixel((x, 0)) for x in (0, 1)] == [(255, 0, 0, 128), (0, 0, 0, 0)]


def test_that_every_file_of_the_shared_evidence_is_drawn_or_refused(console: Console, shared_evidence: Path) -> None:
    rows = {Path(str(row["file"])).name: row for row in inspected(console, *sorted(shared_evidence.iterdir()))}
    refusals = {name: row["reason"] for name, row in rows.items() if not row["ok"]}
    assert refusals == {
        "corrupted.heic": "The image is damaged and cannot be shown.",
        "decompression-bomb.png": "The image is too large to be shown safely.",
        "html-login-page-saved-as.pdf": "This is a web page, not a PDF.",
        "password-protected.pdf": "This PDF asks for a password.",
        "truncated-no-moov.mp4": "The file ends early.",
        "truncated.pdf": "The file ends early.",
    }
    assert rows["textbook-117-pages.pdf"]["pages"] == 117
    assert (rows["phone-rotated-90.mov"]["width"], rows["phone-rotated-90.mov"]["height"]) == (720, 1280)
    assert rows["phone-rotated-90.mov"]["media_type"] == "video/quicktime"
