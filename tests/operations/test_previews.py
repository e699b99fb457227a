"""What is kept of a recording for its next opening."""

import pytest

from tests.store import world
from workbench.errors import EvidenceError
from workbench.model.ids import EvidenceId
from workbench.operations.previews import keep_preview
from workbench.queries.previews import preview
from workbench.store import platform_rows
from workbench.store.account import Account

VIDEO = EvidenceId("e1-video")


def test_that_a_preview_is_kept_under_its_name_and_changes_no_view(account: Account) -> None:
    account.store.write(platform_rows.apply_changes, world.programme(1))
    assert not account.store.write(keep_preview, VIDEO, "film", b"pictures")
    assert account.store.read(preview, VIDEO, "film", bytes) == b"pictures"
    assert account.store.read(preview, VIDEO, "waveform", bytes) is None


def test_that_nothing_is_kept_of_evidence_that_is_not_known(account: Account) -> None:
    with pytest.raises(EvidenceError):
        account.store.write(keep_preview, EvidenceId("nobody"), "film", b"pictures")
