"""Evidence on the shelf: fetched on, whole or not there, never in the clear."""

import os
from dataclasses import replace

import pytest

from tests.store import world
from workbench.errors import EvidenceError
from workbench.model.ids import AssignmentId, EvidenceId
from workbench.operations import evidence as operations
from workbench.queries.evidence import open_evidence
from workbench.queries.queue import queue
from workbench.queries.score import score
from workbench.queries.views import EvidenceItem
from workbench.sealed.layout import CHUNK_SIZE
from workbench.sealed.reader import open_reader
from workbench.store import evidence_rows, platform_rows
from workbench.store.account import Account
from workbench.wire.exchange import AssignmentChange, Change, SubmissionChange, Withdrawal

ONE, VIDEO = AssignmentId("a1"), EvidenceId("e1-video")


def item(account: Account) -> EvidenceItem:
    return account.store.read(score, ONE).evidence[0]


def plaintext(account: Account) -> bytes:
    file = account.store.read(open_evidence, VIDEO)
    try:
        reader = open_reader(file)
        return reader.read_at(0, reader.size)
    finally:
        file.close()


def send(account: Account, data: bytes) -> None:
    """Replace the first submission's video at the platform."""
    submission = world.submission(1, world.evidence(1, data=data), world.evidence(1, "plan"))
    account.store.write(platform_rows.apply_changes, [SubmissionChange(submission=submission)])


def test_that_what_was_fetched_is_ready_and_opens(account: Account) -> None:
    assert (item(account).state, account.store.read(queue).rows[0].evidence_ready) == ("missing", 0)
    world.fetch(account, world.evidence(1), world.content(1))
    assert item(account).state == "ready"
    assert plaintext(account) == world.content(1)
    row = account.store.read(queue).rows[0]
    assert (row.evidence_ready, row.evidence_total) == (1, 2)


def test_that_evidence_that_is_not_here_says_so(account: Account) -> None:
    for unknown in (VIDEO, EvidenceId("nobody's")):
        with pytest.raises(EvidenceError, match="not on this laptop yet"):
            account.store.read(open_evidence, unknown)


def test_that_what_is_wanted_comes_due_soonest_first_and_small_before_large(account: Account) -> None:
    small = world.evidence(2, "plan", b"small")
    changes: list[Change] = [
        SubmissionChange(submission=world.submission(2, world.evidence(2), small)),
        AssignmentChange(assignment=world.assignment(2, due_days=1)),
        AssignmentChange(assignment=world.assignment(3, decided=True)),
    ]
    account.store.write(platform_rows.apply_changes, changes)
    world.fetch(account, world.evidence(1), world.content(1))
    wanted = [each.ref.evidence_id for each in account.store.read(evidence_rows.wanted)]
    assert wanted == ["e2-plan", "e2-video", "e1-plan"]
    account.store.write(platform_rows.apply_changes, [Withdrawal(assignment_id=ONE, reason="")])
    assert len(account.store.read(evidence_rows.wanted)) == 2


def test_that_a_download_that_broke_off_is_partial_and_goes_on(account: Account) -> None:
    data = os.urandom(2 * CHUNK_SIZE + 9)
    send(account, data)
    ref = account.store.read(evidence_rows.ref, VIDEO)
    incoming = account.shelf.begin(ref)
    incoming.writer.write(data[: CHUNK_SIZE + 5])
    incoming.writer.close()
    assert (item(account).state, item(account).bytes_here) == ("partial", CHUNK_SIZE)
    again = account.shelf.resume(ref)
    assert again.offset == CHUNK_SIZE
    again.writer.write(data[again.offset :])
    account.store.write(evidence_rows.publish, ref, again.writer)
    assert plaintext(account) == data


def test_that_a_file_cut_short_is_not_published(account: Account) -> None:
    ref = account.store.read(evidence_rows.ref, VIDEO)
    incoming = account.shelf.begin(ref)
    incoming.writer.write(b"too little")
    with pytest.raises(EvidenceError, match="ends early"):
        account.store.write(evidence_rows.publish, ref, incoming.writer)
    incoming.writer.close()
    assert item(account).state != "ready"


