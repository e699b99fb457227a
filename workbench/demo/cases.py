"""The submissions of the demo programme as data: who, for what, with which lesson, plan, work and talk."""

import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path

TEXTS = Path(__file__).parent / "texts"
OFFERINGS = Path(__file__).parent / "offerings"

Fraction = tuple[int, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Bars:
    """A bar chart; `later` (same length) stands beside `values` where it is given. Values 0 to 100."""

    title: str
    labels: tuple[str, ...]
    values: tuple[int, ...]
    later: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Board:
    """What stands on the board in the film."""

    title: str
    lines: tuple[str, ...] = ()
    bars: Bars | None = None
    strips: tuple[Fraction, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Talk:
    """One thing said; becomes a caption."""

    speaker: str
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """A step of a plan."""

    minutes: str
    title: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """The written plan: `table` rows include the head; every row has the same length."""

    title: str
    overview: tuple[str, ...]
    table_title: str
    table: tuple[tuple[str, ...], ...]
    chart: Bars
    steps: tuple[Step, ...]
    supports: tuple[str, ...]
    checks: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Work:
    """A photographed sheet: handwritten lines, fraction strips, bars, and the teacher's short remark."""

    label: str
    heading: str
    lines: tuple[str, ...]
    strips: tuple[Fraction, ...] = ()
    bars: Bars | None = None
    remark: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """One attempt of one educator."""

    id: str
    attempt: int
    prior_attempt: int | None
    offering: str
    educator: str
    district: str
    submitted_at: str
    students_reached: int
    students_basis: str
    scene: str
    board: Board
    talk: tuple[Talk, ...]
    plan: Plan
    work: tuple[Work, ...]

    @property
    def stem(self) -> str:
        """The part of file names that tells this attempt from the others."""
        return self.id.lower()

    def reflection(self) -> str:
        """The educator's reflection, Markdown."""
        return (TEXTS / f"{self.stem}.md").read_text("utf-8")


@cache
def all_cases() -> tuple[Case, ...]:
    """Every attempt of the demo programme, by id."""
    from pydantic import TypeAdapter

    return tuple(TypeAdapter(Case).validate_json(path.read_text("utf-8")) for path in sorted(TEXTS.glob("*.json")))


def offering_files() -> tuple[Path, ...]:
    """The offering files of the demo programme."""
    return tuple(sorted(OFFERINGS.glob("*.json")))


def offering_title(offering_id: str) -> str:
    """The title by which people know the offering."""
    title: str = json.loads((OFFERINGS / f"{offering_id}.json").read_text("utf-8"))["title"]
    return title
