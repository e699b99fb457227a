"""A small programme for tests of the store and of everything above it. Real parts only."""

import hashlib
from datetime import UTC, datetime, timedelta
from pathlib import Path

from workbench.model.assignment import Assignment, TaskKind
from workbench.model.citation import Citation, Stance, TimeRange
from workbench.model.ids import (
    AssignmentId,
    CitationId,
    CriterionId,
    DeviceId,
    EvidenceHash,
    EvidenceId,
    LevelId,
    OfferingId,
    PersonId,
    ProgrammeId,
    SubmissionId,
    new_id,
)
from workbench.model.offering import Offering, Policy
from workbench.model.person import Person, Programme, Role
from workbench.model.rubric import Criterion, Level, Rubric
from workbench.model.submission import Evidence, EvidenceFacts, EvidenceKind, Submission
from workbench.operations import cite, score
from workbench.store.account import Account, PassphraseProtection, Protection, create_account
from workbench.store.session import WriteSession
from workbench.store.times import Clock
from workbench.wire.exchange import AssignmentChange, Change, OfferingChange, SignIn, SubmissionChange

START = datetime(2026, 11, 2, 18, 0, tzinfo=UTC)
PASSPHRASE = "a long evening"
BY_PASSPHRASE = PassphraseProtection(PASSPHRASE)
CRITERIA = (CriterionId("questions"), CriterionId("wait-time"))
ENOUGH, NOT_ENOUGH = LevelId("meets"), LevelId("below")


class Watch:
    """A wall clock that tests move."""

    def __init__(self, now: datetime = START) -> None:
        self.now = now

    def __call__(self) -> datetime:
        return self.now

    def pass_minutes(self, minutes: float) -> None:
        self.now += timedelta(minutes=minutes)

    def clock(self) -> Clock:
        return Clock(self, ticks_s=lambda: 0.0)


def sign_in(token: str = "access-one") -> SignIn:
    return SignIn(
        person=Person(id=PersonId("p1"), name="Assessor 7", role=Role.ASSESSOR),
        programme=Programme(id=ProgrammeId("pr1"), name="Evening Programme"),
        access_token=token,
        access_expires_at=START + timedelta(hours=1),
        refresh_token="refresh-one",
    )


def new_account(profile: Path, watch: Watch, protection: Protection = BY_PASSPHRASE) -> Account:
    return create_account(
        profile,
        address="http://127.0.0.1:1",
        device=DeviceId("laptop-1"),
        sign_in=sign_in(),
        protection=protection,
        clock=watch.clock(),
    )


def rubric(descriptor: str = "Asks open questions.") -> Rubric:
    def criterion(criterion_id: CriterionId) -> Criterion:
        levels = (
            Level(id=NOT_ENOUGH, label="Below", descriptor="Seldom."),
            Level(id=ENOUGH, label="Meets", descriptor=descriptor if criterion_id == CRITERIA[0] else "Waits."),
        )
        return Criterion(id=criterion_id, title=criterion_id.title(), levels=levels, required_level=ENOUGH)

    return Rubric(version="1", criteria=tuple(criterion(each) for each in CRITERIA))


def offering(policy: Policy | None = None, descriptor: str = "Asks open questions.") -> Offering:
    return Offering(
        id=OfferingId("asking"),
        version=1,
        title="Asking questions",
        competency="Asks questions that open thinking.",
        rubric=rubric(descriptor),
        policy=policy or Policy(),
    )


def content(number: int, which: str = "video") -> bytes:
    return f"the bytes of {which} {number} ".encode() * 40


def evidence(number: int, which: str = "video", data: bytes | None = None) -> Evidence:
    data = content(number, which) if data is None else data
    return Evidence(
        id=EvidenceId(f"e{number}-{which}"),
        order=1 if which == "video" else 2,
        label="Lesson video" if which == "video" else "Lesson plan",
        kind=EvidenceKind.VIDEO if which == "video" else EvidenceKind.PDF,
        sha256=EvidenceHash(hashlib.sha256(data).hexdigest()),
        size=len(data),
        facts=EvidenceFacts(duration_ms=600_000) if which == "video" else EvidenceFacts(pages=4),
    )


def submission(number: int, *items: Evidence) -> Submission:
    return Submission(
        id=SubmissionId(f"s{number}"),
        attempt=1,
        offering_id=OfferingId("asking"),
        offering_version=1,
        pseudonym=f"Educator 4F-{number:02}",
        submitted_at=START - timedelta(days=3),
        evidence=items or (evidence(number), evidence(number, "plan")),
    )


def assignment(number: int, *, due_days: float = 5, revision: int = 1, decided: bool = False) -> Assignment:
    return Assignment(
        id=AssignmentId(f"a{number}"),
        submission_id=SubmissionId(f"s{number}"),
        attempt=1,
        task=TaskKind.SCORE,
        position=number,
        due_at=START + timedelta(days=due_days),
        lease_until=START + timedelta(days=14),
        revision=revision,
        decided=decided,
    )


def programme(count: int, policy: Policy | None = None) -> tuple[Change, ...]:
    work: list[Change] = [OfferingChange(offering=offering(policy))]
    for number in range(1, count + 1):
        work.append(SubmissionChange(submission=submission(number)))
        work.append(AssignmentChange(assignment=assignment(number)))
    return tuple(work)


def assigned(
    assignment_id: AssignmentId, submission_id: str, items: tuple[Evidence, ...], *, pseudonym: str, position: int
) -> list[Change]:
    """A submission of these files and its assignment, due in five days from the real now."""
    now = datetime.now(UTC)
    work = Submission(
        id=SubmissionId(submission_id),
        attempt=1,
        offering_id=offering().id,
        offering_version=1,
        pseudonym=pseudonym,
        submitted_at=now,
        evidence=items,
    )
    task = Assignment(
        id=assignment_id,
        submission_id=work.id,
        attempt=1,
        task=TaskKind.SCORE,
        position=position,
        due_at=now + timedelta(days=5),
        lease_until=now + timedelta(days=9),
        revision=1,
    )
    return [SubmissionChange(submission=work), AssignmentChange(assignment=task)]


def citation(number: int, criterion_id: CriterionId, start_ms: int = 260_000) -> Citation:
    cited = evidence(number)
    return Citation(
        id=CitationId(new_id()),
        criterion_id=criterion_id,
        evidence_id=cited.id,
        sha256=cited.sha256,
        stance=Stance.SUPPORTS,
        place=TimeRange(start_ms=start_ms, end_ms=start_ms + 42_000),
    )


def score_fully(session: WriteSession, number: int) -> None:
    assignment_id = AssignmentId(f"a{number}")
    for criterion_id in CRITERIA:
        score.set_level(session, assignment_id, criterion_id, ENOUGH)
        cite.cite(session, assignment_id, citation(number, criterion_id))


def fetch(account: Account, item: Evidence, data: bytes) -> None:
    """Put evidence onto the shelf as a download does."""
    from workbench.store import evidence_rows

    ref = account.store.read(evidence_rows.ref, item.id)
    incoming = account.shelf.begin(ref)
    incoming.writer.write(data)
    account.store.write(evidence_rows.publish, ref, incoming.writer)
