"""The tour through the real window, as a person starts it; and that its comparison sees every difference."""

import copy
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from workbench.demo import script
from workbench.demo.cases import all_cases
from workbench.demo.hub_process import HubProcess
from workbench.demo.own_files import distribute, look_at, write_programme
from workbench.demo.staged import Card, StagedSubmission, staged
from workbench.demo.verdict import differences
from workbench.errors import DataError, StorageError
from workbench.hub.setup import init
from workbench.model.submission import EvidenceKind

Pair = tuple[StagedSubmission, dict[str, Card]]


@pytest.fixture(scope="module")
def pair(own_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Pair:
    folder = tmp_path_factory.mktemp("staged") / "programme"
    cases = [case for case in all_cases() if case.id in ("S-1042", "S-1051")]
    write_programme(folder, list(zip(cases, distribute(look_at(own_folder)), strict=True)))
    submission = staged(folder, script.ONLINE)
    criteria = submission.offering.rubric.criteria
    cited: dict[str, Card] = {
        criterion.id: submission.cards_of(score.cited_in)[0]
        for criterion, score in zip(criteria, submission.script.scores, strict=True)
    }
    return submission, cited


def _as_decided(pair: Pair) -> dict[str, Any]:
    submission, cited = pair
    criteria = submission.offering.rubric.criteria
    places = {"pdf": "page", "image": "image", "text": "text", "video": "time"}
    return {
        "submission": submission.script.submission,
        "attempt": submission.attempt,
        "assessor": "Assessor 7C-03",
        "outcome": submission.script.outcome.value,
        "levels": {
            criterion.id: criterion.levels[score.level - 1].id
            for criterion, score in zip(criteria, submission.script.scores, strict=True)
        },
        "states": {},
        "notes": {
            criterion.id: score.note for criterion, score in zip(criteria, submission.script.scores, strict=True)
        },
        "feedback": {"overall": submission.script.feedback, "private": ""},
        "citations": [
            {
                "criterion_id": criterion_id,
                "evidence_id": card.evidence_id,
                "sha256": card.sha256,
                "stance": "supports",
                "place": {"type": places[card.kind.value if card.kind else ""]},
            }
            for criterion_id, card in cited.items()
        ],
    }


def test_that_a_decision_as_scripted_has_no_difference(pair: Pair) -> None:
    assert differences([_as_decided(pair)], [pair]) == []


@pytest.mark.parametrize(
    ("path", "value"),
    [
        (("outcome",), "award"),
        (("attempt",), 1),
        (("assessor",), "Assessor 2K-44"),
        (("levels", "by-group"), "progressing"),
        (("notes", "reflects"), "Something else."),
        (("feedback", "overall"), "Good."),
        (("feedback", "private"), "Hm."),
        (("states",), {"by-group": "cannot_judge"}),
        (("citations", 0, "evidence_id"), "another"),
        (("citations", 0, "sha256"), "0" * 64),
        (("citations", 1, "stance"), "absent"),
        (("citations", 1, "criterion_id"), "reflects"),
        (("citations", 2, "place", "type"), "time"),
    ],
)
def test_that_any_field_that_differs_is_named(pair: Pair, path: tuple[Any, ...], value: object) -> None:
    decision: Any = copy.deepcopy(_as_decided(pair))
    inner = decision
    for step in path[:-1]:
        inner = inner[step]
    inner[path[-1]] = value
    assert differences([decision], [pair])


def test_that_a_missing_a_doubled_and_a_strange_decision_are_differences(pair: Pair) -> None:
    decision = _as_decided(pair)
    assert differences([], [pair])
    assert differences([decision, decision], [pair])
    assert differences([decision, decision | {"submission": "S-9"}], [pair])


def test_that_a_kind_that_is_not_there_is_cited_in_the_next_one(pair: Pair) -> None:
    submission, _ = pair
    assert [card.label for card in submission.cards_of(EvidenceKind.VIDEO)] == ["a plan.pdf"]


def test_that_a_hub_returns_to_its_address_and_ends_with_its_parent(tmp_path: Path) -> None:
    init(tmp_path / "hub")
    with HubProcess(tmp_path / "hub") as hub:
        first = hub.address
        hub.stop()
        assert hub.start() == first
        child = hub._process
        assert child is not None
        assert child.stdin is not None
        # What the system does when the parent is killed.
        child.stdin.close()
        child.wait(20)


def test_that_the_tour_scores_online_and_offline_and_the_hub_holds_exactly_that(
    own_folder: Path, tmp_path: Path
) -> None:
    command = [sys.executable, "-m", "workbench", "demo", "--profile", str(tmp_path / "profile")]
    command += ["--evidence", str(own_folder), "--tour", str(tmp_path / "out")]
    environment = os.environ | {"QT_QPA_PLATFORM": "offscreen"}
    run = subprocess.run(command, capture_output=True, text=True, timeout=55, env=environment, check=False)
    assert run.returncode == 0, run.stderr
    said = json.loads(run.stdout)
    assert (said["finalized"], said["confirmed"], said["hub_decisions"]) == (2, 2, 2)
    assert "skipped: video" in run.stderr
    assert "d-broken.jpg cannot be shown" in run.stderr
    assert len(list((tmp_path / "out").glob("[0-9][0-9]-*.png"))) >= 15


def test_that_a_second_tour_in_the_same_profile_is_refused(tmp_path: Path) -> None:
    from workbench.demo.session import set_up

    (tmp_path / "demo" / "hub").mkdir(parents=True)
    with pytest.raises(StorageError, match="already"):
        set_up(tmp_path, None, lambda _done, _of: None, fresh=True)


def test_that_a_submission_that_is_not_in_the_folder_is_named(own_folder: Path, tmp_path: Path) -> None:
    case = all_cases()[0]
    write_programme(tmp_path / "one", [(case, look_at(own_folder))])
    with pytest.raises(DataError, match="S-1051 is missing"):
        staged(tmp_path / "one", script.OFFLINE)
