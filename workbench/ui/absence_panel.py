"""Saying that a criterion is not shown: what was looked through, each to be ticked, and one button. Not modal."""

from collections.abc import Sequence
from typing import NamedTuple

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from workbench.model.citation import LookedThrough
from workbench.model.ids import EvidenceId
from workbench.model.submission import Evidence
from workbench.ui import words
from workbench.ui.buttons import Button
from workbench.ui.flow_layout import FlowLayout
from workbench.ui.texts import label
from workbench.ui.theme import TextRole, scaled
from workbench.ui.tick_line import TickLine


class LookedAt(NamedTuple):
    """One evidence, and how much of it was looked through; None: nothing yet."""

    evidence: Evidence
    place: LookedThrough | None


class AbsencePanel(QFrame):
    """Enter cites, Escape closes. What was not looked at cannot be ticked."""

    confirmed = Signal(object)
    """The ids of the ticked evidence, as a tuple."""
    closed = Signal()
    opened = Signal(object)
    """This panel: bring it into view."""

    def __init__(self, letter: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(f"absence_{letter}")
        self.setProperty("card", "true")
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.setAccessibleName(self.tr("Criterion {letter} is not shown").format(letter=letter))
        self._letter = letter
        self._lines: dict[EvidenceId, TickLine] = {}
        column = QVBoxLayout(self)
        column.setContentsMargins(scaled(9), scaled(7), scaled(9), scaled(8))
        column.setSpacing(scaled(3))
        head = self.tr("I looked, and {letter} is not shown in").format(letter=letter)
        column.addWidget(label(head, bold=True, wrap=True))
        self._list = QVBoxLayout()
        self._list.setSpacing(0)
        column.addLayout(self._list)
        column.addWidget(
            label(self.tr("Only you and an adjudicator see this."), TextRole.META, tint="muted", wrap=True)
        )
        self.cite = Button(self.tr("Cite as not shown"), f"absenceCite_{letter}")
        self.cite.clicked.connect(self._confirm)
        cancel = Button(self.tr("Close"), f"absenceClose_{letter}")
        cancel.clicked.connect(self.close_panel)
        ends = QWidget(self)
        row = FlowLayout(ends, gap=scaled(6))
        row.addWidget(self.cite)
        row.addWidget(cancel)
        column.addSpacing(scaled(3))
        column.addWidget(ends)
        self.hide()

    def open_with(self, looked: Sequence[LookedAt]) -> None:
        """Show what was looked through, nothing ticked, with the focus on the first that can be ticked."""
        for line in self._lines.values():
            self._list.removeWidget(line)
            line.hide()
            line.deleteLater()
        self._lines = {each.evidence.id: self._line(each, index) for index, each in enumerate(looked, 1)}
        self._on_toggled()
        self.show()
        first = next((line for line in self._lines.values() if line.isEnabled()), None)
        (first or self).setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.opened.emit(self)

    def update_with(self, looked: Sequence[LookedAt]) -> None:
        """More was looked through meanwhile; ticks stay."""
        for each in looked:
            if each.evidence.id in self._lines:
                _tell(self._lines[each.evidence.id], each)

    def close_panel(self) -> None:
        """Close without citing."""
        self.hide()
        self.closed.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter on a line cites what is ticked; Escape closes."""
        if event.key() == Qt.Key.Key_Escape:
            self.close_panel()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers():
            self._confirm()
        else:
            super().keyPressEvent(event)

    def _confirm(self) -> None:
        ticked = tuple(evidence_id for evidence_id, line in self._lines.items() if line.isChecked())
        if ticked:
            self.hide()
            self.confirmed.emit(ticked)
            self.closed.emit()

    def _on_toggled(self) -> None:
        self.cite.setEnabled(any(line.isChecked() for line in self._lines.values()))

    def _line(self, looked: LookedAt, index: int) -> TickLine:
        line = TickLine(looked.evidence.label, f"absent_{self._letter}_{index}", self)
        _tell(line, looked)
        line.toggled.connect(self._on_toggled)
        self._list.addWidget(line)
        line.show()
        return line


def _tell(line: TickLine, looked: LookedAt) -> None:
    if looked.place is None:
        line.show_amount(QCoreApplication.translate("AbsencePanel", "not looked at yet"), can_tick=False)
    else:
        line.show_amount(words.looked_through(looked.place, looked.evidence), can_tick=True)
