"""The write-read round: events up, outcomes and changes down; and signing in."""

from dataclasses import dataclass
from datetime import datetime
from typing import Annotated, Literal

from pydantic import Discriminator

from workbench.model.assignment import Assignment
from workbench.model.ids import AssignmentId, DeviceId
from workbench.model.offering import Offering
from workbench.model.person import Person, Programme
from workbench.model.submission import Submission
from workbench.wire.events import Event, EventOutcome

PROTOCOL = 1
CLIENT_BATCH = 20
HUB_BATCH = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class OfferingChange:
    """An offering version that this person's assignments need, new or changed."""

    offering: Offering
    type: Literal["offering"] = "offering"


@dataclass(frozen=True, slots=True, kw_only=True)
class SubmissionChange:
    """A submission attempt with its evidence records, new or changed."""

    submission: Submission
    type: Literal["submission"] = "submission"


@dataclass(frozen=True, slots=True, kw_only=True)
class AssignmentChange:
    """An assignment of this person, new or changed."""

    assignment: Assignment
    type: Literal["assignment"] = "assignment"


@dataclass(frozen=True, slots=True, kw_only=True)
class Withdrawal:
    """An assignment that is no longer this person's."""

    assignment_id: AssignmentId
    reason: str
    type: Literal["withdrawal"] = "withdrawal"


Change = Annotated[OfferingChange | SubmissionChange | AssignmentChange | Withdrawal, Discriminator("type")]


@dataclass(frozen=True, slots=True, kw_only=True)
class Counts:
    """How many of each the person has at this cursor; the client compares them with what it holds."""

    offerings: int
    submissions: int
    evidence: int
    assignments: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ExchangeRequest:
    """`cursor` empty: from the beginning."""

    device: DeviceId
    cursor: str
    events: tuple[Event, ...] = ()
    protocol: int = PROTOCOL


@dataclass(frozen=True, slots=True, kw_only=True)
class ExchangeAnswer:
    """`counts` describe the whole once `more` is False; changes are ordered so that references come first."""

    outcomes: tuple[EventOutcome, ...]
    changes: tuple[Change, ...]
    cursor: str
    more: bool
    counts: Counts
    programme: Programme
    protocol: int = PROTOCOL


@dataclass(frozen=True, slots=True, kw_only=True)
class EnrolRequest:
    """The one-time code that `hub invite` printed, exchanged for a device's tokens."""

    code: str
    device: DeviceId
    device_name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SignIn:
    """What a device holds after enrolment."""

    person: Person
    programme: Programme
    access_token: str
    access_expires_at: datetime
    refresh_token: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RefreshRequest:
    """Asks for a fresh access token; the refresh token stays the device's own."""

    refresh_token: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AccessToken:
    """A fresh access token."""

    access_token: str
    access_expires_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """An error answer (RFC 9457). `type` is stable; `detail` is a sentence for a person."""

    type: str
    title: str
    status: int
    detail: str = ""
