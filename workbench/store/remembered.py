"""Small facts of the account, by name: cursor, person, programme, highest time seen, last open assignment."""

from typing import TYPE_CHECKING

from sqlalchemy import delete, select
from sqlalchemy.dialects.sqlite import insert

from workbench.model.ids import AssignmentId
from workbench.model.person import Person, Programme
from workbench.store.tables import remembered
from workbench.wire.codec import decode, encode

if TYPE_CHECKING:
    from workbench.store.session import ReadSession, WriteSession


def get(session: "ReadSession", name: str) -> str:
    """What is remembered under `name`; empty when nothing is."""
    value = session.connection.scalar(select(remembered.c.value).where(remembered.c.name == name))
    return value or ""


def put(session: "WriteSession", name: str, value: str) -> bool:
    """Remember `value` under `name`; True when it is new. Empty forgets."""
    if get(session, name) == value:
        return False
    if not value:
        session.connection.execute(delete(remembered).where(remembered.c.name == name))
        return True
    row = insert(remembered).values(name=name, value=value)
    session.connection.execute(row.on_conflict_do_update(index_elements=["name"], set_={"value": value}))
    return True


def is_introduced(session: "ReadSession") -> bool:
    """Whether the store knows who is signed in."""
    return bool(get(session, "person"))


def person(session: "ReadSession") -> Person:
    """Who is signed in."""
    return decode(Person, get(session, "person"), source="this laptop's store")


def programme(session: "ReadSession") -> Programme:
    """Where the work comes from."""
    return decode(Programme, get(session, "programme"), source="this laptop's store")


def set_person(session: "WriteSession", who: Person) -> bool:
    """Keep who is signed in; True when it differs."""
    return put(session, "person", encode(who).decode())


def set_programme(session: "WriteSession", what: Programme) -> bool:
    """Keep the programme's name; True when it differs."""
    return put(session, "programme", encode(what).decode())


def last_open(session: "ReadSession") -> AssignmentId | None:
    """The assignment that was open when the assessor stopped."""
    return AssignmentId(get(session, "last_open")) or None


def set_last_open(session: "WriteSession", assignment_id: AssignmentId | None) -> None:
    """Keep which assignment is open."""
    put(session, "last_open", assignment_id or "")
