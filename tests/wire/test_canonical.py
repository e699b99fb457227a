"""Canonical JSON and the hashes that both ends compute. The golden values must never change."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbench.model.ids import CriterionId, LevelId
from workbench.model.offering import Policy
from workbench.model.rubric import Criterion, Level, Rubric
from workbench.wire.canonical import canonical, policy_hash, rubric_hash
from workbench.wire.codec import decode, encode

GOLDEN = Rubric(
    version="3",
    criteria=(
        Criterion(
            id=CriterionId("asks"),
            title="Asks open questions — “why?”",
            levels=(
                Level(id=LevelId("not"), label="Not yet", descriptor="Caf\u00e9 questions.", points=0),
                Level(id=LevelId("met"), label="Met", descriptor="Open questions.", points=2.5),
            ),
            required_level=LevelId("met"),
        ),
        Criterion(
            id=CriterionId("waits"),
            title="Waits",
            levels=tuple(Level(id=LevelId(str(n)), label=str(n), descriptor=f"Level {n}") for n in range(1, 5)),
            required_level=LevelId("3"),
            allows_not_applicable=True,
            guidance="Count to three.",
        ),
    ),
)


def test_that_the_hash_of_the_golden_rubric_stays() -> None:
    assert rubric_hash(GOLDEN) == "3d42ad444d30cd09ac7acc3de0d3c5ac612780947394e1d92cc56ae0ed608c78"


def test_that_the_hash_of_the_default_policy_stays() -> None:
    assert policy_hash(Policy()) == "5ad61d4d8df1b7a30e9dc3e5ea6281c5ee408127adf3722932d7ca617dd09182"


def test_that_the_name_of_a_version_does_not_change_the_hash() -> None:
    assert rubric_hash(replace(GOLDEN, version="4")) == rubric_hash(GOLDEN)


def test_that_a_composed_and_a_decomposed_letter_are_the_same() -> None:
    asks, waits = GOLDEN.criteria
    lowest = replace(asks.levels[0], descriptor="Cafe\u0301 questions.")
    decomposed = replace(GOLDEN, criteria=(replace(asks, levels=(lowest, asks.levels[1])), waits))
    assert rubric_hash(decomposed) == rubric_hash(GOLDEN)


def test_that_any_other_word_or_order_changes_the_hash() -> None:
    asks, waits = GOLDEN.criteria
    others = [
        replace(GOLDEN, criteria=(waits, asks)),
        replace(GOLDEN, criteria=(replace(asks, title="Asks"), waits)),
        replace(GOLDEN, criteria=(replace(asks, levels=asks.levels[::-1]), waits)),
        replace(GOLDEN, criteria=(replace(asks, required_level=LevelId("not")), waits)),
    ]
    assert len({rubric_hash(one) for one in (GOLDEN, *others)}) == 5


def test_that_hashes_survive_the_journey() -> None:
    assert rubric_hash(decode(Rubric, encode(GOLDEN), source="here")) == rubric_hash(GOLDEN)
    for policy in (Policy(), Policy(send_hold_minutes=0.5), Policy(send_hold_minutes=10.0)):
        arrived = decode(Policy, encode(policy), source="here")
        assert policy_hash(arrived) == policy_hash(policy)
    assert policy_hash(Policy(send_hold_minutes=10.0)) == policy_hash(Policy(send_hold_minutes=10))


def test_that_times_are_written_in_utc_and_need_a_zone() -> None:
    local = datetime(2026, 11, 2, 17, 30, tzinfo=timezone(timedelta(hours=1)))
    assert canonical(local) == b'"2026-11-02T16:30:00Z"'
    assert canonical(local.astimezone(UTC)) == canonical(local)
    with pytest.raises(TypeError):
        canonical(datetime(2026, 11, 2))


@pytest.mark.parametrize("number", [float("nan"), float("inf")])
def test_that_what_is_no_number_is_refused(number: float) -> None:
    with pytest.raises(ValueError, match="JSON"):
        canonical({"points": number})


@given(st.dictionaries(st.text(st.characters(exclude_categories=["Cs"])), st.integers()))
def test_that_the_order_of_keys_does_not_matter(content: dict[str, int]) -> None:
    turned = dict(reversed(content.items()))
    assert canonical(content) == canonical(turned) or len({*content}) != len({*turned})
