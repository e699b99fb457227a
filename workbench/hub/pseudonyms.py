"""Gives each educator the name that laptops see. The real one never leaves the hub."""

import re

from sqlalchemy import Connection, insert, select

from workbench.hub.schema import educator
from workbench.hub.settings_rows import keyed_hash

_PSEUDONYM = re.compile(r"Educator [0-9A-Z]{2,4}(-[0-9A-Z]{2,4}){1,3}")
_SHORT_TRIES = 8


def is_pseudonym(name: str) -> bool:
    """Whether a programme already gives a pseudonym in our style."""
    return _PSEUDONYM.fullmatch(name) is not None


def pseudonym_for(connection: Connection, name: str) -> str:
    """The educator's pseudonym, the same for ever; drawn with the hub's key unless the name is one already."""
    known: str | None = connection.scalar(select(educator.c.pseudonym).where(educator.c.name == name))
    if known is not None:
        return known
    taken = _is_taken(connection, name)
    pseudonym = name if is_pseudonym(name) and not taken else _drawn(connection, name)
    connection.execute(insert(educator).values(name=name, pseudonym=pseudonym))
    return pseudonym


def _drawn(connection: Connection, name: str) -> str:
    number = 0
    while True:
        digits = keyed_hash(connection, "pseudonym", f"{number}\0{name}")
        pseudonym = f"Educator {digits[0]:02X}-{digits[1] % 100:02d}"
        # After some collisions there are many educators: then a third pair of digits.
        pseudonym += f"-{digits[2]:02X}" if number >= _SHORT_TRIES else ""
        if not _is_taken(connection, pseudonym):
            return pseudonym
        number += 1


def _is_taken(connection: Connection, pseudonym: str) -> bool:
    return connection.scalar(select(educator.c.name).where(educator.c.pseudonym == pseudonym)) is not None
