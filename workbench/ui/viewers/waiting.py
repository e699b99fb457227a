"""Shown while there is nothing to look at: no evidence, not on this laptop yet, or just being opened."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QProgressBar, QVBoxLayout, QWidget

from workbench.queries.views import EvidenceItem
from workbench.ui import words
from workbench.ui.texts import label
from workbench.ui.theme import TextRole, scaled


class WaitingView(QWidget):
    """One quiet sentence, with a bar while a file is arriving."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("waitingView")
        self.title = label("", TextRole.HEADING, bold=True, wrap=True)
        self.text = label("", TextRole.DESCRIPTOR, tint="muted", wrap=True, name="waitingText")
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.bar.setFixedWidth(scaled(240))
        self.bar.setAccessibleName(self.tr("Arrived so far"))
        column = QVBoxLayout(self)
        column.setSpacing(scaled(8))
        column.addStretch(1)
        for widget in (self.title, self.text):
            widget.setAlignment(Qt.AlignmentFlag.AlignCenter)
            column.addWidget(widget)
        column.addWidget(self.bar, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addStretch(2)

    def show_nothing(self) -> None:
        """There is no evidence at all."""
        self._say("", self.tr("This submission has no evidence."))

    def show_empty(self) -> None:
        """No submission is open."""
        self._say("", "")

    def show_arriving(self, item: EvidenceItem) -> None:
        """The file is on its way, or waits for the network."""
        evidence = item.evidence
        size = words.amount(evidence.size)
        if item.state == "partial":
            text = self.tr("{here} of {size} are here. The rest comes while you are online.").format(
                here=words.amount(item.bytes_here), size=size
            )
        else:
            text = self.tr("Not on this laptop yet ({size}). It comes while you are online.").format(size=size)
        self._say(evidence.label, text)
        self.bar.setVisible(item.state == "partial")
        self.bar.setRange(0, 1000)
        self.bar.setValue(round(1000 * item.bytes_here / max(1, evidence.size)))

    def _say(self, title: str, text: str) -> None:
        self.title.setText(title)
        self.title.setVisible(bool(title))
        self.text.setText(text)
        self.bar.hide()
        self.setAccessibleName(f"{title} {text}".strip())