def test_that_a_file_published_just_before_a_crash_is_noted_later(account: Account) -> None:
    ref = account.store.read(evidence_rows.ref, VIDEO)
    incoming = account.shelf.begin(ref)
    incoming.writer.write(world.content(1))
    account.shelf.publish(ref, incoming.writer)
    assert ref in [each.ref for each in account.store.read(evidence_rows.wanted)]
    assert account.shelf.look(ref).state == "ready"
    assert ONE in account.store.write(evidence_rows.note_arrived, ref).assignments
    assert ref not in [each.ref for each in account.store.read(evidence_rows.wanted)]


def test_that_a_file_that_vanished_from_the_folder_is_fetched_anew(account: Account) -> None:
    world.fetch(account, world.evidence(1), world.content(1))
    (file,) = (account.ref.folder / "evidence").rglob("*.sealed")
    file.unlink()
    assert item(account).state == "missing"
    assert VIDEO in [each.ref.evidence_id for each in account.store.read(evidence_rows.wanted)]


def test_that_a_tampered_chunk_is_never_shown(account: Account) -> None:
    world.fetch(account, world.evidence(1), world.content(1))
    (file,) = (account.ref.folder / "evidence").rglob("*.sealed")
    whole = bytearray(file.read_bytes())
    whole[-20] ^= 1
    file.write_bytes(whole)
    with pytest.raises(EvidenceError, match="not what was stored"):
        plaintext(account)


def test_that_one_file_in_the_place_of_another_is_refused(account: Account) -> None:
    world.fetch(account, world.evidence(1), world.content(1))
    (video,) = (account.ref.folder / "evidence").rglob("*.sealed")
    world.fetch(account, world.evidence(1, "plan"), world.content(1, "plan"))
    (plan,) = set((account.ref.folder / "evidence").rglob("*.sealed")) - {video}
    video.write_bytes(plan.read_bytes())
    with pytest.raises(EvidenceError, match="another file"):
        plaintext(account)


def test_that_an_unreadable_file_keeps_its_reason_until_it_is_fetched_again(account: Account) -> None:
    world.fetch(account, world.evidence(1), world.content(1))
    changes = account.store.write(operations.mark_unreadable, VIDEO, "The file ends early.")
    assert (changes.evidence, changes.assignments) == (frozenset({VIDEO}), frozenset({ONE}))
    assert (item(account).state, item(account).reason) == ("unreadable", "The file ends early.")
    account.store.write(operations.fetch_again, VIDEO)
    assert item(account).state == "missing"
    world.fetch(account, world.evidence(1), world.content(1))
    assert (item(account).state, item(account).reason) == ("ready", "")


def test_that_a_file_that_inspection_refused_shows_that_reason(account: Account) -> None:
    refused = world.evidence(1)
    refused = replace(refused, facts=replace(refused.facts, reason="This is a program, not a video."))
    account.store.write(platform_rows.apply_changes, [SubmissionChange(submission=world.submission(1, refused))])
    assert (item(account).state, item(account).reason) == ("unreadable", "This is a program, not a video.")


def test_that_replaced_evidence_is_marked_before_and_after_it_arrives(account: Account) -> None:
    world.fetch(account, world.evidence(1), world.content(1))
    send(account, b"other bytes")
    assert item(account).state == "changed"
    assert account.store.read(queue).rows[0].evidence_ready == 0
    world.fetch(account, world.evidence(1, data=b"other bytes"), b"other bytes")
    assert item(account).state == "ready"
    assert "replaced" in item(account).reason
    assert plaintext(account) == b"other bytes"


def test_that_a_preview_comes_back_and_a_broken_one_is_made_again(account: Account) -> None:
    ref = account.store.read(evidence_rows.ref, VIDEO)
    assert account.shelf.preview(ref, "strip-8") is None
    account.shelf.keep_preview(ref, "strip-8", b"a picture")
    assert account.shelf.preview(ref, "strip-8") == b"a picture"
    (file,) = (account.ref.folder / "evidence").rglob("*.preview")
    assert b"a picture" not in file.read_bytes()
    file.write_bytes(file.read_bytes()[:-1])
    assert account.shelf.preview(ref, "strip-8") is None


def test_that_two_files_of_one_submission_have_different_keys(account: Account) -> None:
    world.fetch(account, world.evidence(1), world.content(1))
    world.fetch(account, world.evidence(1, "plan"), world.content(1, "plan"))
    files = [account.store.read(open_evidence, EvidenceId(name)) for name in ("e1-video", "e1-plan")]
    assert files[0].key != files[1].key
    for file in files:
        file.close()
