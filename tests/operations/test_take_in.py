"""Taking in citations: all or none, each once, over nobody's work, and every refusal says which and why."""

from collections.abc import Sequence
from dataclasses import replace

import pytest

from tests.store import cited, world
from workbench.citations.web_annotations import Cited
from workbench.errors import DataError
from workbench.model.changes import Changes
from workbench.model.citation import Citation, LookedThrough, PageBox, Stance
from workbench.model.ids import AssignmentId, CitationId, CriterionId, EvidenceHash, EvidenceId, new_id
from workbench.operations.cite import cite
from workbench.operations.finalize import finalize, take_back
from workbench.operations.take_in import TakenIn, take_in
from workbench.queries.citations import citations
from workbench.store import audit, platform_rows
from workbench.store.account import Account
from workbench.wire.exchange import Withdrawal

ONE, TWO = AssignmentId("a1"), AssignmentId("a2")


@pytest.fixture
def desk(account: Account) -> Account:
    """Three assignments with evidence of every kind, nothing cited yet."""
    account.store.write(platform_rows.apply_changes, cited.programme(3))
    return account


def listed(made: Sequence[Citation], assignment_id: AssignmentId = ONE) -> list[Cited]:
    return [Cited(assignment_id=assignment_id, citation=each, at=f"$.items[{turn}]") for turn, each in enumerate(made)]


def taken(desk: Account, sent: Sequence[Cited]) -> TakenIn:
    return desk.store.write(take_in, sent, file="cited.jsonld")


def state(desk: Account) -> tuple[tuple[Cited, ...], int]:
    return desk.store.read(citations), len(desk.store.read(audit.entries))


def test_that_new_citations_are_kept_and_known_ones_are_passed_over(desk: Account) -> None:
    made = cited.made(1)
    desk.store.write(cite, ONE, made[0])
    found = taken(desk, listed(made))
    assert (found.added, found.known, found.changes.drafts) == (8, 1, frozenset({ONE}))
    assert [each.citation for each in desk.store.read(citations, ONE)] == made
    before = state(desk)
    assert taken(desk, listed(made)) == TakenIn(added=0, known=9, changes=Changes())
    assert state(desk) == before
    assert desk.store.read(audit.first_broken) is None


def _broken(last: Citation) -> dict[str, Citation]:
    plan = next(each for each in cited.made(1) if isinstance(each.place, PageBox))
    assert isinstance(plan.place, PageBox)
    none = next(each for each in cited.made(1) if isinstance(each.place, LookedThrough))
    return {
        "The rubric has no such criterion any more": replace(last, criterion_id=CriterionId("gone")),
        "This submission has no such file": replace(last, evidence_id=EvidenceId("e2-words")),
        "“Words” was replaced since it was opened": replace(last, sha256=EvidenceHash("0" * 64)),
        "“Words” has no place of this kind": replace(last, place=plan.place),
        "“Plan” has no page 10": replace(plan, place=replace(plan.place, page=9)),
        "What was looked through says only that something is absent": replace(none, stance=Stance.SUPPORTS),
    }


@pytest.mark.parametrize("why", _broken(cited.made(1)[-1]))
def test_that_one_that_does_not_fit_keeps_all_out_and_is_named(desk: Account, why: str) -> None:
    made = cited.made(1)
    before = state(desk)
    with pytest.raises(DataError) as caught:
        taken(desk, listed([*made[:-1], _broken(made[-1])[why]]))
    refused = caught.value
    assert (refused.file, refused.place, refused.rule) == ("cited.jsonld", "$.items[8]", why)
    assert refused.safe == "Nothing was changed."
    assert state(desk) == before


def test_that_an_assignment_that_is_not_here_is_refused(desk: Account) -> None:
    with pytest.raises(DataError, match="This assignment is not on this laptop"):
        taken(desk, listed(cited.made(1), AssignmentId("a9")))


def test_that_a_different_citation_of_the_same_id_is_never_overwritten(desk: Account) -> None:
    made = cited.made(1)
    taken(desk, listed(made))
    before = state(desk)
    other = replace(made[0], stance=Stance.ABSENT)
    with pytest.raises(DataError, match="another citation with this id is here, and it is never overwritten"):
        taken(desk, listed([*cited.made(1), other]))
    with pytest.raises(DataError, match="stands in another assignment"):
        taken(desk, listed([replace(made[0], evidence_id=EvidenceId("e2-video"))], TWO))
    assert state(desk) == before


def test_that_the_same_id_twice_in_one_file_is_no_way_around(desk: Account) -> None:
    first = cited.made(1)[0]
    before = state(desk)
    with pytest.raises(DataError, match="never overwritten") as caught:
        taken(desk, listed([first, replace(first, note="another")]))
    assert caught.value.place == "$.items[1]"
    assert state(desk) == before


def test_that_letters_spelt_in_two_ways_are_the_same_citation(desk: Account) -> None:
    spelt = replace(cited.made(1)[0], note="e\u0301tude")
    assert taken(desk, listed([spelt])).added == 1
    assert taken(desk, listed([spelt])).known == 1


def test_that_a_finalized_assignment_takes_in_nothing_until_it_is_taken_back(desk: Account) -> None:
    made = cited.made(1)
    taken(desk, listed(made))
    desk.store.write(world.score_fully, 1)
    desk.store.write(finalize, ONE, active_ms=60_000, session_position=1)
    before = state(desk)
    assert taken(desk, listed(made)).known == 9
    fresh = listed([replace(made[0], id=CitationId(new_id()))])
    with pytest.raises(DataError, match=r"This decision is finalized\. Nothing was changed\. Take it back"):
        taken(desk, fresh)
    assert state(desk) == before
    desk.store.write(take_back, ONE)
    assert taken(desk, fresh).added == 1


def test_that_a_withdrawn_assignment_takes_in_nothing(desk: Account) -> None:
    desk.store.write(platform_rows.apply_changes, [Withdrawal(assignment_id=ONE, reason="Given to a colleague.")])
    with pytest.raises(DataError, match=r"no longer yours\. Nothing was changed\. Given to a colleague"):
        taken(desk, listed(cited.made(1)))
