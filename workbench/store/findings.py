"""What was found in the bytes of each evidence, part by part, and the fingerprints of its pictures. Judges nothing."""

from collections import defaultdict
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from sqlalchemy import and_, delete, exists, select
from sqlalchemy.dialects.sqlite import insert

from workbench.model.findings import METHOD, EvidenceFindings, Fingerprint, LookedOver, Unit, told
from workbench.model.ids import EvidenceHash, EvidenceId, SubmissionId
from workbench.model.likeness import OWN_MOST, alike
from workbench.store.records import batched
from workbench.store.tables import fingerprint, looked_over, platform_assignment, platform_evidence
from workbench.wire.codec import decode, encode

if TYPE_CHECKING:
    from sqlalchemy import Row, Select

    from workbench.store.session import ReadSession, WriteSession

_SIGN = 1 << 63
_A, _E, _F, _L = platform_assignment.c, platform_evidence.c, fingerprint.c, looked_over.c


class Holder(NamedTuple):
    """Who handed in some bytes."""

    evidence_id: EvidenceId
    submission_id: SubmissionId
    attempt: int
    sha256: EvidenceHash


def keep(session: "WriteSession", sha256: EvidenceHash, part: int, found: LookedOver) -> None:
    """Keep what one part showed; replaces what was found there before."""
    kept = {"method": METHOD, "value": encode(found).decode()}
    row = insert(looked_over).values(sha256=sha256, part=part, **kept)
    session.connection.execute(row.on_conflict_do_update(index_elements=["sha256", "part"], set_=kept))
    session.connection.execute(delete(fingerprint).where(_F.sha256 == sha256, _F.part == part))
    prints = {each.at: _signed(each.bits) for each in found.fingerprints}
    rows = [{"sha256": sha256, "part": part, "at": at, "unit": found.unit, "bits": bits} for at, bits in prints.items()]
    if rows:
        session.connection.execute(insert(fingerprint), rows)


def found(session: "ReadSession", sha256: EvidenceHash) -> EvidenceFindings:
    """What is known of these bytes; `done` counts the parts from the first on without a gap."""
    asked = select(_L.part, _L.value).where(_L.sha256 == sha256, _L.method == METHOD).order_by(_L.part)
    parts = {row.part: decode(LookedOver, row.value, source="this laptop's store") for row in _rows(session, asked)}
    first = parts.get(0)
    if first is None:
        return EvidenceFindings()
    done = next(number for number in range(len(parts) + 1) if number not in parts)
    findings = (finding for number in range(done) for finding in parts[number].findings)
    return EvidenceFindings(done=done, parts=first.parts, unit=first.unit, length=first.length, findings=told(findings))


def fingerprints(session: "ReadSession", sha256: EvidenceHash) -> tuple[Unit, tuple[Fingerprint, ...]]:
    """The fingerprints of these bytes in their order, and what they are of."""
    rows = _rows(session, select(_F.at, _F.unit, _F.bits).where(_F.sha256 == sha256).order_by(_F.part, _F.at))
    unit: Unit = rows[0].unit if rows else "whole"
    return unit, tuple(Fingerprint(at=row.at, bits=row.bits % (2 * _SIGN)) for row in rows)


def near(session: "ReadSession", sha256: EvidenceHash) -> dict[EvidenceHash, tuple[int, int]]:
    """Other bytes whose pictures look alike: how many of how many do. Reads every fingerprint once."""
    unit, mine = fingerprints(session, sha256)
    mine = mine[:: -(-len(mine) // OWN_MOST)] if mine else mine
    if not mine:
        return {}
    is_recording = _F.unit == "ms" if unit == "ms" else _F.unit != "ms"
    theirs: dict[str, list[int]] = defaultdict(list)
    units: dict[str, Unit] = {}
    for other, other_unit, bits in _rows(session, select(_F.sha256, _F.unit, _F.bits).where(is_recording)):
        if other != sha256:
            theirs[other].append(bits % (2 * _SIGN))
            units[other] = other_unit
    found = {}
    for other, prints in theirs.items():
        # A picture of a page is compared as strictly as two pages are.
        count = alike(mine, prints, "pages" if "pages" in (unit, units[other]) else unit)
        if count:
            found[EvidenceHash(other)] = (count, len(mine))
    return found


def holders(session: "ReadSession", hashes: list[EvidenceHash]) -> tuple[Holder, ...]:
    """The evidence with these bytes, of attempts that are still this person's to look at."""
    is_mine = exists().where(and_(_A.submission_id == _E.submission_id, _A.attempt == _E.attempt, _A.withdrawn == ""))
    columns = (_E.evidence_id, _E.submission_id, _E.attempt, _E.sha256)
    asked = [select(*columns).where(_E.sha256.in_(some), is_mine) for some in batched(hashes)]
    return tuple(Holder(*row) for each in asked for row in _rows(session, each))


def _rows(session: "ReadSession", asked: "Select[Any]") -> "Sequence[Row[Any]]":
    return session.connection.execute(asked).all()


def _signed(bits: int) -> int:
    return bits - 2 * _SIGN if bits >= _SIGN else bits
