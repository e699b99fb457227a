"""Caption files as people's tools write them, and as people who mean harm do."""

from pathlib import Path

import pytest

from tests.media.conftest import Ask
from workbench.errors import EvidenceError
from workbench.media.jobs import Cue, ReadCaptions

TWO = "1\n00:00:01,000 --> 00:00:02,000\n<i>Grüße</i> & Co\n\n2\n00:00:03,000 --> 00:00:04,000\nzwei\nZeilen\n"
CUES = (
    Cue(start_ms=1000, end_ms=2000, text="Grüße & Co"),
    Cue(start_ms=3000, end_ms=4000, text="zwei\nZeilen"),
)


def read(ask: Ask, folder: Path, content: str | bytes) -> tuple[Cue, ...]:
    path = folder / "captions.srt"
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return tuple(ask(path, ReadCaptions()))


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp1252", "latin-1"]
)
def test_that_captions_are_read_in_whatever_encoding(ask: Ask, tmp_path: Path, encoding: str) -> None:
    assert read(ask, tmp_path, TWO.encode(encoding)) == CUES


@pytest.mark.parametrize(
    "content",
    [
        TWO.replace("\n", "\r\n"),
        TWO.replace("\n", "\r"),
        TWO.replace("\n\n", "\n"),
        TWO.replace("\n\n", "\n \t\n\n\n"),
        TWO.replace("1\n", "", 1),
        TWO.replace(",000", ",0"),
        TWO.replace(",000", ""),
        TWO.replace(" --> ", "-->"),
        TWO.replace("2,000\n", "2,000 X1:10 X2:20\n"),
        "WEBVTT - of a lesson\n\nNOTE\nnothing\n\n" + TWO.replace(",", "."),
    ],
)
def test_that_what_other_tools_write_a_little_wrong_is_read_all_the_same(
    ask: Ask, tmp_path: Path, content: str
) -> None:
    assert read(ask, tmp_path, content) == CUES


def test_that_cues_come_in_time_order_and_may_overlap(ask: Ask, tmp_path: Path) -> None:
    content = "00:00:05,000 --> 00:00:09,000\nb\n\n00:00:01,000 --> 00:00:08,000\na\n"
    assert [(cue.start_ms, cue.text) for cue in read(ask, tmp_path, content)] == [(1000, "a"), (5000, "b")]


def test_that_cues_that_end_before_they_begin_or_after_all_time_are_left_out(ask: Ask, tmp_path: Path) -> None:
    senseless = "00:00:05,000 --> 00:00:03,000\nback\n\n999:59:59,999 --> 999:99:99,999\nfar\n\n"
    assert read(ask, tmp_path, senseless + TWO) == CUES


@pytest.mark.parametrize(
    "tail",
    [b"\n" * 2_000_000, b" " * 2_000_000, b"\n  " * 600_000, b"<a" * 900_000, b"{\\" * 900_000, b"&#x" * 600_000],
    ids=["lines", "spaces", "both", "tags", "styles", "entities"],
)
def test_that_hostile_fillings_take_no_time(ask: Ask, tmp_path: Path, tail: bytes) -> None:
    cues = read(ask, tmp_path, b"00:00:01,000 --> 00:00:02,000\nx" + tail)
    assert [(cue.start_ms, cue.text[:1]) for cue in cues] == [(1000, "x")]
    assert len(cues[0].text) <= 2000


def test_that_too_many_cues_are_refused(ask: Ask, tmp_path: Path) -> None:
    with pytest.raises(EvidenceError, match="more than 50,000"):
        read(ask, tmp_path, b"00:00:01,000 --> 00:00:02,000\nx\n\n" * 50_001)
