"""`workbench evidence facts` as a person runs it: every file is answered, facts are true, likenesses are named."""

import json
from pathlib import Path
from typing import Any

import cv2

from tests.cli.console import Console
from tests.media import making_facts


def facts(console: Console, *files: Path) -> list[dict[str, Any]]:
    said = console.run("evidence", "facts", "--json", *files)
    assert (said.code, said.err) == (0, "")
    rows = [json.loads(line) for line in said.out.splitlines()]
    assert [row["file"] for row in rows] == [str(file) for file in files]
    return rows


def test_that_every_file_is_answered_with_its_facts_or_a_reason(console: Console, tmp_path: Path) -> None:
    clip = making_facts.make_lesson(tmp_path / "clip.mp4", [("moving", 3), ("black", 3), ("moving", 2)], sound=False)
    plan = making_facts.make_pages(tmp_path / "plan.pdf", ["First. Page", ""])
    words = tmp_path / "words.md"
    words.write_text("# Words\n", "utf-8")
    video, pdf, text, missing = facts(console, clip, plan, words, tmp_path / "not-there.mp4")
    assert [each["kind"] for each in video["findings"]] == ["no_sound", "black"]
    assert abs(video["findings"][1]["start_ms"] - 3_000) <= 1_000
    assert abs(video["duration_ms"] - 8_000) < 200
    assert (pdf["pages"], [(each["kind"], each["page"]) for each in pdf["findings"]]) == (2, [("blank", 2)])
    assert (text["ok"], text["findings"]) == (True, [])
    assert (missing["ok"], missing["reason"]) == (False, "There is no such file.")


def test_that_copies_among_the_files_are_named_and_others_are_not(console: Console, tmp_path: Path) -> None:
    board = making_facts.scene(3)
    one = making_facts.make_image(tmp_path / "one.jpg", board)
    same = tmp_path / "same.jpg"
    same.write_bytes(one.read_bytes())
    small = making_facts.make_image(tmp_path / "small.jpg", cv2.resize(board, (500, 333)), quality=50)
    other = making_facts.make_image(tmp_path / "other.jpg", making_facts.scene(4))
    first, _, third, last = facts(console, one, same, small, other)
    alike = [(Path(each["file"]).name, each["same_bytes"], each["pictures"]) for each in first["alike"]]
    assert alike == [("same.jpg", True, 0), ("small.jpg", False, 1)]
    assert len(third["alike"]) == 2
    assert last["alike"] == []


def test_that_facts_read_as_sentences_without_json(console: Console, tmp_path: Path) -> None:
    said = console.run("evidence", "facts", making_facts.make_pages(tmp_path / "plan.pdf", ["Some. Words", ""]))
    assert (said.code, said.err) == (0, "")
    assert said.out.endswith("plan.pdf: page 2 blank\n")
