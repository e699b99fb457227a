"""The band of pictures on the timeline, composed once and painted often. Asks for no picture."""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPixmap

from workbench.ui.theme import scaled
from workbench.ui.viewers.film import Film

TILE_PX, NARROWEST_PX = 40, 16
_GROUND = QColor("#59616D")


class FilmStrip:
    """`forget` when the pictures have changed."""

    def __init__(self) -> None:
        self._composed = QPixmap()
        self._form: tuple[object, ...] = ()

    def forget(self) -> None:
        """Compose anew at the next painting."""
        self._form = ()

    def paint(self, painter: QPainter, size: QSize, film: Film | None, duration_ms: int, ratio: float) -> None:
        """Paint at the top left corner."""
        form = (size, duration_ms, ratio)
        if form != self._form:
            self._form = form
            self._composed = QPixmap(size * ratio)
            self._composed.setDevicePixelRatio(ratio)
            self._composed.fill(Qt.GlobalColor.transparent)
            _compose(self._composed, size, film, duration_ms)
        painter.drawPixmap(0, 0, self._composed)


def _compose(target: QPixmap, size: QSize, film: Film | None, duration_ms: int) -> None:
    painter = QPainter(target)
    painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
    count = max(1, round(size.width() / tile_width(size.height(), film.nearest(0) if film is not None else None)))
    wide = size.width() / count
    for index in range(count):
        tile = QRectF(index * wide, 0, wide + 0.5, size.height())
        picture = film.nearest((index + 0.5) / count * duration_ms) if film is not None else None
        if picture is None or picture.isNull():
            painter.fillRect(tile, _GROUND.lighter(108) if index % 2 else _GROUND)
        else:
            painter.drawImage(tile, picture, _middle_of(picture.width(), picture.height(), wide / size.height()))
    painter.end()


def tile_width(height: int, picture: QImage | None) -> float:
    """As wide as a picture of that height, so that an upright one is not cut to a slice of its middle."""
    shape = picture.width() / picture.height() if picture is not None and not picture.isNull() else 16 / 9
    return float(min(scaled(TILE_PX), max(scaled(NARROWEST_PX), height * shape)))


def _middle_of(width: int, height: int, shape: float) -> QRectF:
    """The middle of a picture that has the shape width / height of a tile."""
    wide = min(width, height * shape)
    high = min(height, width / shape)
    return QRectF((width - wide) / 2, (height - high) / 2, wide, high)
