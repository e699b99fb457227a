"""Labels dressed by role, and labels that shorten themselves."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from workbench.ui import theme
from workbench.ui.theme import TextRole


def label(
    text: str,
    role: TextRole = TextRole.TEXT,
    *,
    bold: bool = False,
    tint: str = "ink",
    wrap: bool = False,
    name: str = "",
    parent: QWidget | None = None,
) -> QLabel:
    """A plain-text label in the font of a role and the colour of a token."""
    made = QLabel(text, parent)
    made.setTextFormat(Qt.TextFormat.PlainText)
    made.setWordWrap(wrap)
    made.setObjectName(name)
    theme.dress(made, role, bold=bold)
    theme.tint(made, tint)
    return made


def retint(target: QLabel, role: str) -> None:
    """Change the colour of a label that is on screen."""
    if target.property("tint") != role:
        theme.tint(target, role)
        target.style().unpolish(target)
        target.style().polish(target)


class ElidedLabel(QLabel):
    """One line that ends in an ellipsis where room is short; the whole text is its tool tip."""

    def __init__(
        self, text: str = "", role: TextRole = TextRole.TEXT, *, bold: bool = False, tint: str = "ink", name: str = ""
    ) -> None:
        super().__init__(text)
        theme.tint(self, tint)
        self._short = ""
        self.setObjectName(name)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        theme.dress(self, role, bold=bold)

    def say(self, text: str, *, short: str) -> None:
        """Show a text, or its short form where room is short."""
        self._short = short
        self.setText(text)

    def _fitting(self) -> str:
        metrics = QFontMetrics(self.font())
        fits = metrics.horizontalAdvance(self.text()) <= self.width()
        text = self.text() if fits or not self._short else self._short
        return metrics.elidedText(text, Qt.TextElideMode.ElideRight, self.width())

    def minimumSizeHint(self) -> QSize:
        """Room for an ellipsis."""
        metrics = QFontMetrics(self.font())
        return QSize(metrics.horizontalAdvance("…") * 3, metrics.height())

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint what fits."""
        painter = QPainter(self)
        painter.setPen(theme.current().color(self.property("tint")))
        shown = self._fitting()
        if not self._short:
            self.setToolTip(self.text() if shown != self.text() else "")
        painter.drawText(self.rect(), self.alignment() | Qt.AlignmentFlag.AlignVCenter, shown)
