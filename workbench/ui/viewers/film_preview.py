"""The small picture above the timeline, at the time under the pointer or of the playhead. Takes no focus, no press."""

from PySide6.QtCore import QPoint, QRectF, QSize, QSizeF, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPainterPath, QPaintEvent
from PySide6.QtWidgets import QWidget

from workbench.ui import theme, words
from workbench.ui.theme import TextRole, scaled
from workbench.ui.viewers.film import Film
from workbench.ui.viewers.timeline import Timeline

PICTURE_PX = 90
_TIME_PX = 22


class FilmPreview(QWidget):
    """Stands over `host`, above the timeline. A picture that has not arrived yet leaves the time alone."""

    def __init__(self, host: QWidget, timeline: Timeline, film: Film) -> None:
        super().__init__(host)
        self.setObjectName("filmPreview")
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.hide()
        self._host, self._timeline = host, timeline
        self._film = film
        self._picture = QImage()
        self._size = QSize(0, 0)
        self.at_ms = 0
        timeline.hovered.connect(self._on_hovered)
        timeline.unhovered.connect(self.hide)

    @property
    def picture(self) -> QImage:
        """What it shows; null for the time alone."""
        return self._picture

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint picture and time on a dark ground, as captions are."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        outline = QPainterPath()
        outline.addRoundedRect(QRectF(self.rect()), scaled(4), scaled(4))
        painter.fillPath(outline, QColor(0, 0, 0, 225))
        edge = scaled(2)
        size = self._size
        if not self._picture.isNull():
            painter.drawImage(
                QRectF((self.width() - size.width()) / 2, edge, size.width(), size.height()), self._picture
            )
        painter.setFont(theme.current().font(TextRole.META, bold=True))
        painter.setPen(QColor("white"))
        foot = self.rect().adjusted(0, self.height() - scaled(_TIME_PX), 0, 0)
        painter.drawText(foot, Qt.AlignmentFlag.AlignCenter, words.clock(self.at_ms))

    def _on_hovered(self, at_ms: int) -> None:
        if self._timeline.maximum() <= 0:
            return
        self.at_ms = at_ms
        self._picture = self._film.nearest(at_ms)
        self._place()
        self.show()
        self.raise_()
        self.update()

    def _place(self) -> None:
        size, edge = self._picture_size(), scaled(2)
        self._size = size
        self.resize(
            max(scaled(56), size.width() + 2 * edge), size.height() + (edge if size.height() else 0) + scaled(_TIME_PX)
        )
        host, timeline = self._host, self._timeline
        axis = timeline.maximum()
        x = timeline.mapTo(host, QPoint(round(timeline.width() * self.at_ms / axis), 0))
        left = max(0, min(host.width() - self.width(), x.x() - self.width() // 2))
        self.move(left, max(0, x.y() - self.height() - scaled(10)))

    def _picture_size(self) -> QSize:
        if self._picture.isNull():
            return QSize(0, 0)
        # With large text on a small window the stage must still be seen.
        high = min(scaled(PICTURE_PX), self._host.height() // 5)
        room = QSizeF(high * 16 / 9, high)
        return QSizeF(self._picture.size()).scaled(room, Qt.AspectRatioMode.KeepAspectRatio).toSize()
