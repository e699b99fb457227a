"""Events: every act that must reach the platform. Their kinds are a closed union.

A new kind needs a handler at the hub, a projection on the laptop and a sentence on screen; a test
lists the kinds and fails when one of the three is missing.
"""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Literal

from workbench.model.decision import Decision
from workbench.model.ids import AssignmentId, DeviceId, EventKey


@dataclass(frozen=True, slots=True, kw_only=True)
class DecisionBody:
    """A finalized decision."""

    decision: Decision
    kind: Literal["decision"] = "decision"


EventBody = DecisionBody


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """`key` makes a resend harmless. `base_revision` is the assignment's revision that the act was based on.

    `client_at` is the laptop's clock, never trusted for order; `seq` counts this device's events.
    """

    key: EventKey
    subject: AssignmentId
    base_revision: int
    device: DeviceId
    client_at: datetime
    seq: int
    body: EventBody


class EventResult(StrEnum):
    """What the platform did with an event."""

    ACCEPTED = "accepted"
    DUPLICATE = "duplicate"
    KEY_REUSED = "key_reused"
    WITHDRAWN = "withdrawn"
    RUBRIC_CHANGED = "rubric_changed"
    SUPERSEDED_ELSEWHERE = "superseded_elsewhere"
    ATTEMPT_CHANGED = "attempt_changed"
    NOT_ALLOWED = "not_allowed"
    INVALID = "invalid"
    UNAVAILABLE = "unavailable"
    """A server error for this row alone; the row is tried again, and quarantined after five."""


@dataclass(frozen=True, slots=True, kw_only=True)
class EventOutcome:
    """One per event sent. `field` names the place when the result is `invalid`."""

    key: EventKey
    result: EventResult
    received_at: datetime
    detail: str = ""
    field: str = ""
