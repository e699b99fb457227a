"""Where a decision stands, in words, and which part of the queue it belongs to. Pure."""

import math
from datetime import datetime

from workbench.queries.views import Section

_CONFLICTS = {
    "withdrawn": "No longer yours",
    "rubric_changed": "The rubric changed",
    "attempt_changed": "The educator resubmitted",
    "superseded_elsewhere": "Decided elsewhere",
}
_NEEDS_A_PERSON = ("conflict", "rejected", "quarantined")
_CAN_BE_REDONE = ("rubric_changed", "attempt_changed", "invalid", "not_allowed")


def section_of(*, state: str | None, withdrawn: str, decided: bool, typed: bool) -> Section | None:
    """Where an assignment stands in the queue; `state` None: no event holds the draft.

    None: nowhere, it left before anything was typed.
    """
    if state == "confirmed":
        return "scored"
    if state in _NEEDS_A_PERSON:
        return "needs_you"
    if withdrawn:
        return "needs_you" if typed or state else None
    return "scored" if state or decided else "to_score"


def status_words(
    *, state: str | None, result: str, not_before_at: datetime, now: datetime, withdrawn: str, decided: bool
) -> str:
    """A few words for a row; empty when there is nothing to say. `state` None: no event holds the draft."""
    match state:
        case "pending":
            return _sends(not_before_at, now)
        case "sent":
            return "Sent"
        case "confirmed":
            return "Confirmed"
        case "conflict":
            return _CONFLICTS.get(result, "Needs you")
        case "rejected":
            return "Refused by the programme"
        case "quarantined":
            return "Set aside"
    if withdrawn:
        return "No longer yours; your draft is kept"
    return "Scored on another laptop" if decided else ""


def can_be_redone(state: str, result: str) -> bool:
    """Whether a refused decision may be taken up again as a draft."""
    return state in ("conflict", "rejected") and result in _CAN_BE_REDONE


def _sends(not_before_at: datetime, now: datetime) -> str:
    minutes = math.ceil((not_before_at - now).total_seconds() / 60)
    return f"Sends in {minutes} min" if minutes > 0 else "Waiting to be sent"
