"""The exact place comes back after a restart."""

from tests.store import world
from workbench.model.ids import AssignmentId, EvidenceId
from workbench.model.place import WorkPlace
from workbench.operations import place
from workbench.queries.places import last_open
from workbench.queries.score import score
from workbench.store.account import Account, open_account
from workbench.store.session import WriteSession

ONE = AssignmentId("a1")
HERE = WorkPlace(
    evidence_id=world.evidence(1).id,
    position_ms=304_120,
    page=3,
    zoom=1.25,
    criterion_id=world.CRITERIA[1],
    note_cursor=17,
)


def remember(session: WriteSession) -> None:
    place.remember_place(session, ONE, HERE)
    place.remember_open(session, ONE)


def test_that_the_place_and_the_open_assignment_come_back(account: Account) -> None:
    account.store.write(remember)
    account.close()
    again = open_account(account.ref, ask_passphrase=lambda: world.PASSPHRASE)
    assert again.store.read(last_open) == ONE
    assert again.store.read(score, ONE).place == HERE
    again.store.write(place.remember_open, None)
    assert again.store.read(last_open) is None
    again.close()


def test_that_an_assignment_never_opened_has_no_place(account: Account) -> None:
    assert account.store.read(score, ONE).place is None
    assert account.store.read(last_open) is None


def test_that_a_place_in_evidence_that_was_taken_away_is_still_kept(account: Account) -> None:
    gone = WorkPlace(evidence_id=EvidenceId("gone"), position_ms=5)
    account.store.write(place.remember_place, ONE, gone)
    assert account.store.read(score, ONE).place == gone
