"""A submission of texts, tables and documents, sealed into the store that the viewers' tests share."""

import hashlib
import zipfile
from pathlib import Path

from tests.media.making_documents import make_slides, make_word
from tests.store import world
from workbench.model.ids import AssignmentId, EvidenceHash, EvidenceId
from workbench.model.submission import Evidence, EvidenceFacts, EvidenceKind
from workbench.store import platform_rows
from workbench.store.account import Account

ASSIGNMENT = AssignmentId("reading texts")
ROWS = 100_000
SCORES = 'Pupil;Score;What was said\nAmina;3;"I counted\nagain"\nBo;=1+2;Short row\nCleo;5\n'
NAMES = ("plan.docx", "deck.pptx", "scores.csv", "large.csv", "long.txt", "photos.zip")


def make_files(folder: Path) -> None:
    """All files of `NAMES`."""
    make_word(folder / "plan.docx")
    make_slides(folder / "deck.pptx")
    (folder / "scores.csv").write_text(SCORES + "".join(f"Pupil {n};{n};said {n}\n" for n in range(60)), "utf-8-sig")
    rows = (f'{n},Pupil {n},{n % 7},"said ""so"", and more"\n' for n in range(ROWS))
    (folder / "large.csv").write_text("id,name,score,comment\n" + "".join(rows), "utf-8")
    (folder / "long.txt").write_text(
        "".join(f"Paragraph {n}: the class looked again.\n\n" for n in range(400)), "utf-8"
    )
    with zipfile.ZipFile(folder / "photos.zip", "w") as archive:
        for number in range(12):
            archive.writestr(f"IMG_{number}.jpg", b"x")


def furnish(account: Account, folder: Path) -> None:
    """Assign them as one submission."""
    items = tuple(_evidence(order, folder / name) for order, name in enumerate(NAMES, 1))
    changes = world.assigned(ASSIGNMENT, "read texts", items, pseudonym="Educator 7C-02", position=98)
    account.store.write(platform_rows.apply_changes, changes)
    for item in items:
        world.fetch(account, item, (folder / item.id).read_bytes())


def _evidence(order: int, path: Path) -> Evidence:
    data = path.read_bytes()
    is_known = path.suffix != ".zip"
    facts = EvidenceFacts(
        media_type="" if is_known else "application/zip",
        reason="" if is_known else "This is a Zip archive with 12 files (12 pictures), which is not shown here.",
    )
    return Evidence(
        id=EvidenceId(path.name),
        order=order,
        label=path.stem.title(),
        kind=EvidenceKind.TEXT if is_known else EvidenceKind.UNSUPPORTED,
        sha256=EvidenceHash(hashlib.sha256(data).hexdigest()),
        size=len(data),
        facts=facts,
    )
