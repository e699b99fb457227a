"""Offering files: what is read is what was written, and a refusal names file, place and rule."""

import json
from pathlib import Path
from typing import Any

import pytest

from tests.rubrics.rubric_samples import criterion, offering
from workbench.errors import DataError
from workbench.rubrics.offering_file import dump_offering, load_offering


@pytest.fixture
def content() -> dict[str, Any]:
    found: dict[str, Any] = json.loads(dump_offering(offering(criterion("plan"), criterion("talk"))))
    return found


def refusal(folder: Path, text: str) -> DataError:
    file = folder / "questioning.json"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(DataError) as caught:
        load_offering(file)
    assert caught.value.file == "questioning.json"
    assert "questioning.json" in str(caught.value)
    return caught.value


def test_that_an_offering_comes_back_as_it_was_written(tmp_path: Path) -> None:
    written = offering(criterion("plan"), criterion("talk", ("1", "2", "3", "4"), "3"))
    (tmp_path / "o.json").write_text(dump_offering(written), encoding="utf-8")
    assert load_offering(tmp_path / "o.json") == written


def test_that_an_unknown_required_level_is_named_with_the_levels_there_are(
    tmp_path: Path, content: dict[str, Any]
) -> None:
    content["rubric"]["criteria"][1]["required_level"] = "excellent"
    error = refusal(tmp_path, json.dumps(content))
    assert error.place == "$.rubric.criteria[1].required_level"
    assert "“excellent” is not a level of this criterion" in error.rule
    assert "“demonstrated”" in error.rule


@pytest.mark.parametrize(
    ("change", "place"),
    [
        (lambda offer: offer.update(format=2), "$.format"),
        (lambda offer: offer.update(titel="Questioning"), "$"),
        (lambda offer: offer.pop("title"), "$"),
        (lambda offer: offer.update(version="1"), "$.version"),
        (lambda offer: offer["rubric"].update(criteria=[]), "$.rubric.criteria"),
        (lambda offer: offer["rubric"]["criteria"][0]["levels"].pop(), None),
        (lambda offer: offer["rubric"]["criteria"][0].update(levels=[]), "$.rubric.criteria[0].levels"),
        (lambda offer: offer["rubric"]["criteria"][1].update(id="plan"), "$.rubric.criteria[1].id"),
        (lambda offer: offer["rubric"]["criteria"][0]["levels"][1].update(id="not-met"), None),
        (lambda offer: [one.pop("required_level") for one in offer["rubric"]["criteria"]], "$.rubric.criteria"),
        (lambda offer: offer["policy"].update(citation_required="sometimes"), "$.policy.citation_required"),
        (lambda offer: offer["policy"].update(holidays=["Friday"]), "$.policy.holidays[0]"),
        (lambda offer: offer["policy"].update(double_score_fraction=2), "$.policy.double_score_fraction"),
    ],
)
def test_that_a_broken_rule_is_refused_at_its_place(
    tmp_path: Path, content: dict[str, Any], change: Any, place: str | None
) -> None:
    change(content)
    error = refusal(tmp_path, json.dumps(content))
    assert place is None or error.place == place
    assert error.rule


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("", "line 1, column 1"),
        ('{"format" 1}', "line 1, column 11"),
        ('{"format": 1, "format": 1}', "the start"),
        ('{"format": NaN}', "the start"),
        ("[" * 100_000, "the start"),
        ("[]", "$"),
    ],
)
def test_that_what_is_not_an_offering_is_refused(tmp_path: Path, text: str, place: str) -> None:
    assert refusal(tmp_path, text).place == place


def test_that_a_missing_file_and_another_encoding_are_named(tmp_path: Path) -> None:
    with pytest.raises(DataError, match="the file is missing"):
        load_offering(tmp_path / "nowhere.json")
    (tmp_path / "latin.json").write_bytes('{"title": "é"}'.encode("latin-1"))
    with pytest.raises(DataError, match="not UTF-8"):
        load_offering(tmp_path / "latin.json")
