"""A rubric is data: any number of criteria, each with its own ordered levels and its required level."""

from dataclasses import dataclass

from workbench.model.ids import CriterionId, LevelId


@dataclass(frozen=True, slots=True, kw_only=True)
class Level:
    """One level of one criterion. `points` only serves platforms that need a number."""

    id: LevelId
    label: str
    descriptor: str
    points: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Criterion:
    """`levels` stand lowest first. `required_level` None: scored, but without a say in the outcome."""

    id: CriterionId
    title: str
    levels: tuple[Level, ...]
    required_level: LevelId | None = None
    allows_not_applicable: bool = False
    guidance: str = ""

    def level(self, level_id: LevelId) -> Level:
        """The level of that id. Raises KeyError for a level of another criterion."""
        return self.levels[self.rank(level_id)]

    def rank(self, level_id: LevelId) -> int:
        """0 for the lowest level. Raises KeyError for a level of another criterion."""
        for rank, level in enumerate(self.levels):
            if level.id == level_id:
                return rank
        raise KeyError(level_id)

    def meets(self, level_id: LevelId) -> bool:
        """Whether that level is at or above the required one (always, where none is required)."""
        return self.required_level is None or self.rank(level_id) >= self.rank(self.required_level)


@dataclass(frozen=True, slots=True, kw_only=True)
class Rubric:
    """`version` is what people call it ("3"); the hash in wire/ is what machines compare."""

    version: str
    criteria: tuple[Criterion, ...]

    def criterion(self, criterion_id: CriterionId) -> Criterion:
        """The criterion of that id. Raises KeyError."""
        for criterion in self.criteria:
            if criterion.id == criterion_id:
                return criterion
        raise KeyError(criterion_id)

    def letter(self, criterion_id: CriterionId) -> str:
        """The letter by which people know the criterion: A to Z, then AA, AB and so on."""
        index = self.criteria.index(self.criterion(criterion_id))
        letters = ""
        while index >= 0:
            letters = chr(ord("A") + index % 26) + letters
            index = index // 26 - 1
        return letters
