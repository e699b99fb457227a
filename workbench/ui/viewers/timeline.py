"""Film, sound, citation lane and playhead over one time axis. Asks for seeks; never plays anything itself."""

from collections.abc import Sequence
from typing import Literal

from PySide6.QtCore import QEvent, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFocusEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QResizeEvent, QWheelEvent
from PySide6.QtWidgets import QAbstractSlider, QSizePolicy, QVBoxLayout, QWidget

from workbench.model.citation import TimeRange
from workbench.ui import theme, words
from workbench.ui.theme import scaled
from workbench.ui.viewers.citation_lane import CitationLane
from workbench.ui.viewers.film import Film
from workbench.ui.viewers.film_strip import FilmStrip
from workbench.ui.viewers.marks import Mark
from workbench.ui.viewers.sound_shape import SoundShape
from workbench.ui.viewers.timeline_overlay import TimelineOverlay
from workbench.ui.viewers.waveform import paint_waveform

FILM_PX = 30
THIN_FILM_PX = 12
SOUND_PX = 14
_GRIP_PX = 6
_STEP_PX = 2


class Timeline(QAbstractSlider):
    """A slider over milliseconds. Being a slider, it has a role, a value and actions for those who hear it."""

    seek_asked = Signal(int)
    """A press: the exact frame."""
    scrub_asked = Signal(int)
    """The hand moves: whatever is at hand fastest."""
    scrub_ended = Signal(int)
    mark_dragged = Signal(str, int)
    """`in` or `out` was dragged to a time."""
    hovered = Signal(int)
    """The time under the pointer, or of the playhead while the keyboard stands here."""
    unhovered = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("timeline")
        self.setAccessibleName(self.tr("Timeline"))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setOrientation(Qt.Orientation.Horizontal)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setMouseTracking(True)
        self.setSingleStep(5000)
        self.film: Film | None = None
        self.sound: SoundShape | None = None
        self.has_film, self.has_sound = True, False
        self._strip = FilmStrip()
        self._is_low = False
        self._in_ms: int | None = None
        self._out_ms: int | None = None
        self._is_looping = False
        self._shows_focus = False
        self._drag: Literal["", "press", "time", "in", "out"] = ""
        self.lane = CitationLane(self)
        self.lane.chosen.connect(self._seek)
        self._overlay = TimelineOverlay(self)
        self._column = QVBoxLayout(self)
        self._column.addWidget(self.lane)
        self.valueChanged.connect(self._move_overlay)
        # What a screen reader's own actions (increase, decrease) ask for.
        self.actionTriggered.connect(lambda _action: self._seek(self.sliderPosition()))
        self._settle()

    def show_from(self, film: Film, sound: SoundShape) -> None:
        """Paint what these bring."""
        self.film, self.sound = film, sound
        film.grew.connect(self._on_film_grew)
        sound.grew.connect(self._on_sound_grew)

    def clear(self) -> None:
        """Forget the recording."""
        self.lane.set_marks(())
        self._drag = ""
        self.set_range(None, None, is_looping=False)
        self.set_duration(0)
        self.unhovered.emit()

    def set_content(self, *, has_film: bool, has_sound: bool) -> None:
        """Which bands there are above the lane."""
        self.has_film, self.has_sound = has_film, has_sound
        self._settle()

    def set_low(self, is_low: bool) -> None:
        """Where height is short, film and sound give way to the evidence; the lane of citations stays."""
        if is_low != self._is_low:
            self._is_low = is_low
            self._settle()

    def set_duration(self, duration_ms: int) -> None:
        """The length of the axis."""
        self.setRange(0, max(0, duration_ms))
        self.lane.set_duration(self.maximum())
        self._settle()

    def set_position(self, position_ms: int) -> None:
        """Move the playhead without asking for a seek."""
        if not self._drag:
            self.setValue(position_ms)
        self._tell_value()
        if self.hasFocus() and self._shows_focus:
            self.hovered.emit(self.value())

    def set_marks(self, marks: Sequence[Mark]) -> None:
        """The citations of this recording."""
        self.lane.set_marks([mark for mark in marks if isinstance(mark.citation.place, TimeRange)])
        self._settle()

    def set_range(self, in_ms: int | None, out_ms: int | None, *, is_looping: bool) -> None:
        """The marks between which the next citation lies, and whether they are played round and round."""
        self._in_ms, self._out_ms, self._is_looping = in_ms, out_ms, is_looping
        self._move_overlay()

    def sizeHint(self) -> QSize:
        """The bands and as many rows of bars as overlap."""
        return QSize(scaled(400), self._lane_top() + self.lane.wanted_height())

    def minimumSizeHint(self) -> QSize:
        """The same, narrower."""
        return QSize(scaled(120), self.sizeHint().height())

    def bar_box(self, citation_id: str) -> QRectF | None:
        """Where the bar of that citation stands; None when it is not of this recording."""
        bar = self.lane.bar(citation_id)
        return QRectF(bar.geometry().translated(self.lane.pos())) if bar is not None else None

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A press takes hold of a mark, else goes to that time."""
        if event.button() != Qt.MouseButton.LeftButton:
            return
        self._drag = self._grip_at(event.position().x()) or "press"
        if self._drag == "press":
            self._seek(self._time_at(event.position().x()))

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Dragging scrubs or moves a mark; hovering shows what is there."""
        x = event.position().x()
        at_ms = self._time_at(x)
        if self._drag in ("in", "out"):
            self.mark_dragged.emit(self._drag, at_ms)
        elif self._drag:
            self._drag = "time"
            self.setValue(at_ms)
            self.scrub_asked.emit(at_ms)
        else:
            shape = Qt.CursorShape.SplitHCursor if self._grip_at(x) else Qt.CursorShape.PointingHandCursor
            self.setCursor(shape)
        self.hovered.emit(at_ms)

    def mouseReleaseEvent(self, _event: QMouseEvent) -> None:
        """The hand lets go."""
        drag, self._drag = self._drag, ""
        if drag == "time":
            self.scrub_ended.emit(self.value())

    def leaveEvent(self, event: QEvent) -> None:
        """Nothing is under the pointer."""
        super().leaveEvent(event)
        self.unhovered.emit()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """The keyboard comes here: show the picture at the playhead."""
        super().focusInEvent(event)
        self._shows_focus = event.reason() != Qt.FocusReason.MouseFocusReason
        if self._shows_focus and self.maximum() > 0:
            self.hovered.emit(self.value())

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """The keyboard leaves."""
        super().focusOutEvent(event)
        self.unhovered.emit()

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

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Lane and overlay follow."""
        super().resizeEvent(event)
        self._place_parts()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint film and sound; lane and overlay paint themselves."""
        painter = QPainter(self)
        high = self._film_height()
        if high:
            self._strip.paint(painter, QSize(self.width(), high), self.film, self.maximum(), self.devicePixelRatioF())
        if self._sound_height() and self.sound is not None:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            color = QColor(theme.current().color("control"))
            band = QRectF(0, high, self.width(), self._sound_height()).adjusted(0, 1, 0, -1)
            paint_waveform(painter, band, self.sound, (color, color), played=0.0, step=_STEP_PX)

    def _on_film_grew(self) -> None:
        self._strip.forget()
        self.update()

    def _on_sound_grew(self) -> None:
        if self.has_sound and self.sound is not None and self.sound.is_complete and not any(self.sound.peaks):
            self.set_content(has_film=self.has_film, has_sound=False)
        self.update()

    def _settle(self) -> None:
        self._strip.forget()
        self.updateGeometry()
        self._place_parts()
        self.update()

    def _place_parts(self) -> None:
        self._column.setContentsMargins(0, self._lane_top(), 0, 0)
        self._overlay.setGeometry(self.rect())
        self._overlay.raise_()
        self._move_overlay()

    def _move_overlay(self) -> None:
        has_axis = self.maximum() > 0
        first, last = (self._x(at) if at is not None and has_axis else None for at in (self._in_ms, self._out_ms))
        self._overlay.set_range(first, last, is_looping=self._is_looping)
        self._overlay.set_playhead(self._x(self.value()) if has_axis else None)

    def _tell_value(self) -> None:
        says = self.tr("{now} of {all}").format(now=words.clock(self.value()), all=words.clock(self.maximum()))
        if says != self.accessibleDescription():
            self.setAccessibleDescription(says)

    def _film_height(self) -> int:
        return scaled(THIN_FILM_PX if self._is_low else FILM_PX) if self.has_film else 0

    def _sound_height(self) -> int:
        return scaled(SOUND_PX) if self.has_film and self.has_sound and not self._is_low else 0

    def _lane_top(self) -> int:
        return self._film_height() + self._sound_height()

    def _x(self, at_ms: int) -> float:
        return self.width() * at_ms / self.maximum() if self.maximum() > 0 else 0.0

    def _time_at(self, x: float) -> int:
        return round(min(max(x / max(1, self.width()), 0.0), 1.0) * self.maximum())

    def _grip_at(self, x: float) -> Literal["", "in", "out"]:
        near: list[tuple[float, Literal["in", "out"]]] = []
        for name, at_ms in (("in", self._in_ms), ("out", self._out_ms)):
            if at_ms is not None and abs(self._x(at_ms) - x) <= scaled(_GRIP_PX):
                near.append((abs(self._x(at_ms) - x), "in" if name == "in" else "out"))
        return min(near)[1] if near else ""

    def _seek(self, at_ms: int) -> None:
        self.setValue(at_ms)
        self.seek_asked.emit(at_ms)
