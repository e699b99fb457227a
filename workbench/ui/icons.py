"""Small icons as painted shapes, so that no font has to hold them."""

from collections.abc import Callable

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QPolygonF

Shape = Callable[[QPainter, QRectF, QColor], None]


def paint_icon(painter: QPainter, name: str, box: QRectF, color: QColor) -> None:
    """Paint the icon of that name (a key of `SHAPES`) into the box."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(color, max(1.2, box.width() / 10), Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    SHAPES[name](painter, box, color)
    painter.restore()


def _at(box: QRectF, x: float, y: float) -> QPointF:
    return QPointF(box.x() + box.width() * x, box.y() + box.height() * y)


def _part(box: QRectF, x: float, y: float, width: float, height: float) -> QRectF:
    return QRectF(_at(box, x, y), _at(box, x + width, y + height))


def _time(painter: QPainter, box: QRectF, color: QColor) -> None:
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(color)
    painter.drawPolygon(QPolygonF([_at(box, 0.15, 0.08), _at(box, 0.95, 0.5), _at(box, 0.15, 0.92)]))


def _page(painter: QPainter, box: QRectF, _color: QColor) -> None:
    painter.drawRect(_part(box, 0.15, 0.02, 0.7, 0.96))
    for y in (0.3, 0.5, 0.7):
        painter.drawLine(_at(box, 0.32, y), _at(box, 0.68, y))


def _image(painter: QPainter, box: QRectF, color: QColor) -> None:
    painter.drawRect(_part(box, 0.02, 0.08, 0.96, 0.84))
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(color)
    painter.drawPolygon(
        QPolygonF([_at(box, 0.1, 0.82), _at(box, 0.42, 0.38), _at(box, 0.62, 0.64), _at(box, 0.9, 0.82)])
    )


def _text(painter: QPainter, box: QRectF, _color: QColor) -> None:
    for y, end in ((0.2, 0.95), (0.5, 0.95), (0.8, 0.6)):
        painter.drawLine(_at(box, 0.05, y), _at(box, end, y))


def _menu(painter: QPainter, box: QRectF, _color: QColor) -> None:
    for y in (0.22, 0.5, 0.78):
        painter.drawLine(_at(box, 0.1, y), _at(box, 0.9, y))


def _more(painter: QPainter, box: QRectF, color: QColor) -> None:
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(color)
    for x in (0.18, 0.5, 0.82):
        painter.drawEllipse(_at(box, x, 0.5), box.width() * 0.09, box.width() * 0.09)


def _ring(painter: QPainter, box: QRectF, color: QColor) -> None:
    painter.setPen(QPen(color, max(1.5, box.width() / 5)))
    painter.drawEllipse(_part(box, 0.12, 0.12, 0.76, 0.76))


def _dot(painter: QPainter, box: QRectF, color: QColor) -> None:
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(color)
    painter.drawEllipse(_part(box, 0.05, 0.05, 0.9, 0.9))


def _check(painter: QPainter, box: QRectF, _color: QColor) -> None:
    painter.drawPolyline(QPolygonF([_at(box, 0.1, 0.55), _at(box, 0.4, 0.85), _at(box, 0.92, 0.18)]))


def _close(painter: QPainter, box: QRectF, _color: QColor) -> None:
    painter.drawLine(_at(box, 0.15, 0.15), _at(box, 0.85, 0.85))
    painter.drawLine(_at(box, 0.85, 0.15), _at(box, 0.15, 0.85))


def _search(painter: QPainter, box: QRectF, _color: QColor) -> None:
    painter.drawEllipse(_part(box, 0.05, 0.05, 0.62, 0.62))
    painter.drawLine(_at(box, 0.62, 0.62), _at(box, 0.95, 0.95))


def _left(painter: QPainter, box: QRectF, _color: QColor) -> None:
    painter.drawPolyline(QPolygonF([_at(box, 0.65, 0.12), _at(box, 0.3, 0.5), _at(box, 0.65, 0.88)]))


def _right(painter: QPainter, box: QRectF, _color: QColor) -> None:
    painter.drawPolyline(QPolygonF([_at(box, 0.35, 0.12), _at(box, 0.7, 0.5), _at(box, 0.35, 0.88)]))


def _two_panes(painter: QPainter, box: QRectF, _color: QColor) -> None:
    painter.drawRect(_part(box, 0.02, 0.1, 0.96, 0.8))
    painter.drawLine(_at(box, 0.5, 0.1), _at(box, 0.5, 0.9))


def _side_panel(painter: QPainter, box: QRectF, _color: QColor) -> None:
    painter.drawRect(_part(box, 0.02, 0.1, 0.96, 0.8))
    painter.drawLine(_at(box, 0.36, 0.1), _at(box, 0.36, 0.9))
    for y in (0.3, 0.5):
        painter.drawLine(_at(box, 0.14, y), _at(box, 0.24, y))


def _corner(painter: QPainter, box: QRectF, color: QColor) -> None:
    painter.drawRect(_part(box, 0.02, 0.1, 0.96, 0.8))
    painter.fillRect(_part(box, 0.5, 0.48, 0.36, 0.3), color)


def _link(painter: QPainter, box: QRectF, _color: QColor) -> None:
    painter.drawRoundedRect(_part(box, 0.0, 0.32, 0.5, 0.36), box.width() * 0.18, box.width() * 0.18)
    painter.drawRoundedRect(_part(box, 0.5, 0.32, 0.5, 0.36), box.width() * 0.18, box.width() * 0.18)
    painter.drawLine(_at(box, 0.32, 0.5), _at(box, 0.68, 0.5))


def _enlarge(painter: QPainter, box: QRectF, _color: QColor) -> None:
    painter.drawPolyline(QPolygonF([_at(box, 0.55, 0.08), _at(box, 0.92, 0.08), _at(box, 0.92, 0.45)]))
    painter.drawPolyline(QPolygonF([_at(box, 0.45, 0.92), _at(box, 0.08, 0.92), _at(box, 0.08, 0.55)]))
    painter.drawLine(_at(box, 0.92, 0.08), _at(box, 0.6, 0.4))
    painter.drawLine(_at(box, 0.08, 0.92), _at(box, 0.4, 0.6))


def _info(painter: QPainter, box: QRectF, color: QColor) -> None:
    painter.drawEllipse(_part(box, 0.02, 0.02, 0.96, 0.96))
    painter.drawLine(_at(box, 0.5, 0.48), _at(box, 0.5, 0.74))
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(color)
    painter.drawEllipse(_at(box, 0.5, 0.28), box.width() * 0.07, box.width() * 0.07)


SHAPES: dict[str, Shape] = {
    "time": _time,
    "page": _page,
    "image": _image,
    "text": _text,
    "menu": _menu,
    "more": _more,
    "ring": _ring,
    "dot": _dot,
    "check": _check,
    "close": _close,
    "search": _search,
    "side_panel": _side_panel,
    "two_panes": _two_panes,
    "corner": _corner,
    "link": _link,
    "enlarge": _enlarge,
    "info": _info,
    "left": _left,
    "right": _right,
}
