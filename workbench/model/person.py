"""People of a programme as the laptop may know them."""

from dataclasses import dataclass
from enum import StrEnum

from workbench.model.ids import PersonId, ProgrammeId


class Role(StrEnum):
    """What a person may do at the hub."""

    ASSESSOR = "assessor"
    LEAD = "lead"


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """A person who signs in."""

    id: PersonId
    name: str
    role: Role


@dataclass(frozen=True, slots=True, kw_only=True)
class Programme:
    """What the window calls the place that work comes from. `safeguarding_phone` may be empty."""

    id: ProgrammeId
    name: str
    safeguarding_phone: str = ""
