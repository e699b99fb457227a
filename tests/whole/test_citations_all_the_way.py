"""A citation of every kind of place goes all the way: store, restart, file and back, hub, `hub decisions`."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image

from tests.cli.console import Console, HubProcess
from tests.media.making import make_clip, make_pdf
from tests.sync.laptop import PASSPHRASE, Laptop
from tests.sync.programme import ASSESSOR, CRITERIA, write_programme
from workbench.citations.looking import looked_through
from workbench.hub import setup
from workbench.model.citation import (
    Box,
    Citation,
    ImageBox,
    LookedThrough,
    PageBox,
    PageQuote,
    Place,
    Stance,
    TextQuote,
    TimeRange,
)
from workbench.model.ids import AssignmentId, CitationId, CriterionId, new_id
from workbench.model.looked import Looked
from workbench.model.submission import Evidence
from workbench.operations.cite import cite
from workbench.operations.looking import note_looked
from workbench.queries.citations import citations
from workbench.queries.looking import looked
from workbench.queries.score import score
from workbench.wire.canonical import to_json

THIRD = Box(x=0.1, y=1 / 3, width=0.7, height=0.30000000000000004)
REFLECTION = "I waited four seconds 🙂 and they answered.\n"
PLACES: dict[str, tuple[Place, ...]] = {
    "video": (TimeRange(start_ms=200, end_ms=1_900), TimeRange(start_ms=7, end_ms=7)),
    "plan": (PageBox(page=2, box=THIRD), PageQuote(page=1, exact="“Wait”", start=40, prefix="1. ", suffix=" four\ns")),
    "photo": (ImageBox(box=THIRD),),
    "scans": (PageBox(page=1, box=THIRD),),
    "words": (TextQuote(exact="four seconds 🙂", start=9, prefix="I waited ", suffix=" and"),),
}
SEEN = {
    "video": Looked(spans=((0, 900), (1_500, 2_000))),
    "plan": Looked(pages=(0, 1, 3)),
    "photo": Looked(is_whole=True),
    "scans": Looked(pages=(0, 1)),
    "words": Looked(is_whole=True),
}


def picture(pages: int) -> bytes:
    """A photograph, or scans of several pages."""
    made = [Image.new("RGB", (60, 40), (number * 40, 0, 0)) for number in range(pages)]
    stream = BytesIO()
    if pages == 1:
        made[0].save(stream, "PNG")
    else:
        made[0].save(stream, "TIFF", save_all=True, append_images=made[1:])
    return stream.getvalue()


@pytest.fixture
def hub_folder(tmp_path: Path) -> Path:
    """A hub with one submission that holds a file of every kind, assigned."""
    made = tmp_path / "files"
    made.mkdir()
    files = [
        make_clip(made / "video.mp4").read_bytes(),
        make_pdf(made / "plan.pdf", 4).read_bytes(),
        picture(1),
        picture(3),
        REFLECTION.encode(),
    ]
    setup.init(tmp_path / "hub", key=bytes(32))
    setup.import_programme(tmp_path / "hub", write_programme(tmp_path / "programme", {"s-1": files}))
    setup.assign(tmp_path / "hub", ASSESSOR, "s-1")
    return tmp_path / "hub"


@dataclass
class Desk:
    """A laptop with its profile, signed in to a hub in a process of its own."""

    laptop: Laptop
    profile: Path

    @property
    def assignment(self) -> AssignmentId:
        return self.laptop.assignments()[0]

    def evidence(self) -> dict[str, Evidence]:
        view = self.laptop.account.store.read(score, self.assignment)
        return dict(zip(PLACES, (item.evidence for item in view.evidence), strict=True))

    def cited(self) -> tuple[Citation, ...]:
        return tuple(each.citation for each in self.laptop.account.store.read(citations))

    def run(self, *arguments: str | Path) -> str:
        """The command line, which needs the account to itself."""
        self.laptop.close()
        said = Console(self.profile, PASSPHRASE).run(*arguments)
        assert (said.code, said.err) == (0, "")
        self.laptop.restart()
        return said.out


@pytest.fixture
def desks(hub_folder: Path, tmp_path: Path) -> Iterator[tuple[Desk, Desk]]:
    """Two laptops of one assessor."""
    hub = HubProcess(hub_folder)
    made: list[Desk] = []
    try:
        for name in ("one", "two"):
            code = setup.invite(hub_folder, ASSESSOR)
            made.append(Desk(Laptop(tmp_path / name, hub.address, code), tmp_path / name))
            made[-1].laptop.round()
        yield made[0], made[1]
    finally:
        for desk in made:
            desk.laptop.close()
        hub.stop()


def make_all(desk: Desk) -> tuple[Citation, ...]:
    """Every place of every file, then each file as looked through; the criteria take turns."""
    store, assignment = desk.laptop.account.store, desk.assignment
    for which, piece in desk.evidence().items():
        places: list[tuple[Place, Stance]] = [(place, Stance.CONTRADICTS) for place in PLACES[which]]
        store.write(note_looked, assignment, piece.id, piece.sha256, SEEN[which])
        through = looked_through(store.read(looked, assignment)[piece.id, piece.sha256], piece)
        assert through is not None
        for turn, (place, stance) in enumerate([*places, (through, Stance.ABSENT)]):
            made = Citation(
                id=CitationId(new_id()),
                criterion_id=CriterionId(CRITERIA[turn % 2]),
                evidence_id=piece.id,
                sha256=piece.sha256,
                stance=stance,
                place=place,
                note=("", "She waits ‘long’ – é, ж, 問")[turn % 2],
            )
            store.write(cite, assignment, made)
    return desk.cited()


def amounts(cited: Sequence[Citation]) -> list[tuple[int, str]]:
    return [(each.place.seen, each.place.unit) for each in cited if isinstance(each.place, LookedThrough)]


def test_that_every_citation_survives_restart_file_and_sync_exactly(
    desks: tuple[Desk, Desk], hub_folder: Path, tmp_path: Path
) -> None:
    one, two = desks
    made = make_all(one)
    assert {type(each.place) for each in made} == {
        TimeRange, PageBox, PageQuote, ImageBox, TextQuote, LookedThrough,
    }  # fmt: skip
    assert amounts(made) == [(1_400, "ms"), (3, "pages"), (1, "whole"), (2, "pages"), (1, "whole")]

    file = tmp_path / "cited.jsonld"
    one.run("citations", "export", "--out", file)
    assert one.cited() == made

    assert two.run("citations", "import", file) == f"Imported {len(made)} citations; 0 stood here already.\n"
    assert two.cited() == made

    two.laptop.finalize(two.assignment)
    assert two.laptop.round().confirmed == 1
    listed = Console(tmp_path / "none").run("hub", "decisions", hub_folder, "--json")
    assert listed.code == 0
    (row,) = map(json.loads, listed.out.splitlines())
    arrived = sorted(row["citations"], key=lambda each: str(each["id"]))
    assert arrived == [to_json(each) for each in made]
