"""`kill -9` in the middle: what was written whole is there, and nothing is there by half."""

import multiprocessing
import os
import signal
from pathlib import Path

import pytest

from tests.store import world
from workbench.model.ids import AssignmentId
from workbench.operations import finalize, score
from workbench.queries.score import score as score_view
from workbench.store import audit, decisions, outbox, platform_rows
from workbench.store.account import Account, AccountRef, list_accounts, open_account
from workbench.store.session import WriteSession

ONE = AssignmentId("a1")


def die(session: WriteSession | None = None) -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def open_again(ref: AccountRef) -> Account:
    return open_account(ref, ask_passphrase=lambda: world.PASSPHRASE)


def dies_after_typing(profile: Path) -> None:
    account = world.new_account(profile, world.Watch())
    account.store.write(platform_rows.apply_changes, world.programme(2))
    account.store.write(score.set_note, ONE, world.CRITERIA[0], "half a sen")
    die()


def finalizes_and_dies(session: WriteSession) -> None:
    finalize.finalize(session, ONE, active_ms=1, session_position=1)
    die()


def dies_before_the_commit(profile: Path) -> None:
    account = world.new_account(profile, world.Watch())
    account.store.write(platform_rows.apply_changes, world.programme(2))
    account.store.write(world.score_fully, 1)
    account.store.write(finalizes_and_dies)


def dies_after_the_commit(profile: Path) -> None:
    account = world.new_account(profile, world.Watch())
    account.store.write(platform_rows.apply_changes, world.programme(2))
    account.store.write(world.score_fully, 1)
    account.store.write(finalize.finalize, ONE, active_ms=1, session_position=1)
    account.store.write(finalize.send_now)
    account.store.write(outbox.take_due)
    die()


def after_death(profile: Path, life: object) -> Account:
    child = multiprocessing.get_context("spawn").Process(target=life, args=(profile,))  # type: ignore[arg-type]
    child.start()
    child.join(30)
    assert child.exitcode == -signal.SIGKILL
    (ref,) = list_accounts(profile)
    return open_again(ref)


@pytest.mark.skipif(os.name != "posix", reason="a signal that cannot be caught")
def test_that_what_was_typed_survives(tmp_path: Path) -> None:
    account = after_death(tmp_path, dies_after_typing)
    assert account.store.read(score_view, ONE).draft.notes == {world.CRITERIA[0]: "half a sen"}
    account.close()


@pytest.mark.skipif(os.name != "posix", reason="a signal that cannot be caught")
def test_that_a_finalize_cut_before_its_commit_leaves_the_draft_and_no_half_decision(tmp_path: Path) -> None:
    account = after_death(tmp_path, dies_before_the_commit)
    view = account.store.read(score_view, ONE)
    assert (view.editable, view.missing, len(view.draft.scores)) == (True, (), 2)
    assert account.store.read(decisions.of_assignment, ONE) == ()
    assert account.store.read(outbox.latest, ONE) is None
    assert account.store.read(audit.first_broken) is None
    account.close()


@pytest.mark.skipif(os.name != "posix", reason="a signal that cannot be caught")
def test_that_a_decision_that_was_on_its_way_is_sent_again_under_its_key(tmp_path: Path) -> None:
    account = after_death(tmp_path, dies_after_the_commit)
    before = account.store.read(outbox.latest, ONE)
    (event,) = account.store.write(outbox.take_due)
    assert before is not None
    assert (before.state, before.key) == ("sent", event.key)
    (decision,) = account.store.read(decisions.of_assignment, ONE)
    assert event.body.decision == decision
    account.close()
