"""A laptop as the hub sees it: signs in, asks, sends decisions. Speaks to the real app, in process."""

import asyncio
import json
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import httpx
from fastapi import FastAPI

from workbench.model.assignment import Assignment
from workbench.model.decision import CriterionScore, Decision, Feedback
from workbench.model.ids import AssignmentId, CriterionId, DecisionId, DeviceId, EventKey, LevelId, new_id
from workbench.model.offering import Offering
from workbench.model.submission import Submission
from workbench.rubrics.outcome import decide
from workbench.wire.canonical import policy_hash, rubric_hash
from workbench.wire.codec import decode, encode
from workbench.wire.events import DecisionBody, Event, EventOutcome
from workbench.wire.exchange import (
    AssignmentChange,
    EnrolRequest,
    ExchangeAnswer,
    ExchangeRequest,
    OfferingChange,
    SignIn,
    SubmissionChange,
    Withdrawal,
)

START_AT = datetime(2026, 11, 3, 9, 0, tzinfo=UTC)


class Clock:
    """A clock that goes when told."""

    def __init__(self) -> None:
        self.now = START_AT

    def __call__(self) -> datetime:
        return self.now

    def go(self, **step: float) -> None:
        self.now += timedelta(**step)


class Wire:
    """Requests to the app, without a network."""

    def __init__(self, app: FastAPI) -> None:
        self._app = app

    def ask(self, method: str, path: str, **options: Any) -> httpx.Response:
        return asyncio.run(self._ask(method, path, options))

    async def _ask(self, method: str, path: str, options: dict[str, Any]) -> httpx.Response:
        transport = httpx.ASGITransport(app=self._app, raise_app_exceptions=False)
        async with httpx.AsyncClient(transport=transport, base_url="http://hub") as client:
            return await client.request(method, path, **options)


class Laptop:
    """Holds what the hub sent, as a laptop does."""

    def __init__(self, wire: Wire, code: str, device: str = "") -> None:
        self.wire = wire
        self.device = DeviceId(device or new_id())
        request = EnrolRequest(code=code, device=self.device, device_name="A laptop")
        answer = wire.ask("POST", "/v1/enrol", content=encode(request))
        assert answer.status_code == 200, answer.text
        self.sign_in = decode(SignIn, answer.content, source="the answer")
        self.token = self.sign_in.access_token
        self.cursor = ""
        self.offerings: dict[tuple[str, int], Offering] = {}
        self.submissions: dict[tuple[str, int], Submission] = {}
        self.assignments: dict[AssignmentId, Assignment] = {}
        self.withdrawn: dict[AssignmentId, str] = {}

    @property
    def headers(self) -> dict[str, str]:
        return {"Authorization": f"Bearer {self.token}"}

    def post(self, content: bytes | str) -> httpx.Response:
        return self.wire.ask("POST", "/v1/sync", content=content, headers=self.headers)

    def sync(self, *events: Event) -> ExchangeAnswer:
        """One round, to its last page; returns the first answer."""
        first = self._round(events)
        answer = first
        while answer.more:
            answer = self._round(())
        return first

    def send_raw(self, *rows: Any) -> list[EventOutcome]:
        """Rows as they are, whatever they are."""
        answer = self.post(json.dumps({"device": self.device, "cursor": self.cursor, "events": rows}))
        assert answer.status_code == 200, answer.text
        return list(decode(ExchangeAnswer, answer.content, source="the answer").outcomes)

    def outcome(self, event: Event) -> EventOutcome:
        """Send one event and take what the hub says to it."""
        (outcome,) = self._round((event,)).outcomes
        return outcome

    def assignment(self, submission_id: str) -> Assignment:
        (found,) = [item for item in self.assignments.values() if item.submission_id == submission_id]
        return found

    def decide(self, submission_id: str, change: Callable[[Decision], Decision] | None = None, **levels: str) -> Event:
        """An event with a decision on this submission; every criterion `shown` unless told."""
        assigned = self.assignment(submission_id)
        work = self.submissions[assigned.submission_id, assigned.attempt]
        offering = self.offerings[work.offering_id, work.offering_version]
        wanted = {str(criterion.id): "shown" for criterion in offering.rubric.criteria} | levels
        scores = tuple(CriterionScore.at(CriterionId(name), LevelId(level)) for name, level in wanted.items())
        outcome = decide(offering.rubric, {score.criterion_id: score for score in scores})
        assert outcome is not None
        made = Decision(
            id=DecisionId(new_id()),
            assignment_id=assigned.id,
            submission_id=work.id,
            attempt=work.attempt,
            rubric_hash=rubric_hash(offering.rubric),
            policy_hash=policy_hash(offering.policy),
            scores=scores,
            citations=(),
            feedback=Feedback(overall="Keep asking."),
            outcome=outcome,
            evidence_hashes=tuple(piece.sha256 for piece in work.evidence),
            session_position=1,
            active_ms=60_000,
            finalized_at=START_AT,
        )
        return self.event(change(made) if change else made, assigned)

    def event(self, made: Decision, assigned: Assignment) -> Event:
        """The event that carries a decision."""
        return Event(
            key=EventKey(new_id()),
            subject=assigned.id,
            base_revision=assigned.revision,
            device=self.device,
            client_at=START_AT,
            seq=1,
            body=DecisionBody(decision=made),
        )

    def _round(self, events: tuple[Event, ...]) -> ExchangeAnswer:
        request = ExchangeRequest(device=self.device, cursor=self.cursor, events=events)
        response = self.post(encode(request))
        assert response.status_code == 200, response.text
        answer = decode(ExchangeAnswer, response.content, source="the answer")
        for change in answer.changes:
            self._take_in(change)
        self.cursor = answer.cursor
        return answer

    def _take_in(self, change: OfferingChange | SubmissionChange | AssignmentChange | Withdrawal) -> None:
        match change:
            case OfferingChange(offering=offering):
                self.offerings[offering.id, offering.version] = offering
            case SubmissionChange(submission=work):
                # A reference always comes before what refers to it.
                assert (work.offering_id, work.offering_version) in self.offerings
                self.submissions[work.id, work.attempt] = work
            case AssignmentChange(assignment=assigned):
                assert (assigned.submission_id, assigned.attempt) in self.submissions
                self.assignments[assigned.id] = assigned
            case Withdrawal(assignment_id=assignment_id, reason=reason):
                self.assignments.pop(assignment_id, None)
                self.withdrawn[assignment_id] = reason
