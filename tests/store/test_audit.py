"""The chain of what was done cannot be changed unseen."""

import pytest
from sqlalchemy.exc import DBAPIError

from workbench.store import audit, tables
from workbench.store.account import Account
from workbench.store.session import WriteSession


def add_some(session: WriteSession) -> None:
    for number in range(3):
        session.audit("view", f"e{number}", {"at_ms": number})


def test_that_the_chain_is_whole(account: Account) -> None:
    account.store.write(add_some)
    entries = account.store.read(audit.entries)
    assert [entry.kind for entry in entries[-3:]] == ["view"] * 3
    assert entries[0].kind == "sign_in"
    assert account.store.read(audit.first_broken) is None


@pytest.mark.parametrize("act", ["UPDATE audit SET payload = '{}'", "DELETE FROM audit"])
def test_that_the_database_refuses_to_change_or_drop_entries(account: Account, act: str) -> None:
    def tampers(session: WriteSession) -> None:
        session.connection.exec_driver_sql(act)

    with pytest.raises(DBAPIError, match="final"):
        account.store.write(tampers)


@pytest.mark.parametrize(
    "act",
    [
        "UPDATE audit SET payload = '{}' WHERE seq = 4",
        "UPDATE audit SET at = at + 1 WHERE seq = 4",
        "DELETE FROM audit WHERE seq = 4",
    ],
)
def test_that_a_change_behind_its_back_is_found_with_its_place(account: Account, act: str) -> None:
    account.store.write(add_some)

    def tampers(session: WriteSession) -> None:
        for trigger in ("audit_refuses_update", "audit_refuses_delete"):
            session.connection.exec_driver_sql(f"DROP TRIGGER {trigger}")
        session.connection.exec_driver_sql(act)

    account.store.write(tampers)
    assert account.store.read(audit.first_broken) == 4


def test_that_a_decision_is_refused_a_change_by_the_database_too(account: Account) -> None:
    def tampers(session: WriteSession) -> None:
        row = {"decision_id": "d", "assignment_id": "a", "finalized_at": 1, "body": "{}", "sha256": ""}
        session.connection.execute(tables.decision.insert(), row)
        session.connection.exec_driver_sql("UPDATE decision SET body = '[]'")

    with pytest.raises(DBAPIError, match="final"):
        account.store.write(tampers)
