"""The blocks of a document as they are found, within limits. Reads no file and knows no format."""

import re
from collections.abc import Sequence

from workbench.media.jobs import BlockKind, DocumentBlock

BLOCKS_LIMIT = 20_000
CHARACTERS_LIMIT = 1_000_000
PICTURES_LIMIT = 500
COLUMNS_LIMIT = 64
_FILE_NAME = re.compile(r"^\S+\.[A-Za-z]{3,4}$")
PictureFound = tuple[str | None, str, float, float]
"""The file inside (None: it lies outside), what it shows in words, width and height in points (0: unsaid)."""


class BlocksFullError(Exception):
    """More than a window can lay out: what was found until now is shown."""


class Blocks:
    """Collects blocks; `pictures` are the names of their files, by number."""

    def __init__(self) -> None:
        self.found: list[DocumentBlock] = []
        self.pictures: list[str] = []
        self._characters = 0
        self._waiting: list[PictureFound] = []

    def add(self, kind: BlockKind, text: str = "", *, level: int = 0, sign: str = "") -> None:
        """One more block. Raises BlocksFullError."""
        self._make_room(_cost(text))
        self.found.append(DocumentBlock(kind=kind, text=text, level=level, sign=sign))

    def add_table(self, rows: Sequence[tuple[str, ...]]) -> None:
        """A table; its rows may differ in length. Raises BlocksFullError."""
        kept = tuple(row[:COLUMNS_LIMIT] for row in rows if any(row))
        if kept:
            self._make_room(sum(_cost(cell) for row in kept for cell in row))
            self.found.append(DocumentBlock(kind=BlockKind.TABLE, rows=kept))

    def add_picture(self, picture: PictureFound) -> None:
        """A picture in its place. Raises BlocksFullError."""
        name, said, width, height = picture
        number = None
        if name is not None and (name in self.pictures or len(self.pictures) < PICTURES_LIMIT):
            if name not in self.pictures:
                self.pictures.append(name)
            number = self.pictures.index(name)
        self._make_room(_cost(said))
        block = DocumentBlock(
            kind=BlockKind.PICTURE, text=_said(said), picture=number, width=_side(width), height=_side(height)
        )
        self.found.append(block)

    def pause_at_pictures(self, text: list[str], picture: PictureFound) -> None:
        """Keep a picture met within a line of text until the line is added; before any text it stands first."""
        if "".join(text).strip():
            self._waiting.append(picture)
        else:
            self.add_picture(picture)

    def add_waiting(self) -> None:
        """The line is there: add the pictures that were met in it."""
        waiting, self._waiting = self._waiting, []
        for picture in waiting:
            self.add_picture(picture)

    def _make_room(self, characters: int) -> None:
        self._characters += characters
        if len(self.found) >= BLOCKS_LIMIT or self._characters > CHARACTERS_LIMIT:
            raise BlocksFullError


def _cost(text: str) -> int:
    """In letters: a pictograph takes a window as long as ten, one joined to the next as long as eighty."""
    if text.isascii():
        return len(text) + 1
    return len(text) + 1 + 10 * sum(letter > "\uffff" for letter in text) + 80 * text.count("\u200d")


def tidy_text(text: str) -> str:
    """Without control characters, in runs and lines that a window can lay out."""
    from workbench.media.text import folded, tidy

    return folded(tidy(text))


def _said(text: str) -> str:
    """What a picture shows; programs fill in the name of its file, which says nothing."""
    text = " ".join(tidy_text(text)[:500].split())
    return "" if _FILE_NAME.match(text) else text


def _side(points: float) -> float:
    return float(min(2000.0, points)) if points > 0 else 0.0
