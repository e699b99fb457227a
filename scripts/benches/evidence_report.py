"""What the evidence benchmark measured, and how it is told: medians and 95th percentiles beside the rival's."""

import statistics
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from enum import Enum
from pathlib import Path


class Aim(Enum):
    """How `Row.aim` is to be read."""

    RATIO = "ours ≤ {aim:g} × the rival"
    FASTER = "≥ {aim:g} × faster than the rival"
    LIMIT = "≤ {aim:g} {unit}"


@dataclass(frozen=True, kw_only=True)
class Row:
    """One act on one file. `ours` and `theirs` in `unit`; no `theirs` where the rival is a number or is missing."""

    act: str
    file: str
    ours: Sequence[float]
    rival: str
    theirs: Sequence[float] = ()
    kind: Aim = Aim.RATIO
    aim: float
    unit: str = "ms"

    @property
    def ratio(self) -> float | None:
        """Ours to theirs, the other way round where we are to be faster."""
        if not self.theirs or not self.ours:
            return None
        ours, theirs = statistics.median(self.ours), statistics.median(self.theirs)
        return theirs / ours if self.kind is Aim.FASTER else ours / theirs

    @property
    def is_met(self) -> bool | None:
        """None where there was nothing to compare with."""
        if self.kind is Aim.LIMIT:
            return percentile_95(self.ours) <= self.aim
        if self.ratio is None:
            return None
        return self.ratio >= self.aim if self.kind is Aim.FASTER else self.ratio <= self.aim

    def cells(self) -> tuple[str, ...]:
        """As the columns of `HEAD`."""
        ratio = "" if self.ratio is None else f"{self.ratio:.2f}"
        met = {True: "yes", False: "**no**", None: "not compared"}[self.is_met]
        aim = self.kind.value.format(aim=self.aim, unit=self.unit)
        return (self.act, self.file, _told(self.ours, self.unit), self.rival, _told(self.theirs), ratio, aim, met)


HEAD = ("act", "file", "ours: median (p95)", "rival", "rival: median (p95)", "ratio", "aim", "met")


@dataclass(frozen=True, kw_only=True)
class Plan:
    """How much to measure. `folder` holds what is made for the run."""

    folder: Path
    quick: bool

    def runs(self, full: int, quick: int) -> int:
        """How often."""
        return quick if self.quick else full


Measure = Callable[[Plan], Iterable[Row]]


def percentile_95(values: Sequence[float]) -> float:
    """The smallest value that 95 of 100 do not exceed."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(0.95 * len(ordered)))]


def print_head() -> None:
    """Begin a Markdown table."""
    print("| " + " | ".join(HEAD) + " |", flush=True)
    print("|" + "---|" * len(HEAD), flush=True)


def print_row(row: Row) -> None:
    """One line of the table."""
    print("| " + " | ".join(row.cells()) + " |", flush=True)


def _told(values: Sequence[float], unit: str = "") -> str:
    if not values:
        return ""
    median, late = statistics.median(values), percentile_95(values)
    digits = 0 if median >= 100 else 1 if median >= 10 else 2
    return f"{median:,.{digits}f} ({late:,.{digits}f}) {unit}".strip()
