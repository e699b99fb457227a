"""Texts whose lines are rows, read by a real worker."""

from pathlib import Path

import pytest

from tests.media.conftest import Ask
from workbench.media.jobs import Inspect, ReadText
from workbench.model.submission import EvidenceKind

ROWS = [["Pupil", "Score", "Said"], ["Amina", "3", "ja"], ["Zoë", "4", "nein"]]


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_that_a_table_is_read_with_any_delimiter_in_any_encoding(
    ask: Ask, tmp_path: Path, delimiter: str, encoding: str
) -> None:
    path = tmp_path / "scores.dat"
    path.write_bytes("\r\n".join(map(delimiter.join, ROWS)).encode(encoding))
    document = ask(path, ReadText())
    assert document.is_table
    assert document.has_header
    assert document.text == "\n".join(map("\t".join, ROWS))
    assert ask(path, Inspect()).kind is EvidenceKind.TEXT
    assert ask(path, Inspect()).facts.media_type == "text/csv"


def test_that_quoted_line_ends_ragged_rows_and_formulas_stay_words(ask: Ask, tmp_path: Path) -> None:
    path = tmp_path / "scores.csv"
    path.write_text('a,b,c\n"one\ntwo","say ""hi""",=HYPERLINK("x")\nshort\n1,2,3\n1,2,3,4\n')
    document = ask(path, ReadText())
    lines = ["a\tb\tc", 'one\u2028two\tsay "hi"\t=HYPERLINK("x")', "short", "1\t2\t3", "1\t2\t3\t4"]
    assert document.text.split("\n") == lines


@pytest.mark.parametrize(
    "text",
    [
        "Dear all, this is a letter.\nWe met, and we spoke.\nThen, at last, home.\n",
        "Look, a bird\nSee, it flies\nOh, it lands\n",
        "Teacher: why?\nPupil: because.\n",
        "one\ntwo\nthree\n",
        "Only one line, with a comma",
        "# Title\n\na,b\n1,2\n",
    ],
)
def test_that_sentences_with_commas_are_no_table(ask: Ask, tmp_path: Path, text: str) -> None:
    path = tmp_path / "reflection.csv"
    path.write_text(text)
    assert not ask(path, ReadText()).is_table


def test_that_a_table_drawn_in_markdown_stays_markdown(ask: Ask, tmp_path: Path) -> None:
    path = tmp_path / "reflection.md"
    path.write_text("| a | b |\n|---|---|\n| 1 | 2 |\n")
    document = ask(path, ReadText())
    assert (document.is_markdown, document.is_table) == (True, False)


def test_that_a_table_without_names_has_no_header(ask: Ask, tmp_path: Path) -> None:
    path = tmp_path / "scores.csv"
    path.write_text("1,2\n3,4\n")
    assert not ask(path, ReadText()).has_header


def test_that_a_huge_field_is_kept_and_a_huge_table_is_cut_and_says_so(ask: Ask, tmp_path: Path) -> None:
    path = tmp_path / "scores.csv"
    path.write_text("a,b\n1," + "x" * 1_000_000 + "\n2,3\n")
    assert len(ask(path, ReadText()).text) > 1_000_000
    path.write_text("a,b\n" + "1,2\n" * 250_000)
    document = ask(path, ReadText())
    assert document.text.count("\n") == 199_999
    assert "first 200,000 rows" in document.note
    path.write_text(",".join(map(str, range(2000))) + "\n" + ",".join(["1"] * 2000) + "\n")
    document = ask(path, ReadText())
    assert document.text.split("\n")[0].count("\t") == 499
    assert "500 columns" in document.note


@pytest.mark.parametrize("piece", ['"', '",', '"\n', ",\n", ";,|\t", '""",'])
def test_that_quotes_that_never_close_cost_no_time(ask: Ask, tmp_path: Path, piece: str) -> None:
    path = tmp_path / "scores.csv"
    path.write_text("a,b\n1,2\n" + piece * 200_000)
    reason = ask(path, Inspect()).facts.reason
    assert "stopped" not in reason
    assert "too long" not in reason


def test_that_signs_joined_without_end_are_parted_and_lose_nothing(ask: Ask, tmp_path: Path) -> None:
    path = tmp_path / "reflection.txt"
    for text in ("👩\u200d" * 5000, "a" + "\u0301" * 5000, "\u200d" * 5000):
        path.write_text(text, "utf-8")
        shown = ask(path, ReadText()).text
        assert shown.replace("\n", "") == text
        assert max(map(len, shown.split("\n"))) <= 50
    path.write_text("👩\u200d👩\u200d👧\u200d👦 family", "utf-8")
    assert ask(path, ReadText()).text == "👩\u200d👩\u200d👧\u200d👦 family"
