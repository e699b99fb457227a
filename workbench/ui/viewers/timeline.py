"""Filmstrip, citation lane and playhead over one time axis. Asks for seeks; never plays anything itself."""

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QMouseEvent, QPainter, QPainterPath, QPaintEvent, QPen, QWheelEvent
from PySide6.QtWidgets import QAbstractSlider, QSizePolicy, QWidget

from workbench.model.citation import TimeRange
from workbench.ui import theme, words
from workbench.ui.theme import scaled
from workbench.ui.viewers.film import Film
from workbench.ui.viewers.lane_rows import rows_for
from workbench.ui.viewers.marks import BAR_PX, Mark, bar_label_width, paint_bar

FILM_PX = 30
TILE_PX = 40
MOST_ROWS = 4


class Timeline(QAbstractSlider):
    """A slider over milliseconds. Being a slider, it has a role, a value and actions for those who hear it."""

    seek_asked = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("timeline")
        self.setAccessibleName(self.tr("Timeline"))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setOrientation(Qt.Orientation.Horizontal)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSingleStep(5000)
        self.film = Film(self)
        self.film.grew.connect(self.update)
        self.has_film = True
        self._is_low = False
        self._marks: tuple[Mark, ...] = ()
        self._in_ms: int | None = None
        self._out_ms: int | None = None
        self._drag_from = False

    def clear(self) -> None:
        """Forget the recording."""
        self.film.clear()
        self._marks = ()
        self._in_ms = self._out_ms = None
        self.set_duration(0)

    @property
    def tiles(self) -> int:
        """How many pictures fit."""
        return max(1, round(self.width() / scaled(TILE_PX)))

    def set_has_film(self, has_film: bool) -> None:
        """Sound alone has no pictures."""
        self.has_film = has_film
        self.updateGeometry()

    def set_low(self, is_low: bool) -> None:
        """Where height is short, the pictures give way to the evidence; the lane of citations stays."""
        if is_low != self._is_low:
            self._is_low = is_low
            self.updateGeometry()

    def set_duration(self, duration_ms: int) -> None:
        """The length of the axis."""
        self.setRange(0, max(0, duration_ms))
        self.updateGeometry()
        self.update()

    def set_position(self, position_ms: int) -> None:
        """Move the playhead without asking for a seek."""
        if not self._drag_from:
            self.setValue(position_ms)
            self.setAccessibleDescription(
                self.tr("{now} of {all}").format(now=words.clock(self.value()), all=words.clock(self.maximum()))
            )
        self.update()

    def set_marks(self, marks: Sequence[Mark]) -> None:
        """The citations of this recording."""
        self._marks = tuple(mark for mark in marks if isinstance(mark.citation.place, TimeRange))
        self.updateGeometry()
        self.update()

    def set_range(self, in_ms: int | None, out_ms: int | None) -> None:
        """The marks between which the next citation lies."""
        self._in_ms, self._out_ms = in_ms, out_ms
        self.update()

    def sizeHint(self) -> QSize:
        """The film and as many rows of bars as overlap."""
        return QSize(scaled(400), self._film_height() + self._lane_height())

    def minimumSizeHint(self) -> QSize:
        """The same, narrower."""
        return QSize(scaled(120), self.sizeHint().height())

    def bar_box(self, citation_id: str) -> QRectF | None:
        """Where the bar of that citation stands; None when it is not of this recording."""
        for mark, box in self._bars():
            if mark.citation.id == citation_id:
                return box
        return None

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A press on a bar goes to its beginning, elsewhere to that time."""
        if event.button() != Qt.MouseButton.LeftButton:
            return
        at = event.position()
        for mark, box in self._bars():
            if box.contains(at) and isinstance(mark.citation.place, TimeRange):
                self._seek(mark.citation.place.start_ms)
                return
        self._drag_from = True
        self._seek(self._time_at(at.x()))

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Dragging seeks."""
        if self._drag_from:
            self._seek(self._time_at(event.position().x()))
        else:
            self._show_tip(event.position())

    def mouseReleaseEvent(self, _event: QMouseEvent) -> None:
        """The drag ends."""
        self._drag_from = False

    def wheelEvent(self, event: QWheelEvent) -> None:
        """A wheel over the timeline must not move the recording by accident."""
        event.ignore()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Home and End; all other keys belong to the viewer."""
        if event.key() == Qt.Key.Key_Home:
            self._seek(0)
        elif event.key() == Qt.Key.Key_End:
            self._seek(self.maximum())
        else:
            event.ignore()

    def sliderChange(self, change: QAbstractSlider.SliderChange) -> None:
        """A reader's own actions (increase, decrease) seek too."""
        super().sliderChange(change)
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint film, lane, in and out, bars, playhead."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_film(painter)
        self._paint_lane(painter)
        self._paint_range(painter)
        for mark, box in self._bars():
            paint_bar(painter, box, mark)
        self._paint_playhead(painter)

    def _paint_film(self, painter: QPainter) -> None:
        count, high = self.tiles, self._film_height()
        if not high:
            return
        wide = self.width() / count
        ground = QColor("#59616D")
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        for index in range(count):
            tile = QRectF(index * wide, 0, wide + 0.5, high)
            picture = self.film.nearest((index + 0.5) / count * self.maximum())
            if picture.isNull():
                painter.fillRect(tile, ground.lighter(108) if index % 2 else ground)
            else:
                painter.drawImage(tile, picture, _middle_of(picture.width(), picture.height(), wide / high))
        painter.restore()

    def _paint_lane(self, painter: QPainter) -> None:
        look = theme.current()
        lane = QRectF(0, self._film_height(), self.width(), self._lane_height())
        painter.setPen(QPen(look.color("line"), 1))
        painter.setBrush(look.color("surface"))
        painter.drawRect(lane.adjusted(0.5, 0.5, -0.5, -0.5))

    def _paint_range(self, painter: QPainter) -> None:
        look = theme.current()
        color = look.color("accent")
        if self._in_ms is not None and self._out_ms is not None:
            soft = QColor(color)
            soft.setAlphaF(0.22)
            left, right = self._x(self._in_ms), self._x(self._out_ms)
            painter.fillRect(QRectF(left, 0, right - left, self.height()), soft)
        painter.setPen(QPen(color, 2))
        for at_ms, turn in ((self._in_ms, 1), (self._out_ms, -1)):
            if at_ms is not None:
                x, foot = self._x(at_ms), turn * scaled(5)
                path = QPainterPath(QPointF(x + foot, 1))
                path.lineTo(x, 1)
                path.lineTo(x, self.height() - 1)
                path.lineTo(x + foot, self.height() - 1)
                painter.setBrush(Qt.BrushStyle.NoBrush)
                painter.drawPath(path)

    def _paint_playhead(self, painter: QPainter) -> None:
        if self.maximum() <= 0:
            return
        look = theme.current()
        x = min(max(self._x(self.value()), 2), self.width() - 2)
        painter.fillRect(QRectF(x - 2, 0, 4, self.height()), look.color("surface"))
        painter.fillRect(QRectF(x - 1, 0, 2, self.height()), look.color("ink"))

    def _bars(self) -> list[tuple[Mark, QRectF]]:
        if self.maximum() <= 0:
            return []
        spans = [self._span(mark) for mark in self._marks]
        top = self._film_height() + scaled(3)
        row_height = scaled(BAR_PX + 2)
        return [
            (mark, QRectF(left, top + min(row, MOST_ROWS - 1) * row_height, right - left, scaled(BAR_PX)))
            for mark, (left, right), row in zip(self._marks, spans, rows_for(spans), strict=True)
        ]

    def _span(self, mark: Mark) -> tuple[float, float]:
        place = mark.citation.place
        assert isinstance(place, TimeRange)
        left, right = self._x(place.start_ms), self._x(place.end_ms)
        width = max(right - left, bar_label_width(mark))
        return min(left, self.width() - width), min(left, self.width() - width) + width

    def _film_height(self) -> int:
        return scaled(FILM_PX) if self.has_film and not self._is_low else 0

    def _lane_height(self) -> int:
        rows = max(rows_for([self._span(mark) for mark in self._marks]), default=0) + 1 if self.maximum() > 0 else 1
        return scaled(6) + min(rows, MOST_ROWS) * scaled(BAR_PX + 2) + scaled(2)

    def _x(self, at_ms: int) -> float:
        return self.width() * at_ms / self.maximum() if self.maximum() > 0 else 0.0

    def _time_at(self, x: float) -> int:
        return round(min(max(x / max(1, self.width()), 0.0), 1.0) * self.maximum())

    def _seek(self, at_ms: int) -> None:
        self.setValue(at_ms)
        self.seek_asked.emit(at_ms)

    def _show_tip(self, at: QPointF) -> None:
        for mark, box in self._bars():
            place = mark.citation.place
            if box.contains(at) and isinstance(place, TimeRange):
                stance = words.stance(mark.citation.stance)
                times = f"{words.clock(place.start_ms)}–{words.clock(place.end_ms)}"
                self.setToolTip(f"{mark.letter} · {stance} · {times}")
                return
        self.setToolTip(words.clock(self._time_at(at.x())))


def _middle_of(width: int, height: int, shape: float) -> QRectF:
    """The middle of a picture that has the shape width / height of a tile."""
    wide = min(width, height * shape)
    high = min(height, width / shape)
    return QRectF((width - wide) / 2, (height - high) / 2, wide, high)
