"""The submissions that a tour meets: their evidence as cards, and what the hub must know of them afterwards."""

from dataclasses import dataclass
from pathlib import Path

from workbench.demo.script import ScriptedDecision
from workbench.errors import DataError
from workbench.hub.import_submissions import evidence_id
from workbench.hub.programme import EvidenceRow, SubmissionRow, load_programme
from workbench.model.ids import EvidenceId
from workbench.model.offering import Offering
from workbench.model.submission import EvidenceKind
from workbench.wire.canonical import sha256_hex

ORDER = (EvidenceKind.VIDEO, EvidenceKind.PDF, EvidenceKind.IMAGE, EvidenceKind.TEXT, EvidenceKind.AUDIO)


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """One card of the evidence strip, `number` from 1. `kind` None: a file that cannot be shown."""

    number: int
    kind: EvidenceKind | None
    evidence_id: EvidenceId
    sha256: str
    label: str


@dataclass(frozen=True, slots=True, kw_only=True)
class StagedSubmission:
    """A submission of the script as it was handed to the hub."""

    script: ScriptedDecision
    pseudonym: str
    attempt: int
    offering: Offering
    cards: tuple[Card, ...]

    def cards_of(self, kind: EvidenceKind) -> tuple[Card, ...]:
        """Cards of that kind; if there are none, of the next kind that there is."""
        start = ORDER.index(kind)
        for wanted in (*ORDER[start:], *ORDER[:start]):
            found = tuple(card for card in self.cards if card.kind is wanted)
            if found:
                return found
        return ()


def staged(folder: Path, script: ScriptedDecision) -> StagedSubmission:
    """Find the script's submission in a programme folder. Raises DataError."""
    programme = load_programme(folder)
    row = next((row for row in programme.submissions if row.id == script.submission), None)
    if row is None:
        raise DataError(file="submissions.csv", place="the table", rule=f"{script.submission} is missing")
    offering = next(offering for offering in programme.offerings if offering.id == row.offering_id)
    shown = [piece for piece in row.evidence if piece.captions_for is None]
    cards = tuple(_card(number, row, piece) for number, piece in enumerate(shown, start=1))
    return StagedSubmission(script=script, pseudonym=row.educator, attempt=row.attempt, offering=offering, cards=cards)


def _card(number: int, row: SubmissionRow, piece: EvidenceRow) -> Card:
    return Card(
        number=number,
        kind=piece.kind,
        evidence_id=evidence_id(row.id, row.attempt, piece.order),
        sha256=sha256_hex(piece.path.read_bytes()),
        label=piece.label,
    )
