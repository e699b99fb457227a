"""A small programme for the window's tests: one offering, a few assignments, in a real account."""

from datetime import UTC, datetime, timedelta
from hashlib import sha256
from pathlib import Path

from workbench.model.assignment import Assignment, TaskKind
from workbench.model.ids import (
    AssignmentId,
    CriterionId,
    DeviceId,
    EvidenceHash,
    EvidenceId,
    LevelId,
    OfferingId,
    PersonId,
    ProgrammeId,
    SubmissionId,
)
from workbench.model.offering import Offering
from workbench.model.person import Person, Programme, Role
from workbench.model.rubric import Criterion, Level, Rubric
from workbench.model.submission import Evidence, EvidenceFacts, EvidenceKind, Submission
from workbench.store.account import Account, PassphraseProtection, create_account, list_accounts, open_account
from workbench.wire.exchange import AssignmentChange, Change, OfferingChange, SignIn, SubmissionChange

PASSPHRASE = "a passphrase for tests"
REFLECTION = b"I compared the exit tickets by reading group, and the second group fell behind.\n"
NOW = datetime.now(UTC)
TITLES = (
    "Asks a focused question",
    "Breaks results down by group",
    "Adjusts instruction",
    "Reflects on outcomes",
)  # fmt: skip
LABELS = (
    ("Not met", "Reports the whole class only."),
    ("Progressing", "Separates two groups, but names no pattern between them."),
    ("Demonstrated", "Separates groups and names a pattern that the whole-class figure hides."),
)


def offering() -> Offering:
    """Four criteria of three levels each; only the last may be not applicable."""
    levels = tuple(
        Level(id=LevelId(f"level-{rank}"), label=label, descriptor=text) for rank, (label, text) in enumerate(LABELS)
    )
    criteria = tuple(
        Criterion(
            id=CriterionId(f"criterion-{place}"),
            title=title,
            levels=levels,
            required_level=levels[-1].id,
            allows_not_applicable=place == 3,
            guidance="Two groups are enough." if place == 1 else "",
        )
        for place, title in enumerate(TITLES)
    )
    rubric = Rubric(version="3", criteria=criteria)
    return Offering(
        id=OfferingId("offering"), version=3, title="Disaggregating data", competency="Uses data", rubric=rubric
    )


def changes(count: int) -> tuple[Change, ...]:
    """That many assignments, with evidence that has not arrived."""
    made: list[Change] = [OfferingChange(offering=offering())]
    for place in range(count):
        made += [SubmissionChange(submission=_submission(place)), AssignmentChange(assignment=_assignment(place))]
    return tuple(made)


def _submission(place: int) -> Submission:
    video = Evidence(
        id=EvidenceId(f"video-{place}"),
        order=1,
        label="Lesson video",
        kind=EvidenceKind.VIDEO,
        sha256=EvidenceHash(f"{place:064x}"),
        size=1000,
        facts=EvidenceFacts(duration_ms=724_000),
    )
    text = Evidence(
        id=EvidenceId(f"text-{place}"),
        order=2,
        label="Reflection",
        kind=EvidenceKind.TEXT,
        sha256=EvidenceHash(sha256(REFLECTION).hexdigest()),
        size=len(REFLECTION),
        facts=EvidenceFacts(words=12),
    )
    return Submission(
        id=SubmissionId(f"submission-{place}"),
        attempt=1,
        offering_id=OfferingId("offering"),
        offering_version=3,
        pseudonym=f"Educator {place:02d}F-21",
        submitted_at=NOW,
        evidence=(video, text),
    )


def _assignment(place: int) -> Assignment:
    return Assignment(
        id=AssignmentId(f"assignment-{place}"),
        submission_id=SubmissionId(f"submission-{place}"),
        attempt=1,
        task=TaskKind.SCORE,
        position=place,
        due_at=NOW + timedelta(days=place + 1),
        lease_until=NOW + timedelta(days=14),
        revision=1,
    )


def furnish(profile: Path, count: int = 3) -> None:
    """Put an account with that many assignments into a profile."""
    from workbench.store import platform_rows

    sign_in = SignIn(
        person=Person(id=PersonId("person"), name="Assessor 7", role=Role.ASSESSOR),
        programme=Programme(id=ProgrammeId("programme"), name="Sample programme"),
        access_token="token",
        access_expires_at=NOW,
        refresh_token="refresh",
    )
    account = create_account(
        profile,
        address="http://127.0.0.1:9",
        device=DeviceId("device"),
        sign_in=sign_in,
        protection=PassphraseProtection(PASSPHRASE),
    )
    account.store.write(platform_rows.apply_changes, changes(count))
    _shelve_text(account, EvidenceId("text-0"))
    account.close()


def _shelve_text(account: Account, evidence_id: EvidenceId) -> None:
    from workbench.store import evidence_rows

    ref = account.store.read(evidence_rows.ref, evidence_id)
    incoming = account.shelf.begin(ref)
    incoming.writer.write(REFLECTION)
    account.store.write(evidence_rows.publish, ref, incoming.writer)


def open_again(profile: Path) -> Account:
    """Open the profile's account."""
    return open_account(list_accounts(profile)[0], ask_passphrase=lambda: PASSPHRASE)
