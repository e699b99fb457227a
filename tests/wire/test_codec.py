"""The codec: strict for types, deaf to unknown fields, and clear about what is wrong."""

import json

import pytest

from workbench.errors import DataError
from workbench.model.assignment import Assignment
from workbench.model.citation import Citation, PageBox, TimeRange
from workbench.model.ids import AssignmentId
from workbench.wire.codec import decode, encode
from workbench.wire.exchange import Counts, ExchangeAnswer, SubmissionChange, Withdrawal

COUNTS = {"offerings": 1, "submissions": 2, "evidence": 3, "assignments": 4}


def test_that_unknown_fields_are_ignored() -> None:
    found = decode(Counts, json.dumps(COUNTS | {"rounds": 5}), source="the answer")
    assert found == Counts(offerings=1, submissions=2, evidence=3, assignments=4)


@pytest.mark.parametrize("wrong", ["1", 1.5, True, None])
def test_that_a_number_is_a_number(wrong: object) -> None:
    with pytest.raises(DataError) as caught:
        decode(Counts, json.dumps(COUNTS | {"evidence": wrong}), source="the answer")
    assert (caught.value.file, caught.value.place) == ("the answer", "evidence")


def test_that_a_missing_field_is_named() -> None:
    with pytest.raises(DataError, match="submissions"):
        decode(Counts, '{"offerings": 1, "evidence": 1, "assignments": 1}', source="the answer")


@pytest.mark.parametrize("text", ["", "<html>Sign in</html>", "[1, 2", "{}", "null"])
def test_that_a_page_or_a_cut_answer_is_no_value(text: str) -> None:
    with pytest.raises(DataError):
        decode(ExchangeAnswer, text, source="the answer")


def test_that_changes_keep_their_kind() -> None:
    answer = {
        "outcomes": [],
        "changes": [{"type": "withdrawal", "assignment_id": "a", "reason": "Given to somebody else."}],
        "cursor": "c",
        "more": False,
        "counts": COUNTS,
        "programme": {"id": "p", "name": "P"},
    }
    found = decode(ExchangeAnswer, json.dumps(answer), source="the answer")
    (change,) = found.changes
    assert change == Withdrawal(assignment_id=AssignmentId("a"), reason="Given to somebody else.")
    assert decode(ExchangeAnswer, encode(found), source="the answer") == found
    unknown = answer | {"changes": [{"type": "round"}]}
    with pytest.raises(DataError, match="changes"):
        decode(ExchangeAnswer, json.dumps(unknown), source="the answer")
    assert SubmissionChange.__dataclass_fields__["type"].default == "submission"


def test_that_places_of_citations_keep_their_kind() -> None:
    base = {"id": "c", "criterion_id": "k", "evidence_id": "e", "sha256": "0" * 64, "stance": "absent"}
    time = decode(Citation, json.dumps(base | {"place": {"type": "time", "start_ms": 1, "end_ms": 2}}), source="here")
    assert time.place == TimeRange(start_ms=1, end_ms=2)
    box = {"x": 0, "y": 0, "width": 1, "height": 0.5}
    page = decode(Citation, json.dumps(base | {"place": {"type": "page", "page": 3, "box": box}}), source="here")
    assert isinstance(page.place, PageBox)
    assert decode(Citation, encode(page), source="here") == page


def test_that_a_time_of_an_assignment_is_a_time() -> None:
    row = {
        "id": "a",
        "submission_id": "s",
        "attempt": 1,
        "task": "score",
        "position": 0,
        "due_at": "soon",
        "lease_until": "2026-11-02T16:30:00Z",
        "revision": 1,
    }
    with pytest.raises(DataError, match="due_at"):
        decode(Assignment, json.dumps(row), source="the answer")
    found = decode(Assignment, json.dumps(row | {"due_at": "2026-11-02T16:30:00Z"}), source="the answer")
    assert found.due_at.tzinfo is not None
