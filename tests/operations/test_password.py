"""Keeping what opens a protected PDF: bound to its bytes, gone when forgotten, readable by nobody else."""

import pytest

from tests.store import world
from workbench.errors import EvidenceError
from workbench.model.ids import EvidenceId
from workbench.operations.evidence import keep_password
from workbench.queries.evidence import kept_password
from workbench.store import platform_rows
from workbench.store.account import Account
from workbench.wire.exchange import SubmissionChange

PLAN = world.evidence(1, "plan")
WORDS = "Open sesame 7731"


def test_that_a_password_is_kept_until_it_is_forgotten(account: Account) -> None:
    account.store.write(platform_rows.apply_changes, world.programme(1))
    assert account.store.read(kept_password, PLAN.id) == ""
    account.store.write(keep_password, PLAN.id, WORDS)
    assert account.store.read(kept_password, PLAN.id) == WORDS
    assert account.store.read(kept_password, world.evidence(1).id) == ""
    account.store.write(keep_password, PLAN.id, "")
    assert account.store.read(kept_password, PLAN.id) == ""


def test_that_other_bytes_under_the_same_name_have_no_password(account: Account) -> None:
    account.store.write(platform_rows.apply_changes, world.programme(1))
    account.store.write(keep_password, PLAN.id, WORDS)
    replaced = world.submission(1, world.evidence(1), world.evidence(1, "plan", b"another plan"))
    account.store.write(platform_rows.apply_changes, [SubmissionChange(submission=replaced)])
    assert account.store.read(kept_password, PLAN.id) == ""


def test_that_a_password_of_an_unknown_file_is_refused(account: Account) -> None:
    with pytest.raises(EvidenceError):
        account.store.write(keep_password, EvidenceId("never-seen"), WORDS)


def test_that_no_file_of_the_account_shows_a_password(account: Account) -> None:
    account.store.write(platform_rows.apply_changes, world.programme(1))
    account.store.write(keep_password, PLAN.id, WORDS)
    files = [file for file in account.ref.folder.rglob("*") if file.is_file()]
    assert len(files) > 3
    assert [file.name for file in files if WORDS.encode() in file.read_bytes()] == []
