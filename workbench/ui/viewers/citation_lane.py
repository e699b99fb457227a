"""The white lane under a recording: a bar for each citation, reached by Tab and walked by arrows. Owns no citation."""

from collections.abc import Sequence

from PySide6.QtCore import QRect, QRectF, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QAbstractButton, QWidget

from workbench.model.citation import TimeRange
from workbench.ui import theme, words
from workbench.ui.theme import scaled
from workbench.ui.viewers.lane_rows import rows_for
from workbench.ui.viewers.marks import BAR_PX, Mark, bar_label_width, paint_bar

MOST_ROWS = 4
_STEPS = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}


class LaneBar(QAbstractButton):
    """One citation; a press goes to where it begins. Being a button, it has a name and an action for everyone."""

    focus_changed = Signal(bool)
    step_asked = Signal(int)

    def __init__(self, mark: Mark, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("laneBar")
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.set_mark(mark)

    def set_mark(self, mark: Mark) -> None:
        """Show this citation."""
        self.mark = mark
        says = f"{mark.letter} · {words.stance(mark.citation.stance)} · {words.place(self.place, None)}"
        self.setAccessibleName(says)
        self.setToolTip(says)
        self.update()

    @property
    def place(self) -> TimeRange:
        """What it cites."""
        assert isinstance(self.mark.citation.place, TimeRange)
        return self.mark.citation.place

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Tab comes back to this one."""
        super().focusInEvent(event)
        self.focus_changed.emit(True)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """The keyboard leaves the lane, or walks on."""
        super().focusOutEvent(event)
        self.focus_changed.emit(False)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows walk, Enter goes; everything else belongs to the button or the viewer."""
        is_plain = not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and is_plain:
            self.click()
        elif event.key() in (Qt.Key.Key_Space, Qt.Key.Key_Select):
            super().keyPressEvent(event)
        elif event.key() in _STEPS and is_plain:
            self.step_asked.emit(_STEPS[Qt.Key(event.key())])
        else:
            event.ignore()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the bar."""
        paint_bar(QPainter(self), QRectF(self.rect()), self.mark)


class CitationLane(QWidget):
    """As many rows as bars overlap, at most `MOST_ROWS`. One stop for Tab, which leads on to a bar."""

    chosen = Signal(int)
    """Where the chosen citation begins, in ms."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("citationLane")
        self.setAccessibleName(self.tr("Citations on the timeline"))
        self.setMouseTracking(True)
        self._duration_ms = 0
        self._bars: list[LaneBar] = []
        self._current: LaneBar | None = None
        # Not by a press: that leaves the focus to the timeline, whose arrows move in time.
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)

    @property
    def bars(self) -> tuple[LaneBar, ...]:
        """In the order of time."""
        return tuple(self._bars)

    def bar(self, citation_id: str) -> LaneBar | None:
        """The bar of that citation; None when it is not of this recording."""
        return next((bar for bar in self._bars if bar.mark.citation.id == citation_id), None)

    def set_duration(self, duration_ms: int) -> None:
        """The length of the axis."""
        self._duration_ms = duration_ms
        self._place_bars()

    def set_marks(self, marks: Sequence[Mark]) -> None:
        """Show these; a bar that stays keeps the focus."""
        former = {bar.mark.citation.id: bar for bar in self._bars}
        mine = [mark for mark in marks if isinstance(mark.citation.place, TimeRange)]
        self._bars = [self._bar_of(mark, former.pop(mark.citation.id, None)) for mark in mine]
        self._bars.sort(key=lambda bar: (bar.place.start_ms, bar.place.end_ms))
        for bar in former.values():
            bar.hide()
            bar.deleteLater()
        if self._current not in self._bars:
            self._current = self._bars[0] if self._bars else None
        self._place_bars()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Lead on to the bar that was walked to last; past the lane when there is none."""
        super().focusInEvent(event)
        if self._current is not None:
            self._focus(self._current, event.reason())
        else:
            self.focusNextPrevChild(event.reason() != Qt.FocusReason.BacktabFocusReason)

    def wanted_height(self) -> int:
        """Room for the rows, in logical pixels."""
        rows = max(rows_for(self._spans()), default=0) + 1
        return scaled(6) + min(rows, MOST_ROWS) * scaled(BAR_PX + 2) + scaled(2)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Bars keep their times."""
        super().resizeEvent(event)
        self._place_bars()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the ground."""
        look = theme.current()
        painter = QPainter(self)
        painter.setPen(QPen(look.color("line"), 1))
        painter.setBrush(look.color("surface"))
        painter.drawRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5))

    def _bar_of(self, mark: Mark, former: LaneBar | None) -> LaneBar:
        if former is not None:
            if former.mark != mark:
                former.set_mark(mark)
            return former
        bar = LaneBar(mark, self)
        bar.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        bar.clicked.connect(lambda: self.chosen.emit(bar.place.start_ms))
        bar.focus_changed.connect(lambda has_focus: self._on_focus_changed(bar, has_focus=has_focus))
        bar.step_asked.connect(lambda step: self._walk(bar, step))
        return bar

    def _on_focus_changed(self, bar: LaneBar, *, has_focus: bool) -> None:
        # Else going back by Tab would end at the lane, and the lane would lead to the bar again.
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus if has_focus else Qt.FocusPolicy.TabFocus)
        bar.setFocusPolicy(Qt.FocusPolicy.TabFocus if has_focus else Qt.FocusPolicy.NoFocus)
        if has_focus:
            self._current = bar

    def _walk(self, bar: LaneBar, step: int) -> None:
        index = max(0, min(len(self._bars) - 1, self._bars.index(bar) + step))
        self._focus(self._bars[index], Qt.FocusReason.TabFocusReason)

    def _focus(self, bar: LaneBar, reason: Qt.FocusReason) -> None:
        # The bar stands where the lane stands; what nobody can reach by Tab is not put in order.
        for each in (self, bar):
            each.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        QWidget.setTabOrder(self, bar)
        bar.setFocus(reason)

    def _place_bars(self) -> None:
        spans = self._spans()
        row_height = scaled(BAR_PX + 2)
        for bar, (left, right), row in zip(self._bars, spans, rows_for(spans), strict=False):
            top = scaled(3) + min(row, MOST_ROWS - 1) * row_height
            bar.setGeometry(QRect(round(left), top, round(right - left), scaled(BAR_PX)))
            bar.setVisible(self._duration_ms > 0)

    def _spans(self) -> list[tuple[float, float]]:
        if self._duration_ms <= 0:
            return []
        return [self._span(bar) for bar in self._bars]

    def _span(self, bar: LaneBar) -> tuple[float, float]:
        left, right = (self.width() * at / self._duration_ms for at in (bar.place.start_ms, bar.place.end_ms))
        width = max(right - left, bar_label_width(bar.mark))
        left = min(left, self.width() - width)
        return left, left + width
