"""Levels are ordered data, and criteria have letters."""

import pytest

from workbench.model.ids import CriterionId, LevelId
from workbench.model.rubric import Criterion, Level, Rubric

LEVELS = tuple(Level(id=LevelId(name), label=name, descriptor=name) for name in ("low", "middle", "high"))


def rubric(count: int) -> Rubric:
    criteria = (Criterion(id=CriterionId(f"c{number}"), title="", levels=LEVELS) for number in range(count))
    return Rubric(version="1", criteria=tuple(criteria))


def test_that_letters_go_on_after_z() -> None:
    many = rubric(53)
    assert [many.letter(CriterionId(f"c{number}")) for number in (0, 25, 26, 51, 52)] == ["A", "Z", "AA", "AZ", "BA"]


def test_that_a_level_meets_its_required_level_from_there_up() -> None:
    one = Criterion(id=CriterionId("c"), title="", levels=LEVELS, required_level=LevelId("middle"))
    assert [one.meets(level.id) for level in LEVELS] == [False, True, True]


def test_that_a_level_of_another_criterion_is_no_level() -> None:
    with pytest.raises(KeyError):
        rubric(1).criteria[0].rank(LevelId("other"))
    with pytest.raises(KeyError):
        rubric(1).criterion(CriterionId("other"))
