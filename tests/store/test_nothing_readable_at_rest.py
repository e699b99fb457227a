"""Promise 1: database, evidence, previews and tokens leave nothing readable in the profile folder."""

from pathlib import Path

from tests.store import world
from workbench.model.ids import AssignmentId, EvidenceId
from workbench.operations import evidence as evidence_operations
from workbench.operations import finalize, score
from workbench.store import evidence_rows, platform_rows
from workbench.store.account import Account
from workbench.wire.exchange import SubmissionChange

ONE = AssignmentId("a1")
MARKER = b"MARKER-a-child-waves"
SECRETS = (MARKER, b"TYPED-note", b"TOKEN-access", b"Educator 4F", b"Assessor 7", b"Asking questions", world.PASSPHRASE)


def bytes_at_rest(profile: Path) -> bytes:
    return b"\n".join(path.name.encode() + path.read_bytes() for path in profile.rglob("*") if path.is_file())


def use_it_all(account: Account) -> None:
    data = MARKER * 2000
    submission = world.submission(1, world.evidence(1, data=data), world.evidence(1, "plan"))
    account.store.write(platform_rows.apply_changes, [SubmissionChange(submission=submission)])
    world.fetch(account, world.evidence(1, data=data), data)
    account.shelf.keep_preview(account.store.read(evidence_rows.ref, EvidenceId("e1-video")), "strip", MARKER)
    account.tokens.put(world.sign_in("TOKEN-access"))
    account.store.write(score.set_note, ONE, world.CRITERIA[0], "TYPED-note")
    account.store.write(evidence_operations.mark_unreadable, EvidenceId("e1-plan"), MARKER.decode())
    account.store.write(world.score_fully, 2)
    account.store.write(finalize.finalize, AssignmentId("a2"), active_ms=1, session_position=1)


def test_that_no_marker_is_found_while_the_account_is_open_or_closed(
    passphrase_account: Account, tmp_path: Path
) -> None:
    use_it_all(passphrase_account)
    opened = bytes_at_rest(tmp_path)
    passphrase_account.close()
    closed = bytes_at_rest(tmp_path)
    wanted = [secret if isinstance(secret, bytes) else secret.encode() for secret in SECRETS]
    assert [secret for secret in wanted if secret in opened or secret in closed] == []
    assert b"SQLite format" not in opened + closed
