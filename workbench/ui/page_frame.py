"""The quiet page before the work: one card in the middle, with a place for a problem."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLineEdit, QScrollArea, QVBoxLayout, QWidget

from workbench.errors import KnownError
from workbench.ui.texts import label
from workbench.ui.theme import TextRole, scaled


class PageFrame(QScrollArea):
    """Subclasses add their fields to `column`."""

    def __init__(self, name: str, title: str, intro: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self.setWidgetResizable(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        ground = QWidget()
        ground.setProperty("ground", "background")
        outer = QVBoxLayout(ground)
        outer.addStretch(2)
        line = QHBoxLayout()
        line.addStretch(1)
        line.addWidget(self._build_card(title, intro))
        line.addStretch(1)
        outer.addLayout(line)
        outer.addStretch(3)
        self.setWidget(ground)

    def show_problem(self, problem: KnownError) -> None:
        """Say what went wrong, above the fields."""
        self._problem.setText(str(problem))
        self._problem.show()
        self.set_busy(False)

    def clear_problem(self) -> None:
        """Forget the last problem."""
        self._problem.hide()

    def set_busy(self, is_busy: bool) -> None:
        """Whether the page waits for an answer; its card takes no input meanwhile."""
        self._fields.setEnabled(not is_busy)

    def field(self, name: str, caption: str, *, secret: bool = False, placeholder: str = "") -> QLineEdit:
        """A captioned field at the end of the card."""
        column = QVBoxLayout()
        column.setSpacing(scaled(3))
        head = label(caption, bold=True)
        made = QLineEdit()
        made.setObjectName(name)
        made.setAccessibleName(caption)
        made.setPlaceholderText(placeholder)
        if secret:
            made.setEchoMode(QLineEdit.EchoMode.Password)
        head.setBuddy(made)
        column.addWidget(head)
        column.addWidget(made)
        self.column.addLayout(column)
        return made

    def _build_card(self, title: str, intro: str) -> QFrame:
        card = QFrame()
        card.setProperty("card", "true")
        card.setFixedWidth(scaled(440))
        outer = QVBoxLayout(card)
        outer.setContentsMargins(scaled(28), scaled(24), scaled(28), scaled(24))
        outer.setSpacing(scaled(12))
        outer.addWidget(label(title, TextRole.DISPLAY, bold=True, wrap=True))
        self._intro = label(intro, TextRole.DESCRIPTOR, tint="muted", wrap=True)
        outer.addWidget(self._intro)
        self._problem = label("", TextRole.TEXT, tint="bad", wrap=True, name=f"{self.objectName()}Problem")
        self._problem.hide()
        outer.addWidget(self._problem)
        self._fields = QWidget()
        self.column = QVBoxLayout(self._fields)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.setSpacing(scaled(12))
        outer.addWidget(self._fields)
        return card
