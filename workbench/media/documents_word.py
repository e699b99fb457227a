"""Word documents as readable blocks, through python-docx. Runs in a worker only; follows nothing that leads outside."""

import io
import re
from collections.abc import Iterator
from typing import Any

from workbench.media.documents_blocks import Blocks, PictureFound, tidy_text
from workbench.media.jobs import BlockKind

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_WP = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
_V = "{urn:schemas-microsoft-com:vml}"
_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_M = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
_EMU_PER_POINT = 12700
_LITERAL = {
    f"{_W}tab": "\t",
    f"{_W}br": "\n",
    f"{_W}cr": "\n",
    f"{_W}noBreakHyphen": "\u2011",
}
_PASSED_OVER = {f"{_W}del", f"{_W}moveFrom", f"{_W}pPr", f"{_W}rPr", f"{_W}instrText", f"{_W}sectPr", f"{_W}delText"}
_FOOTNOTES = "/footnotes"
_HEADING = re.compile(r"^heading ([1-9])$")


def read_word(package: io.BytesIO, blocks: Blocks) -> None:
    """Add everything that is written in the document. Raises whatever a damaged one makes the library raise."""
    import docx

    document = docx.Document(package)
    _WordReader(document, blocks).read()


class _WordReader:
    """Walks one document in its order."""

    def __init__(self, document: Any, blocks: Blocks) -> None:
        self._document = document
        self._part = document.part
        self._blocks = blocks
        self._headings = _heading_levels(document)
        self._listed = _list_styles(document)
        self._numbers = _Numbering(document)
        self._boxes: list[Any] = []

    def read(self) -> None:
        self._read_all(self._document.element.body)
        self._read_footnotes()

    def _read_all(self, parent: Any) -> None:
        for child in parent.iterchildren(f"{_W}p", f"{_W}tbl", f"{_W}sdt", f"{_W}ins", f"{_W}customXml"):
            if child.tag == f"{_W}p":
                self._read_paragraph(child)
            elif child.tag == f"{_W}tbl":
                self._read_table(child)
            else:
                inner = child.find(f"{_W}sdtContent")
                self._read_all(child if inner is None else inner)

    def _read_paragraph(self, paragraph: Any) -> None:
        text: list[str] = []
        for piece in self._pieces(paragraph):
            if isinstance(piece, str):
                text.append(piece)
            else:
                self._blocks.pause_at_pictures(text, piece)
        self._add_text("".join(text), paragraph)
        self._blocks.add_waiting()
        boxes, self._boxes = self._boxes, []
        for box in boxes:
            self._read_all(box)

    def _add_text(self, text: str, paragraph: Any) -> None:
        text = tidy_text(text)
        if not text.strip():
            return
        form = paragraph.find(f"{_W}pPr")
        style = _value(form, f"{_W}pStyle") or ""
        if style in self._headings:
            self._blocks.add(BlockKind.HEADING, text, level=self._headings[style])
            return
        numbered = form.find(f"{_W}numPr") if form is not None else None
        if numbered is None and style in self._listed:
            numbered = self._listed[style]
        if numbered is None or _value(numbered, f"{_W}numId") == "0":
            self._blocks.add(BlockKind.PARAGRAPH, text)
        else:
            level = min(8, _number(_value(numbered, f"{_W}ilvl")))
            sign = self._numbers.sign(_value(numbered, f"{_W}numId") or "", level)
            self._blocks.add(BlockKind.ITEM, text, level=level, sign=sign)

    def _pieces(self, parent: Any) -> Iterator[Any]:
        """Its words as text, its pictures as (relationship, words, width, height), in order."""
        for child in parent.iterchildren():
            tag = child.tag
            if tag in (f"{_W}t", f"{_M}t"):
                yield child.text or ""
            elif tag in _LITERAL:
                yield _LITERAL[tag]
            elif tag in (f"{_W}footnoteReference", f"{_W}endnoteReference"):
                yield f"[{child.get(f'{_W}id', '')}]"
            elif tag in (f"{_W}drawing", f"{_W}pict", f"{_W}object"):
                yield from self._pictures(child)
            elif tag == f"{_MC}AlternateContent":
                yield from self._pieces(next(child.iterchildren(f"{_MC}Choice", f"{_MC}Fallback"), child))
            elif tag not in _PASSED_OVER and isinstance(tag, str):
                yield from self._pieces(child)

    def _pictures(self, drawing: Any) -> Iterator[Any]:
        self._boxes += list(drawing.iter(f"{_W}txbxContent"))
        extent = next(drawing.iter(f"{_WP}extent"), None)
        size = (
            tuple(_number(extent.get(side)) / _EMU_PER_POINT for side in ("cx", "cy")) if extent is not None else (0, 0)
        )
        said = next((each.get("descr") or each.get("title") for each in drawing.iter(f"{_WP}docPr")), None) or ""
        for blip in drawing.iter(f"{_A}blip"):
            yield (_target(self._part, blip.get(f"{_R}embed")), said, *size)
        for image in drawing.iter(f"{_V}imagedata"):
            yield (_target(self._part, image.get(f"{_R}id")), image.get("title") or said, *size)

    def _read_table(self, table: Any) -> None:
        rows: list[tuple[str, ...]] = []
        pictures: list[PictureFound] = []
        for row in table.iter(f"{_W}tr"):
            if _is_inside(row, table):
                cells = [cell for cell in row.iter(f"{_W}tc") if _is_inside(cell, row)]
                rows.append(tuple(self._cell(cell, pictures) for cell in cells))
        self._blocks.add_table(rows)
        for picture in pictures:
            self._blocks.pause_at_pictures([], picture)
        self._blocks.add_waiting()

    def _cell(self, cell: Any, pictures: list[PictureFound]) -> str:
        lines = []
        for paragraph in cell.iter(f"{_W}p"):
            pieces = list(self._pieces(paragraph))
            pictures += [piece for piece in pieces if not isinstance(piece, str)]
            lines.append("".join(piece for piece in pieces if isinstance(piece, str)))
        return tidy_text("\n".join(lines)).strip()

    def _read_footnotes(self) -> None:
        from docx.oxml.parser import parse_xml

        for relation in self._part.rels.values():
            if relation.is_external or not relation.reltype.endswith((_FOOTNOTES, "/endnotes")):
                continue
            root = parse_xml(relation.target_part.blob)
            for note in root.iterchildren(f"{_W}footnote", f"{_W}endnote"):
                words = "".join(piece for piece in self._pieces(note) if isinstance(piece, str)).strip()
                if words and note.get(f"{_W}type") is None:
                    self._blocks.add(BlockKind.NOTE, tidy_text(f"[{note.get(f'{_W}id', '')}] {words}"))


