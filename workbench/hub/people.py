"""The people of the hub: who may sign in, and the one-time codes that let a device in."""

import hashlib
import secrets
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import Connection, Engine, Row, insert, select, update

from workbench.errors import KnownError
from workbench.hub.database import writing
from workbench.hub.schema import enrolment_code, person
from workbench.hub.settings_rows import keyed_hash
from workbench.model.ids import PersonId, new_id
from workbench.model.person import Person, Role

CODE_LIFE = timedelta(minutes=15)
# Without I, L, O and U: a code is read aloud and typed by hand.
_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_CODE_LENGTH = 12


def invite(engine: Engine, name: str, role: Role | None = None, *, now: datetime | None = None) -> str:
    """A one-time code for a person's device, good for 15 minutes. A new name becomes a new person.

    Raises KnownError when the name is empty or the person already has another role.
    """
    code = "".join(secrets.choice(_ALPHABET) for _ in range(_CODE_LENGTH))
    with writing(engine) as connection:
        invited = _person_for(connection, name.strip(), role)
        expires_at = (now or datetime.now(UTC)) + CODE_LIFE
        row = {"code_hash": code_hash(code), "person_id": invited, "expires_at": expires_at}
        connection.execute(insert(enrolment_code).values(row))
    return "-".join(code[start : start + 4] for start in range(0, _CODE_LENGTH, 4))


def code_hash(code: str) -> bytes:
    """What the hub keeps of a code. Case, dashes, spaces and look-alike letters do not matter."""
    plain = "".join(letter for letter in code.upper() if letter.isalnum())
    plain = plain.replace("O", "0").replace("I", "1").replace("L", "1")
    return hashlib.sha256(f"enrol\0{plain}".encode()).digest()


def redeem(connection: Connection, code: str, now: datetime) -> Person | None:
    """The person that a code stands for, once. None: unknown, used or too old."""
    fresh = (enrolment_code.c.code_hash == code_hash(code), enrolment_code.c.used_at.is_(None))
    used = update(enrolment_code).where(*fresh, enrolment_code.c.expires_at > now).values(used_at=now)
    person_id = connection.scalar(used.returning(enrolment_code.c.person_id))
    return None if person_id is None else read_person(connection, person_id)


def read_person(connection: Connection, person_id: str) -> Person:
    """A person by id. It must exist."""
    row = connection.execute(select(person).where(person.c.id == person_id)).one()
    return Person(id=PersonId(row.id), name=row.name, role=Role(row.role))


def person_named(connection: Connection, name: str) -> Person:
    """A person by name. Raises KnownError."""
    row = _row_named(connection, name)
    if row is None:
        raise KnownError(
            f"Nobody here is called “{name}”.",
            safe="Nothing was changed.",
            do="Invite them with `workbench hub invite`.",
        )
    return Person(id=PersonId(row.id), name=row.name, role=Role(row.role))


def add_person(connection: Connection, person_id: str, name: str, role: Role, home_district: str = "") -> None:
    """A new person, with the seed that their queue's order is drawn from."""
    row = {"id": person_id, "name": name, "role": role.value, "home_district": home_district}
    seed = keyed_hash(connection, "queue", name)
    connection.execute(insert(person).values(**row, queue_seed=seed))


def _row_named(connection: Connection, name: str) -> Row[Any] | None:
    return connection.execute(select(person).where(person.c.name == name)).one_or_none()


def _person_for(connection: Connection, name: str, role: Role | None) -> str:
    if not name or len(name) > 200:
        raise KnownError("A name has 1 to 200 characters.", safe="Nothing was changed.", do="Give the person's name.")
    row = _row_named(connection, name)
    if row is None:
        person_id = new_id()
        add_person(connection, person_id, name, role or Role.ASSESSOR)
        return person_id
    if role is not None and row.role != role.value:
        raise KnownError(
            f"{name} is already here, as {row.role}.",
            safe="Nothing was changed.",
            do=f"Invite them as {row.role}, or leave --role out.",
        )
    return str(row.id)
