"""The way back for a person whom the programme has signed out: a new code, and the work goes on where it was."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from workbench.errors import KnownError
from workbench.ui.buttons import Button, Kind
from workbench.ui.texts import label
from workbench.ui.theme import scaled


class SignInAgain(QWidget):
    """Asks for a code; whoever made it signs in."""

    asked = Signal(str)
    """`(code)`"""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, scaled(4), 0, 0)
        column.setSpacing(scaled(6))
        line = QHBoxLayout()
        line.setSpacing(scaled(8))
        self._code = QLineEdit(self)
        self._code.setObjectName("againCode")
        self._code.setPlaceholderText(self.tr("New enrolment code"))
        self._code.setAccessibleName(self._code.placeholderText())
        self._sign_in = Button(self.tr("Sign in again"), "signInAgainButton", kind=Kind.PRIMARY)
        line.addWidget(self._code, 1)
        line.addWidget(self._sign_in)
        self._problem = label("", tint="bad", wrap=True, name="signInAgainProblem")
        self._problem.hide()
        column.addLayout(line)
        column.addWidget(self._problem)
        self._code.returnPressed.connect(self._on_sign_in)
        self._sign_in.clicked.connect(self._on_sign_in)

    def show_problem(self, problem: KnownError | None) -> None:
        """Why the code did not do, or None; either way another may be tried."""
        self._sign_in.setEnabled(True)
        self._problem.setText(str(problem or ""))
        self._problem.setVisible(problem is not None)

    def _on_sign_in(self) -> None:
        code = self._code.text().strip()
        if not code:
            self._code.setFocus()
        elif self._sign_in.isEnabled():
            self._sign_in.setEnabled(False)
            self.asked.emit(code)
