"""The few values that the hub keeps about itself: its programme, its key and its epoch."""

import hashlib
import hmac

from sqlalchemy import Connection, select
from sqlalchemy.dialects.sqlite import insert

from workbench.hub.schema import setting
from workbench.model.ids import ProgrammeId
from workbench.model.person import Programme
from workbench.wire.codec import decode, encode

NO_PROGRAMME = Programme(id=ProgrammeId(""), name="")


def read_setting(connection: Connection, name: str) -> bytes | None:
    """A value, None when it was never set."""
    found: bytes | None = connection.scalar(select(setting.c.value).where(setting.c.name == name))
    return found


def write_setting(connection: Connection, name: str, value: bytes) -> None:
    """Set a value."""
    statement = insert(setting).values(name=name, value=value)
    connection.execute(statement.on_conflict_do_update(index_elements=["name"], set_={"value": value}))


def programme_of(connection: Connection) -> Programme:
    """The programme of this hub; without a name before the first import."""
    body = read_setting(connection, "programme")
    return NO_PROGRAMME if body is None else decode(Programme, body, source="the hub's database")


def write_programme(connection: Connection, programme: Programme) -> None:
    """Keep the programme's name and phone."""
    write_setting(connection, "programme", encode(programme))


def keyed_hash(connection: Connection, purpose: str, text: str) -> bytes:
    """HMAC-SHA256 with the hub's own key: the same text gives something else at another hub."""
    key = read_setting(connection, "key")
    if key is None:
        raise RuntimeError("the hub's database has no key")
    return hmac.new(key, f"{purpose}\0{text}".encode(), hashlib.sha256).digest()
