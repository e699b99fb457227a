"""What was looked at becomes what can be cited, and never says more than that."""

import pytest

from tests.citations.test_citations import evidence
from workbench.citations.fitting import misfit
from workbench.citations.looking import looked_through
from workbench.model.citation import LookedThrough
from workbench.model.looked import Looked, merged
from workbench.model.submission import EvidenceKind

MINUTE = 60_000


@pytest.mark.parametrize(
    ("looked", "kind", "found"),
    [
        (Looked(spans=((0, 5 * MINUTE),)), EvidenceKind.VIDEO, (5 * MINUTE, 10 * MINUTE, "ms")),
        (Looked(spans=((0, MINUTE), (2 * MINUTE, 3 * MINUTE))), EvidenceKind.AUDIO, (2 * MINUTE, 10 * MINUTE, "ms")),
        (Looked(spans=((0, 10 * MINUTE - 40),)), EvidenceKind.VIDEO, (10 * MINUTE, 10 * MINUTE, "ms")),
        (Looked(spans=((0, 11 * MINUTE),)), EvidenceKind.VIDEO, (10 * MINUTE, 10 * MINUTE, "ms")),
        (Looked(pages=(0, 1, 3, 9)), EvidenceKind.PDF, (3, 4, "pages")),
        (Looked(pages=(0,)), EvidenceKind.IMAGE, (1, 4, "pages")),
        (Looked(is_whole=True), EvidenceKind.TEXT, (1, 1, "whole")),
    ],
)
def test_that_it_says_how_much_of_all_was_looked_through(
    looked: Looked, kind: EvidenceKind, found: tuple[int, int, str]
) -> None:
    place = looked_through(looked, evidence(kind))
    assert isinstance(place, LookedThrough)
    assert (place.seen, place.total, place.unit) == found
    assert misfit(place, evidence(kind)) == ""


@pytest.mark.parametrize("kind", [EvidenceKind.VIDEO, EvidenceKind.PDF, EvidenceKind.TEXT])
def test_that_nothing_can_be_cited_of_what_was_not_looked_at(kind: EvidenceKind) -> None:
    assert looked_through(Looked(), evidence(kind)) is None


def test_that_stretches_that_meet_are_one() -> None:
    assert merged([(5, 9), (0, 2), (2, 4), (7, 12), (3, 3)]) == ((0, 4), (5, 12))
    both = Looked(spans=((0, 4),), pages=(3,)) | Looked(spans=((4, 8),), pages=(1,), is_whole=True)
    assert both == Looked(spans=((0, 8),), pages=(1, 3), is_whole=True)
    assert (both.seen_ms, bool(both), bool(Looked())) == (8, True, False)