class _Numbering:
    """Counts the numbered lists of a document as they are met."""

    def __init__(self, document: Any) -> None:
        self._formats: dict[tuple[str, int], str] = {}
        self._counts: dict[tuple[str, int], int] = {}
        try:
            root = document.part.numbering_part.element
        except (KeyError, NotImplementedError, AttributeError):
            return
        abstract = {each.get(f"{_W}abstractNumId"): each for each in root.iterchildren(f"{_W}abstractNum")}
        for number in root.iterchildren(f"{_W}num"):
            model = abstract.get(_value(number, f"{_W}abstractNumId"))
            for level in model.iterchildren(f"{_W}lvl") if model is not None else ():
                key = (number.get(f"{_W}numId", ""), _number(level.get(f"{_W}ilvl")))
                self._formats[key] = _value(level, f"{_W}numFmt") or "decimal"

    def sign(self, number: str, level: int) -> str:
        """What stands before the next item of this list."""
        form = self._formats.get((number, level), "bullet")
        for deeper in range(level + 1, 9):
            self._counts.pop((number, deeper), None)
        count = self._counts[number, level] = self._counts.get((number, level), 0) + 1
        if form in ("bullet", "none"):
            return "•"
        if form in ("lowerLetter", "upperLetter") and count <= 26:
            letter = chr(ord("a") + count - 1)
            return f"{letter if form == 'lowerLetter' else letter.upper()}."
        return f"{count}."


def _heading_levels(document: Any) -> dict[str, int]:
    levels: dict[str, int] = {}
    for style in document.styles.element.iterchildren(f"{_W}style"):
        identity, name = style.get(f"{_W}styleId", ""), (_value(style, f"{_W}name") or "").lower()
        form = style.find(f"{_W}pPr")
        outline = _value(form, f"{_W}outlineLvl")
        found = _HEADING.match(name)
        if found or (outline is not None and _number(outline) < 9):
            levels[identity] = int(found[1]) if found else _number(outline) + 1
        elif name == "title":
            levels[identity] = 1
    return levels


def _list_styles(document: Any) -> dict[str, Any]:
    listed = {}
    for style in document.styles.element.iterchildren(f"{_W}style"):
        form = style.find(f"{_W}pPr")
        numbered = form.find(f"{_W}numPr") if form is not None else None
        if numbered is not None:
            listed[style.get(f"{_W}styleId", "")] = numbered
    return listed


def _target(part: Any, relation: str | None) -> str | None:
    """The name of the file inside that it means; None for one outside, which nobody fetches."""
    found = part.rels.get(relation) if relation else None
    return None if found is None or found.is_external else str(found.target_part.partname).lstrip("/")


def _is_inside(element: Any, parent: Any) -> bool:
    """Whether it belongs to this row or table, and not to one nested in it."""
    above = element.getparent()
    while above is not None and above is not parent:
        if above.tag in (f"{_W}tbl", f"{_W}tc"):
            return False
        above = above.getparent()
    return True


def _value(parent: Any, tag: str) -> str | None:
    found = parent.find(tag) if parent is not None else None
    value = found.get(f"{_W}val") if found is not None else None
    return str(value) if value is not None else None


def _number(text: Any) -> int:
    try:
        return max(0, int(text))
    except (TypeError, ValueError):
        return 0
