"""What the facts button opens: sentences about one evidence, and where they lead. Finds nothing out itself."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, QPoint, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QProgressBar, QScrollArea, QVBoxLayout, QWidget

from workbench.ui.buttons import Kind
from workbench.ui.focus_order import stand_free
from workbench.ui.icon_button import IconButton
from workbench.ui.link_line import LinkLine
from workbench.ui.texts import ElidedLabel, label
from workbench.ui.theme import TextRole, scaled
from workbench.ui.viewers.fact_words import FactLine

WIDTH_PX = 360


class FactsPanel(QFrame):
    """A panel under its button, inside the stage; Escape and the button close it. Typing elsewhere goes on."""

    asked = Signal(object)
    """The FactLine that was pressed."""
    closed = Signal()

    def __init__(self, stage: QWidget) -> None:
        super().__init__(stage)
        self._stage = stage
        self._button: QWidget | None = None
        self.setObjectName("factsPanel")
        self.setProperty("popover", "true")
        self.setAccessibleName(self.tr("Facts about this evidence"))
        stand_free(self)
        column = QVBoxLayout(self)
        column.setContentsMargins(scaled(14), scaled(10), scaled(10), scaled(12))
        column.setSpacing(scaled(6))
        column.addLayout(self._build_head())
        self.measures = label("", tint="muted", wrap=True, name="factMeasures")
        self.state = label("", wrap=True, name="factState")
        self.progress = QProgressBar(self)
        self.progress.setObjectName("factProgress")
        self.progress.setTextVisible(False)
        self.progress.setAccessibleName(self.tr("How much was looked over"))
        self.list = FactList(self)
        self.list.asked.connect(self.asked)
        for widget in (self.measures, self.state, self.progress):
            column.addWidget(widget)
        column.addWidget(self.list, 1)
        self.note = label(
            self.tr("Found by measuring; what it means is yours to see."), TextRole.META, tint="muted", wrap=True
        )
        column.addWidget(self.note)
        stage.installEventFilter(self)
        self.hide()

    def show_facts(self, title: str, measures: str, state: str, share: float | None, facts: Sequence[FactLine]) -> None:
        """Show these; `share` from 0 to 1 while the looking goes on, else None."""
        self.title.setText(title)
        self.measures.setText(measures)
        self.state.setText(state)
        self.state.setVisible(bool(state))
        self.progress.setVisible(share is not None)
        self.progress.setRange(0, 1000)
        self.progress.setValue(round((share or 0.0) * 1000))
        self.list.show_lines(tuple(facts))
        self.note.setVisible(bool(facts))
        self.refit()

    def open_under(self, button: QWidget) -> None:
        """Show it below a button, with the focus inside."""
        self._button = button
        self.show()
        self.raise_()
        self.refit()
        target = self.list.first_link() or self.close_button
        target.setFocus(Qt.FocusReason.PopupFocusReason)

    def close_panel(self) -> None:
        """Hide it."""
        if not self.isHidden():
            self.hide()
            self.closed.emit()

    def refit(self) -> None:
        """As high as what it says, below its button and within the stage."""
        button, column = self._button, self.layout()
        if self.isHidden() or button is None or column is None:
            return
        margin = scaled(8)
        corner = button.mapTo(self._stage, QPoint(button.width(), button.height()))
        width = min(scaled(WIDTH_PX), self._stage.width() - 2 * margin)
        # Below the cards beside the button, where it covers none.
        beside = button.parentWidget() or button
        top = beside.mapTo(self._stage, QPoint(0, beside.height())).y() + scaled(4)
        self.setFixedWidth(width)
        column.activate()
        room = max(scaled(120), self._stage.height() - top - margin)
        self.setFixedHeight(min(column.totalHeightForWidth(width), room))
        self.move(max(margin, corner.x() - width), top)

    def event(self, event: QEvent) -> bool:
        """Whatever grows or shrinks inside changes the height."""
        is_handled = super().event(event)
        if event.type() == QEvent.Type.LayoutRequest:
            self.refit()
        return is_handled

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The stage has another size: stay within it."""
        if watched is self._stage and event.type() == QEvent.Type.Resize:
            self.refit()
        return super().eventFilter(watched, event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape closes."""
        if event.key() == Qt.Key.Key_Escape:
            self.close_panel()
        else:
            super().keyPressEvent(event)

    def _build_head(self) -> QHBoxLayout:
        head = QHBoxLayout()
        self.title = ElidedLabel("", TextRole.HEADING, bold=True, name="factTitle")
        self.close_button = IconButton("close", self.tr("Close"), "closeFacts", kind=Kind.QUIET)
        self.close_button.keep_width()
        self.close_button.clicked.connect(self.close_panel)
        head.addWidget(self.title, 1)
        head.addWidget(self.close_button)
        return head


class FactList(QScrollArea):
    """The sentences; those that lead somewhere are links."""

    asked = Signal(object)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("factList")
        self.setAccessibleName(self.tr("Facts"))
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._lines: tuple[FactLine, ...] | None = None
        self.show_lines(())

    def show_lines(self, lines: tuple[FactLine, ...]) -> None:
        """Show other sentences; nothing flickers while they stay the same."""
        self.setVisible(bool(lines))
        if lines == self._lines:
            return
        had_focus = self.isAncestorOf(self.focusWidget()) if self.focusWidget() else False
        self._lines = lines
        box = QWidget()
        box.setProperty("ground", "surface")
        column = QVBoxLayout(box)
        column.setContentsMargins(0, 0, scaled(6), 0)
        column.setSpacing(scaled(2))
        for number, line in enumerate(lines):
            column.addWidget(self._widget_of(line, number))
        column.addStretch(1)
        self.setWidget(box)
        self.setMinimumHeight(min(scaled(260), column.totalHeightForWidth(scaled(WIDTH_PX - 40)) + 2))
        if had_focus and (first := self.first_link()) is not None:
            first.setFocus(Qt.FocusReason.OtherFocusReason)

    def first_link(self) -> LinkLine | None:
        """The first sentence that leads somewhere."""
        return next((link for link in self.findChildren(LinkLine) if not link.isHidden()), None)

    def _widget_of(self, line: FactLine, number: int) -> QWidget:
        if not line.leads:
            return label(line.text, wrap=True, name=f"fact_{number}")
        link = LinkLine(line.text, f"fact_{number}")
        link.clicked.connect(lambda: self.asked.emit(line))
        return link
