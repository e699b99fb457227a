"""A box that keys move and resize. Pure geometry in pixels of the view."""

from PySide6.QtCore import QPointF, QRectF, QSizeF, Qt

from workbench.ui.theme import scaled

STEP_PX, FINE_PX = 12, 1
SMALLEST_PX = 10
"""A little more than a drag needs to count as a box."""
_FIRST_SHARE = 1 / 3
_STEPS = {
    Qt.Key.Key_Left: QPointF(-1, 0),
    Qt.Key.Key_Right: QPointF(1, 0),
    Qt.Key.Key_Up: QPointF(0, -1),
    Qt.Key.Key_Down: QPointF(0, 1),
}


def is_step(key: int) -> bool:
    """Whether the key moves or resizes a box."""
    return key in _STEPS


def first_box(ground: QRectF, view: QRectF) -> QRectF:
    """A box in the middle of what is seen of `ground`; a null rectangle when nothing of it is seen."""
    seen = ground.intersected(view)
    if seen.width() < SMALLEST_PX or seen.height() < SMALLEST_PX:
        return QRectF()
    size = QSizeF(max(SMALLEST_PX, seen.width() * _FIRST_SHARE), max(SMALLEST_PX, seen.height() * _FIRST_SHARE))
    return QRectF(seen.center() - QPointF(size.width() / 2, size.height() / 2), size)


def stepped(rect: QRectF, ground: QRectF, key: int, modifiers: Qt.KeyboardModifier) -> QRectF:
    """The box after an arrow key, within `ground`: Shift moves its lower right corner, Ctrl takes small steps."""
    is_fine = bool(modifiers & Qt.KeyboardModifier.ControlModifier)
    by = _STEPS[Qt.Key(key)] * (FINE_PX if is_fine else scaled(STEP_PX))
    if modifiers & Qt.KeyboardModifier.ShiftModifier:
        corner = rect.bottomRight() + by
        right = max(rect.left() + SMALLEST_PX, min(ground.right(), corner.x()))
        bottom = max(rect.top() + SMALLEST_PX, min(ground.bottom(), corner.y()))
        return QRectF(rect.topLeft(), QPointF(right, bottom))
    left = max(ground.left(), min(ground.right() - rect.width(), rect.left() + by.x()))
    top = max(ground.top(), min(ground.bottom() - rect.height(), rect.top() + by.y()))
    return QRectF(QPointF(left, top), rect.size())


def away(rect: QRectF, view: QRectF) -> QPointF:
    """How far to scroll so that the box is seen; for one larger than the view, its lower right corner."""
    across = max(0.0, rect.right() - view.right()) or min(0.0, rect.left() - view.left())
    down = max(0.0, rect.bottom() - view.bottom()) or min(0.0, rect.top() - view.top())
    return QPointF(across, down)
