"""Writes the programme's offerings, people and file facts, within the import's one transaction."""

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import Connection, select, update
from sqlalchemy.dialects.sqlite import insert

from workbench.errors import DataError
from workbench.hub.feed import Feed
from workbench.hub.people import add_person
from workbench.hub.programme import PersonRow
from workbench.hub.schema import evidence_file, offering, offering_text, person
from workbench.model.offering import Offering
from workbench.model.submission import EvidenceFacts, EvidenceKind
from workbench.wire.canonical import sha256_hex
from workbench.wire.codec import encode


@dataclass(slots=True)
class Tally:
    """How many rows were new, changed and as before."""

    new: int = 0
    changed: int = 0
    same: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class ShelfFile:
    """A file on the hub's shelf with what a decoder found in it."""

    sha256: str
    size: int
    kind: EvidenceKind
    facts: EvidenceFacts


def write_offerings(connection: Connection, feed: Feed, offerings: Iterable[Offering]) -> Tally:
    """Keep every offering version; a changed text reaches those who judge by it."""
    tally = Tally()
    for item in offerings:
        body = encode(item)
        sha256 = sha256_hex(body)
        same = (offering.c.id == item.id, offering.c.version == item.version)
        before = connection.scalar(select(offering.c.sha256).where(*same))
        if before == sha256:
            tally.same += 1
            continue
        connection.execute(insert(offering_text).values(sha256=sha256, body=body).on_conflict_do_nothing())
        if before is None:
            tally.new += 1
            connection.execute(insert(offering).values(id=item.id, version=item.version, sha256=sha256))
        else:
            tally.changed += 1
            connection.execute(update(offering).where(*same).values(sha256=sha256))
            feed.offering_changed(item.id, item.version)
    return tally


def write_people(connection: Connection, people: Iterable[PersonRow]) -> Tally:
    """Keep the people; somebody who was invited by name before keeps the id they have."""
    tally = Tally()
    for item in people:
        by_id = connection.execute(select(person).where(person.c.id == item.person)).one_or_none()
        row = by_id or connection.execute(select(person).where(person.c.name == item.name)).one_or_none()
        if row is None:
            add_person(connection, item.person, item.name, item.role, item.home_district)
            tally.new += 1
            continue
        wanted = (item.name, item.role.value, item.home_district)
        if (row.name, row.role, row.home_district) == wanted:
            tally.same += 1
            continue
        _refuse_taken_name(connection, row.id, item)
        values = dict(zip(("name", "role", "home_district"), wanted, strict=True))
        connection.execute(update(person).where(person.c.id == row.id).values(values))
        tally.changed += 1
    return tally


def _refuse_taken_name(connection: Connection, person_id: str, item: PersonRow) -> None:
    taken = select(person.c.id).where(person.c.name == item.name, person.c.id != person_id)
    if connection.scalar(taken) is not None:
        rule = f"“{item.name}” is the name of somebody else at this hub"
        raise DataError(file="people.csv", place=f"person {item.person}", rule=rule)


def write_evidence_files(connection: Connection, files: Iterable[ShelfFile]) -> None:
    """Keep what is known of each content."""
    for item in files:
        values = {"size": item.size, "kind": item.kind.value, "facts": encode(item.facts)}
        statement = insert(evidence_file).values(sha256=item.sha256, **values)
        connection.execute(statement.on_conflict_do_update(index_elements=["sha256"], set_=values))
