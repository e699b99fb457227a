"""Boxes in fractions and rectangles in pixels. Pure geometry."""

from PySide6.QtCore import QPointF, QRectF

from workbench.model.citation import Box

SMALLEST_DRAG_PX = 8


def rect_of(box: Box, whole: QRectF) -> QRectF:
    """The rectangle of a box within `whole`."""
    return QRectF(
        whole.x() + box.x * whole.width(),
        whole.y() + box.y * whole.height(),
        box.width * whole.width(),
        box.height * whole.height(),
    )


def box_of(rect: QRectF, whole: QRectF) -> Box:
    """The box of a rectangle, cut at the edges of `whole`; rounded to what a pixel means."""
    inside = rect.intersected(whole)
    left = (inside.left() - whole.left()) / whole.width()
    top = (inside.top() - whole.top()) / whole.height()
    width, height = inside.width() / whole.width(), inside.height() / whole.height()
    x, y = round(max(0.0, left), 5), round(max(0.0, top), 5)
    return Box(x=x, y=y, width=min(round(width, 5), round(1 - x, 5)), height=min(round(height, 5), round(1 - y, 5)))


def dragged(start: QPointF, end: QPointF) -> QRectF:
    """The rectangle between two corners."""
    return QRectF(start, end).normalized()


def is_drag(rect: QRectF) -> bool:
    """Whether a movement was meant as a box."""
    return rect.width() >= SMALLEST_DRAG_PX and rect.height() >= SMALLEST_DRAG_PX
