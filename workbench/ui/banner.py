"""A problem in three sentences (what happened, what is safe, what to do) above the work, never in its way."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from workbench.errors import KnownError
from workbench.ui.buttons import Kind
from workbench.ui.icon_button import IconButton
from workbench.ui.texts import label
from workbench.ui.theme import scaled


class Banner(QFrame):
    """Shows one problem, the latest; closing it changes nothing else."""

    closed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("banner")
        self.setProperty("banner", "caution")
        line = QHBoxLayout(self)
        line.setContentsMargins(scaled(14), scaled(8), scaled(8), scaled(8))
        words = QVBoxLayout()
        words.setSpacing(scaled(1))
        self._happened = label("", bold=True, wrap=True, name="bannerHappened")
        self._rest = label("", wrap=True, name="bannerRest")
        words.addWidget(self._happened)
        words.addWidget(self._rest)
        line.addLayout(words, 1)
        close = IconButton("close", self.tr("Close this message"), "bannerClose", kind=Kind.QUIET)
        close.clicked.connect(self._on_close)
        line.addWidget(close)
        self.hide()

    def show_problem(self, problem: KnownError) -> None:
        """Show a problem in place of the last one."""
        self._happened.setText(problem.happened)
        rest = " ".join(part for part in (problem.safe, problem.do) if part)
        self._rest.setText(rest)
        self._rest.setVisible(bool(rest))
        self.setAccessibleName(str(problem))
        self.show()

    def _on_close(self) -> None:
        self.hide()
        self.closed.emit()
