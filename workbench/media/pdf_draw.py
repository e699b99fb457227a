"""Draws a laid-out PDF page, or a part of it, straight into the memory that the window shares with a worker."""

from dataclasses import dataclass
from typing import Any

from workbench.errors import EvidenceError
from workbench.media.drawing import Drawing
from workbench.media.pdf_file import mupdf, troubles
from workbench.model.citation import Box

PIXEL_LIMIT = 64_000_000
_SLIGHT = 0.02
_OPAQUE = 0xFF000000
_THRICE = 0x00010101


@dataclass(frozen=True, slots=True)
class LaidOut:
    """A page as MuPDF's list of what to draw. `is_grey`: it holds pictures, and certainly no colours."""

    drawn: Any
    is_grey: bool


def lay_out(document: Any, page: int) -> LaidOut:
    """With its annotations and what was written into its forms. Raises EvidenceError when it is damaged."""
    try:
        drawn = document[page].get_displaylist(annots=True)
        return LaidOut(drawn, is_grey=bool(document.get_page_images(page)) and _is_grey(drawn))
    except troubles() as error:
        raise EvidenceError("This page of the PDF is damaged and cannot be shown.") from error


def upright_size(page: LaidOut, rotation: int) -> tuple[float, float]:
    """Width and height in points of the page turned by `rotation`, at least 1."""
    area = page.drawn.rect
    width, height = max(1.0, area.width), max(1.0, area.height)
    return (height, width) if rotation % 180 else (width, height)


def drawing_of(page: LaidOut, scale: float, clip: Box | None, rotation: int = 0) -> Drawing:
    """The page turned clockwise by `rotation`, then cut to `clip`. Raises EvidenceError when it cannot be drawn."""
    low = mupdf().mupdf
    turn = low.fz_concat(low.fz_scale(scale, scale), low.fz_rotate(rotation))
    area = low.fz_transform_rect(low.fz_bound_display_list(page.drawn.this), turn)
    width, height = area.x1 - area.x0, area.y1 - area.y0
    if clip is not None:
        left, top = area.x0 + clip.x * width, area.y0 + clip.y * height
        area = low.FzRect(left, top, left + clip.width * width, top + clip.height * height)
    if not 1 <= (area.x1 - area.x0) * (area.y1 - area.y0) <= PIXEL_LIMIT:
        raise EvidenceError("The page has a size that cannot be drawn.")
    spot = low.fz_round_rect(area)
    return Drawing(spot.x1 - spot.x0, spot.y1 - spot.y0, lambda room: _paint(page, turn, spot, room))


def _paint(page: LaidOut, turn: Any, spot: Any, room: memoryview) -> None:
    try:
        if page.is_grey:
            _paint_grey(page.drawn, turn, spot, room)
        else:
            _paint_colours(page.drawn, turn, spot, room)
    except troubles() as error:
        raise EvidenceError("The page is damaged and cannot be drawn.") from error


def _paint_colours(drawn: Any, turn: Any, spot: Any, room: memoryview) -> None:
    low = mupdf().mupdf
    width, height = spot.x1 - spot.x0, spot.y1 - spot.y0
    place = low.python_mutable_buffer_data(room)
    pixels = low.fz_new_pixmap_with_data(low.fz_device_bgr(), width, height, low.FzSeparations(), 1, width * 4, place)
    _run(drawn, turn, spot, pixels)


def _paint_grey(drawn: Any, turn: Any, spot: Any, room: memoryview) -> None:
    """A third of the work for a scan without colours."""
    import numpy

    low = mupdf().mupdf
    pixels = low.fz_new_pixmap_with_bbox(low.fz_device_gray(), spot, low.FzSeparations(), 0)
    _run(drawn, turn, spot, pixels)
    grey = numpy.frombuffer(low.fz_pixmap_samples_memoryview(pixels), numpy.uint8)
    target = numpy.frombuffer(room, numpy.uint32)[: grey.size]
    numpy.multiply(grey, numpy.uint32(_THRICE), out=target, dtype=numpy.uint32)
    target |= numpy.uint32(_OPAQUE)


def _run(drawn: Any, turn: Any, spot: Any, pixels: Any) -> None:
    low = mupdf().mupdf
    pixels.m_internal.x, pixels.m_internal.y = spot.x0, spot.y0
    low.fz_clear_pixmap_with_value(pixels, 255)
    device = low.fz_new_draw_device(turn, pixels)
    everything = low.FzRect(low.FzRect.Fixed_INFINITE)
    low.fz_run_display_list(drawn.this, device, low.FzMatrix(), everything, low.FzCookie())
    low.fz_close_device(device)


def _is_grey(drawn: Any) -> bool:
    """Whether it certainly has no colours; images count by what they say of themselves."""
    low = mupdf().mupdf
    # The wrapper that returns the verdict lets go of it before the device has found it.
    verdict = low.ll_fz_new_test_device_outparams()
    device = low.FzDevice(low.ll_fz_new_test_device_outparams_fn(_SLIGHT, 0, None, verdict))
    everything = low.FzRect(low.FzRect.Fixed_INFINITE)
    try:
        low.fz_run_display_list(drawn.this, device, low.FzMatrix(), everything, low.FzCookie())
        low.fz_close_device(device)
    except troubles():
        return False
    return int(verdict.is_color) == 0
