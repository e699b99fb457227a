"""The decisions that wait to be sent: whose, in which state, and what may still be taken back."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from workbench.queries.views import ToSendRow
from workbench.ui.buttons import Button
from workbench.ui.texts import ElidedLabel, label
from workbench.ui.theme import TextRole, scaled

WIDTH_PX = 344


class ToSendList(QScrollArea):
    """Rows in the order in which they will go."""

    take_back_asked = Signal(str)
    open_asked = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("toSendList")
        self.setAccessibleName(self.tr("Decisions to send"))
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self._rows: tuple[ToSendRow, ...] = ()
        self.show_rows(())

    def show_rows(self, rows: tuple[ToSendRow, ...]) -> None:
        """Show other rows; nothing flickers while they stay the same."""
        if rows == self._rows and self.widget() is not None:
            return
        self._rows = rows
        box = QWidget()
        box.setProperty("ground", "surface")
        column = QVBoxLayout(box)
        column.setContentsMargins(0, 0, scaled(4), 0)
        column.setSpacing(scaled(2))
        for row in rows:
            column.addWidget(self._row(row))
        if not rows:
            column.addWidget(label(self.tr("Nothing waits to be sent."), tint="muted"))
        column.addStretch(1)
        self.setWidget(box)
        needed = column.totalHeightForWidth(scaled(WIDTH_PX)) if column.hasHeightForWidth() else box.sizeHint().height()
        self.setFixedHeight(min(scaled(220), needed + 2))

    def _row(self, row: ToSendRow) -> QWidget:
        box = QWidget()
        line = QHBoxLayout(box)
        line.setContentsMargins(0, scaled(3), 0, scaled(3))
        words = QVBoxLayout()
        words.setSpacing(0)
        title = f"{row.offering_title} · {row.pseudonym}"
        words.addWidget(ElidedLabel(title, TextRole.TEXT, bold=True))
        tint = "caution" if row.state in ("conflict", "rejected", "quarantined") else "muted"
        state = label(row.words, TextRole.META, tint=tint, wrap=True)
        state.setToolTip(row.detail)
        words.addWidget(state)
        line.addLayout(words, 1)
        if row.can_take_back:
            button = Button(self.tr("Take back"), "rowTakeBack")
            button.setAccessibleName(self.tr("Take back {title}").format(title=title))
            button.clicked.connect(lambda: self.take_back_asked.emit(row.assignment_id))
            line.addWidget(button)
        return box
