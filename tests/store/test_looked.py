"""What was looked at is kept: it grows, survives a restart, and begins anew with other bytes."""

from dataclasses import replace

from tests.store import cited, world
from workbench.model.ids import AssignmentId, EvidenceId
from workbench.model.looked import Looked
from workbench.operations.looking import note_looked
from workbench.queries.looking import looked
from workbench.store import platform_rows
from workbench.store.account import Account
from workbench.wire.exchange import SubmissionChange

ONE, VIDEO, PLAN = AssignmentId("a1"), EvidenceId("e1-video"), EvidenceId("e1-plan")
BYTES, OTHER = (cited.evidence(1, which).sha256 for which in ("video", "plan"))


def watched(account: Account, *spans: tuple[int, int]) -> None:
    account.store.write(note_looked, ONE, VIDEO, BYTES, Looked(spans=spans))


def test_that_what_was_looked_at_grows_and_never_shrinks(account: Account) -> None:
    account.store.write(platform_rows.apply_changes, cited.programme(1))
    watched(account, (0, 1_000), (5_000, 9_000))
    watched(account, (900, 2_000))
    watched(account, (0, 10))
    account.store.write(note_looked, ONE, PLAN, OTHER, Looked(pages=(2, 0)))
    account.store.write(note_looked, ONE, PLAN, OTHER, Looked(pages=(0,), is_whole=True))
    assert account.store.read(looked, ONE) == {
        (VIDEO, BYTES): Looked(spans=((0, 2_000), (5_000, 9_000))),
        (PLAN, OTHER): Looked(pages=(0, 2), is_whole=True),
    }


def test_that_other_bytes_have_to_be_looked_at_again(account: Account) -> None:
    account.store.write(platform_rows.apply_changes, cited.programme(1))
    watched(account, (0, 1_000))
    video = replace(cited.evidence(1, "video"), sha256=OTHER)
    changed = SubmissionChange(submission=world.submission(1, video))
    account.store.write(platform_rows.apply_changes, [changed])
    assert account.store.read(looked, ONE) == {}
    account.store.write(note_looked, ONE, VIDEO, OTHER, Looked(spans=((4, 8),)))
    assert account.store.read(looked, ONE) == {(VIDEO, OTHER): Looked(spans=((4, 8),))}
