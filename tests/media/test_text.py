from pathlib import Path

import pytest

from tests.media.conftest import Ask
from workbench.errors import EvidenceError
from workbench.media.jobs import Cue, Inspect, ReadCaptions, ReadText
from workbench.model.submission import EvidenceKind

WORDS = "Schülerinnen überlegten – laut.\nZweite Zeile"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp1252"])
def test_that_a_text_is_read_whatever_encoding_it_came_in(ask: Ask, tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "reflection.txt"
    path.write_bytes(WORDS.replace("\n", "\r\n").encode(encoding))
    assert ask(path, ReadText()).text == WORDS
    inspection = ask(path, Inspect())
    assert (inspection.kind, inspection.facts.words) == (EvidenceKind.TEXT, 6)


@pytest.mark.parametrize(("text", "expected"), [("# Title\n\nBody", True), ("- a\n\n**b** c", True), (WORDS, False)])
def test_that_markdown_is_told_from_plain_text(ask: Ask, tmp_path: Path, text: str, expected: bool) -> None:
    path = tmp_path / "reflection"
    path.write_text(text, "utf-8")
    assert ask(path, ReadText()).is_markdown is expected


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "The file is empty."),
        (b"PK\x03\x04rest", "packed format"),
        (b"\x7fELF\x02\x01", "This is a program"),
        (b"<svg xmlns='x'><script/></svg>", "SVG"),
        (bytes(range(256)) * 20, "no kind that can be shown"),
    ],
)
def test_that_what_cannot_be_shown_is_refused_with_its_name(ask: Ask, tmp_path: Path, data: bytes, reason: str) -> None:
    path = tmp_path / "reflection.txt"
    path.write_bytes(data)
    inspection = ask(path, Inspect(EvidenceKind.TEXT))
    assert inspection.kind is EvidenceKind.UNSUPPORTED
    assert reason in inspection.facts.reason
    assert inspection.facts.reason.endswith(".")


def test_that_webvtt_becomes_cues_without_markup(ask: Ask, tmp_path: Path) -> None:
    path = tmp_path / "captions.vtt"
    path.write_text(
        "\ufeffWEBVTT - a title\n\nNOTE not shown\n\nSTYLE\n::cue { color: red }\n\n"
        "second\n00:00:03.000 --> 00:01:04.500 align:start\n<v Teacher>Why &amp; <i>how</i>?\nTell me.\n\n"
        "00:01.000 --> 00:02.250\nHello\n\n00:05.000 --> 00:04.000\nbackwards\n",
        "utf-8",
    )
    assert ask(path, ReadCaptions()) == (
        Cue(start_ms=1000, end_ms=2250, text="Hello"),
        Cue(start_ms=3000, end_ms=64_500, text="Why & how?\nTell me."),
    )
    assert ask(path, Inspect()).kind is EvidenceKind.CAPTIONS


def test_that_subrip_becomes_cues(ask: Ask, tmp_path: Path) -> None:
    path = tmp_path / "captions.srt"
    path.write_bytes("1\r\n00:00:01,000 --> 00:00:02,000\r\n{\\an8}Olá\r\n\r\n".encode("cp1252"))
    assert ask(path, ReadCaptions()) == (Cue(start_ms=1000, end_ms=2000, text="Olá"),)
    assert ask(path, Inspect()).facts.media_type == "application/x-subrip"


def test_that_a_text_without_captions_is_refused_as_captions(ask: Ask, tmp_path: Path) -> None:
    path = tmp_path / "captions.vtt"
    path.write_text("No times here")
    with pytest.raises(EvidenceError, match="no captions"):
        ask(path, ReadCaptions())


def test_that_lines_and_runs_that_no_window_can_lay_out_are_broken_and_lose_nothing(ask: Ask, tmp_path: Path) -> None:
    path = tmp_path / "reflection.md"
    for text in ("[" * 1_500_000, "a word " * 100_000, f"{'x' * 999} " * 500):
        path.write_text(text, "utf-8")
        shown = ask(path, ReadText()).text
        assert max(map(len, shown.split("\n"))) <= 10_000
        assert shown.replace("\n", "") == text


@pytest.mark.parametrize(
    ("text", "reason"), [("word " * 500_000, "2,000,000 characters"), ("x\n" * 100_000, "100,000 lines")]
)
def test_that_a_text_too_long_to_lay_out_is_refused(ask: Ask, tmp_path: Path, text: str, reason: str) -> None:
    path = tmp_path / "reflection.txt"
    path.write_text(text, "utf-8")
    assert reason in ask(path, Inspect()).facts.reason


@pytest.mark.parametrize("piece", ["[", "[a](", "**a", "__a", "{\\"])
def test_that_marks_that_never_close_cost_no_time(ask: Ask, tmp_path: Path, piece: str) -> None:
    path = tmp_path / "talk.vtt"
    path.write_text("WEBVTT\n\n00:00:00.000 --> 00:00:01.000\n" + piece * 400_000, "utf-8")
    assert len(ask(path, ReadCaptions())) == 1
    path.write_text(piece * 400_000, "utf-8")
    assert not ask(path, ReadText()).is_markdown


def test_that_a_caption_of_the_year_three_thousand_is_left_out(ask: Ask, tmp_path: Path) -> None:
    path = tmp_path / "talk.vtt"
    path.write_text(f"WEBVTT\n\n{'9' * 30}:00:00.000 --> {'9' * 31}:00:00.000\nhello\n")
    assert ask(path, ReadCaptions()) == ()
