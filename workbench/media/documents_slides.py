"""Presentations as readable blocks, through python-pptx: slide after slide with what the speaker noted beside it.

Runs in a worker only; follows nothing that leads outside.
"""

import io
from collections.abc import Iterable, Iterator
from typing import Any

from workbench.media.documents_blocks import Blocks, tidy_text
from workbench.media.jobs import BlockKind

_A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_P = "{http://schemas.openxmlformats.org/presentationml/2006/main}"
_DIAGRAM = "{http://schemas.openxmlformats.org/drawingml/2006/diagram}"
_EMU_PER_POINT = 12700
_SAME_ROW_EMU = 360_000
"""A centimetre: shapes whose tops differ by less stand in one row, read from left to right."""
_BULLETS = (f"{_A}buChar", f"{_A}buAutoNum", f"{_A}buBlip")


def read_slides(package: io.BytesIO, blocks: Blocks) -> None:
    """Add all slides. Raises whatever a damaged one makes the library raise."""
    import pptx

    for number, slide in enumerate(pptx.Presentation(package).slides, 1):
        _read_slide(number, slide, blocks)


def _read_slide(number: int, slide: Any, blocks: Blocks) -> None:
    title = slide.shapes.title
    said = " ".join(title.text_frame.text.split()) if title is not None else ""
    blocks.add(
        BlockKind.SLIDE, tidy_text(said), level=number, sign="hidden" if slide.element.get("show") == "0" else ""
    )
    for shape in _in_reading_order(slide.shapes):
        if title is None or shape.shape_id != title.shape_id:
            _read_shape(shape, blocks)
    notes = slide.notes_slide.notes_text_frame if slide.has_notes_slide else None
    if notes is not None and notes.text.strip():
        blocks.add(BlockKind.NOTES)
        for paragraph in notes.paragraphs:
            if words := _words(paragraph._p).strip():
                blocks.add(BlockKind.NOTE, words)


def _in_reading_order(shapes: Iterable[Any]) -> list[Any]:
    """From top to bottom, shapes of one row from left to right."""
    placed = sorted(shapes, key=lambda shape: (shape.top or 0, shape.left or 0))
    rows: list[list[Any]] = []
    for shape in placed:
        if rows and (shape.top or 0) - (rows[-1][0].top or 0) < _SAME_ROW_EMU:
            rows[-1].append(shape)
        else:
            rows.append([shape])
    return [shape for row in rows for shape in sorted(row, key=lambda shape: shape.left or 0)]


def _read_shape(shape: Any, blocks: Blocks) -> None:
    if hasattr(shape, "shapes"):
        for inner in _in_reading_order(shape.shapes):
            _read_shape(inner, blocks)
        return
    _read_pictures(shape, blocks)
    if shape.has_text_frame:
        _read_text(shape, blocks)
    elif getattr(shape, "has_table", False) and shape.has_table:
        cells = f"{_A}tc"
        rows = shape.table._tbl.iter(f"{_A}tr")
        blocks.add_table([tuple(_cell(cell) for cell in row.iterchildren(cells)) for row in rows])
    elif getattr(shape, "has_chart", False) and shape.has_chart:
        _read_chart(shape.chart, blocks)
    else:
        _read_diagram(shape, blocks)


def _read_text(shape: Any, blocks: Blocks) -> None:
    # What stands in the body of a layout has bullets unless it says otherwise; a text box has none.
    is_body = shape.is_placeholder and shape.placeholder_format.type is not None and _is_body(shape)
    counts: dict[int, int] = {}
    for paragraph in shape.text_frame.paragraphs:
        words = _words(paragraph._p)
        if not words.strip():
            continue
        form = paragraph._p.find(f"{_A}pPr")
        level = min(8, paragraph.level or 0)
        has_bullet = form is not None and any(form.find(tag) is not None for tag in _BULLETS)
        is_plain = form is not None and form.find(f"{_A}buNone") is not None
        if not has_bullet and (is_plain or not is_body):
            blocks.add(BlockKind.PARAGRAPH, words)
            continue
        is_counted = form is not None and form.find(f"{_A}buAutoNum") is not None
        counts = {key: count for key, count in counts.items() if key <= level}
        counts[level] = counts.get(level, 0) + 1
        blocks.add(BlockKind.ITEM, words, level=level, sign=f"{counts[level]}." if is_counted else "•")


def _is_body(shape: Any) -> bool:
    from pptx.enum.shapes import PP_PLACEHOLDER

    kind = shape.placeholder_format.type
    return bool(kind in (PP_PLACEHOLDER.BODY, PP_PLACEHOLDER.OBJECT, PP_PLACEHOLDER.VERTICAL_BODY))


def _read_pictures(shape: Any, blocks: Blocks) -> None:
    """The picture of a shape, also one that fills it or stands for a film."""
    said = next((each.get("descr") or "" for each in shape.element.iter(f"{_P}cNvPr")), "")
    size = ((shape.width or 0) / _EMU_PER_POINT, (shape.height or 0) / _EMU_PER_POINT)
    for blip in shape.element.iter(f"{_A}blip"):
        if blip.getparent().tag != f"{_A}buBlip":
            blocks.add_picture((_target(shape.part, blip.get(f"{_R}embed")), said, *size))


def _target(part: Any, relation: str | None) -> str | None:
    found = part.rels.get(relation) if relation else None
    return None if found is None or found.is_external else str(found.target_part.partname).lstrip("/")


def _read_chart(chart: Any, blocks: Blocks) -> None:
    """A chart as the table it was drawn from."""
    if chart.has_title and chart.chart_title.has_text_frame:
        blocks.add(BlockKind.PARAGRAPH, tidy_text(chart.chart_title.text_frame.text))
    for plot in chart.plots:
        series = list(plot.series)
        names = [str(category) for category in plot.categories]
        rows = [("", *(str(each.name) for each in series))]
        for index, name in enumerate(names):
            rows.append((name, *(_figure(each.values, index) for each in series)))
        blocks.add_table([tuple(tidy_text(cell) for cell in row) for row in rows])


def _figure(values: Any, index: int) -> str:
    value = values[index] if index < len(values) else None
    return "" if value is None else f"{value:g}"


def _read_diagram(shape: Any, blocks: Blocks) -> None:
    """The words of a diagram, in the order in which they were written."""
    from pptx.oxml import parse_xml

    for relations in shape.element.iter(f"{_DIAGRAM}relIds"):
        found = shape.part.rels.get(relations.get(f"{_R}dm"))
        if found is None or found.is_external:
            continue
        for paragraph in parse_xml(found.target_part.blob).iter(f"{_A}p"):
            if words := _words(paragraph).strip():
                blocks.add(BlockKind.ITEM, words, sign="•")


def _cell(cell: Any) -> str:
    return "\n".join(_words(paragraph) for paragraph in cell.iter(f"{_A}p")).strip()


def _words(paragraph: Any) -> str:
    return tidy_text("".join(_pieces(paragraph)))


def _pieces(paragraph: Any) -> Iterator[str]:
    for element in paragraph.iter(f"{_A}t", f"{_A}br", f"{_A}tab"):
        yield (element.text or "") if element.tag == f"{_A}t" else "\n" if element.tag == f"{_A}br" else "\t"
