"""The evidence of one submission for the viewers' tests: small real files, sealed into a real store."""

import hashlib
from pathlib import Path

from PIL import Image

from tests.media.making import make_clip, make_pdf, make_photo, make_sound, mend_needed
from tests.store import world
from workbench.model.ids import AssignmentId, EvidenceHash, EvidenceId, SubmissionId
from workbench.model.submission import Evidence, EvidenceKind
from workbench.store import platform_rows
from workbench.store.account import Account
from workbench.wire.exchange import Change

ASSIGNMENT = AssignmentId("looking")
PAGES = 117
LATE = "late.jpg"
REFLECTION = """# What I learned

The average hid a gap 😀: two groups had moved, one had not. See [the sheet](http://example.com/sheet).

![a chart](http://example.com/chart.png)

<img src="http://example.com/pixel.png">

## What I changed

I asked each pair to explain one mistake aloud.
"""
CAPTIONS = """WEBVTT

00:00:00.000 --> 00:00:03.000
What do you notice?

00:00:04.000 --> 00:00:08.000
They went up.
"""
KINDS = {
    "lesson.mp4": EvidenceKind.VIDEO,
    "captions.vtt": EvidenceKind.CAPTIONS,
    "plan.pdf": EvidenceKind.PDF,
    "photo.jpg": EvidenceKind.IMAGE,
    "green.png": EvidenceKind.IMAGE,
    "reflection.md": EvidenceKind.TEXT,
    "voice.m4a": EvidenceKind.AUDIO,
    "login.pdf": EvidenceKind.PDF,
    "cut.mp4": EvidenceKind.VIDEO,
    "mended.pdf": EvidenceKind.PDF,
    LATE: EvidenceKind.IMAGE,
}


def make_files(folder: Path) -> None:
    """All files of `KINDS`; the photo's pixels lie on their side, as a phone stores them."""
    make_clip(folder / "lesson.mp4", times_ms=range(0, 8000, 40))
    (folder / "captions.vtt").write_text(CAPTIONS, "utf-8")
    make_pdf(folder / "plan.pdf", PAGES)
    make_photo(folder / "photo.jpg", orientation=6)
    Image.new("RGB", (1200, 900), (0, 160, 0)).save(folder / "green.png")
    (folder / "reflection.md").write_text(REFLECTION, "utf-8")
    make_sound(folder / "voice.m4a", 3000)
    (folder / "login.pdf").write_text("<html><body>Please sign in</body></html>", "utf-8")
    (folder / "cut.mp4").write_bytes((folder / "lesson.mp4").read_bytes()[:3000])
    make_photo(folder / LATE)
    mend_needed(make_pdf(folder / "mended.pdf", 2))


def evidence_id(name: str) -> EvidenceId:
    """The id of a file's evidence."""
    return EvidenceId(name)


def furnish(account: Account, folder: Path) -> None:
    """Assign one submission with these files; all but the late one have arrived."""
    items = [_evidence(order, folder / name, kind) for order, (name, kind) in enumerate(KINDS.items(), 1)]
    account.store.write(platform_rows.apply_changes, _changes(tuple(items)))
    for item in items:
        if item.id != LATE:
            world.fetch(account, item, (folder / item.id).read_bytes())


def arrive(account: Account, folder: Path, name: str) -> None:
    """One more file arrives."""
    items = account.store.read(platform_rows.submission, SubmissionId("looked-at"), 1).evidence
    item = next(item for item in items if item.id == name)
    world.fetch(account, item, (folder / name).read_bytes())


def _evidence(order: int, path: Path, kind: EvidenceKind) -> Evidence:
    data = path.read_bytes()
    return Evidence(
        id=evidence_id(path.name),
        order=order,
        label=path.stem.title(),
        kind=kind,
        sha256=EvidenceHash(hashlib.sha256(data).hexdigest()),
        size=len(data),
        captions_for=evidence_id("lesson.mp4") if kind is EvidenceKind.CAPTIONS else None,
    )


def _changes(items: tuple[Evidence, ...]) -> list[Change]:
    return world.assigned(ASSIGNMENT, "looked-at", items, pseudonym="Educator 4F-21", position=99)
