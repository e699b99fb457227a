"""In place of the pages of a protected PDF: a calm question for its password. Tries none itself."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QApplication, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from workbench.ui.announcing import announce
from workbench.ui.buttons import Button
from workbench.ui.texts import label
from workbench.ui.theme import TextRole, scaled
from workbench.ui.viewers import calm_page


class PasswordCard(QWidget):
    """`entered` with what was typed."""

    entered = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("pdfPasswordCard")
        self.title = label(self.tr("This PDF asks for a password"), TextRole.HEADING, bold=True, wrap=True)
        self.text = label(
            self.tr("It is kept encrypted with your account on this laptop, so that you are asked only once."),
            TextRole.DESCRIPTOR, tint="muted", wrap=True,
        )  # fmt: skip
        self.field = QLineEdit()
        self.field.setObjectName("pdfPasswordField")
        self.field.setAccessibleName(self.tr("Password of this PDF"))
        self.field.setEchoMode(QLineEdit.EchoMode.Password)
        self.field.setMaxLength(200)
        self.field_label = label(self.tr("Password"), TextRole.TEXT, bold=True)
        self.field_label.setBuddy(self.field)
        self.open = Button(self.tr("Open"), "pdfPasswordButton")
        self.problem = label("", TextRole.TEXT, tint="bad", wrap=True, name="pdfPasswordProblem")
        self.field.returnPressed.connect(self._on_entered)
        self.open.clicked.connect(self._on_entered)
        self._lay_out()

    def _lay_out(self) -> None:
        row = QHBoxLayout()
        row.setSpacing(scaled(8))
        row.addWidget(self.field, 1)
        row.addWidget(self.open)
        inner = QWidget()
        column = QVBoxLayout(inner)
        column.setSpacing(scaled(8))
        column.addWidget(self.title)
        column.addWidget(self.text)
        column.addSpacing(scaled(4))
        column.addWidget(self.field_label)
        column.addLayout(row)
        column.addWidget(self.problem)
        self._bar = calm_page.fill(self, inner, 420).verticalScrollBar()
        self._bar.rangeChanged.connect(self._show_problem)

    def _show_problem(self) -> None:
        if self.problem.text():
            self._bar.setValue(self._bar.maximum())

    def ask(self) -> None:
        """A fresh question."""
        self.clear()
        self._set_busy(False)

    def say_wrong(self) -> None:
        """That was not it."""
        self._set_busy(False)
        self.problem.setText(
            self.tr("That password does not open this PDF. Look at capital letters and spaces, then try again.")
        )
        announce(self.field, self.problem.text())
        focus = QApplication.focusWidget()
        if focus is not None and self.isAncestorOf(focus):
            self.field.selectAll()
            self.field.setFocus(Qt.FocusReason.OtherFocusReason)

    def clear(self) -> None:
        """Forget what was typed."""
        self.field.clear()
        self.problem.setText("")

    def _set_busy(self, is_busy: bool) -> None:
        self.field.setReadOnly(is_busy)
        self.open.setEnabled(not is_busy)

    def _on_entered(self) -> None:
        if self.field.text() and self.open.isEnabled():
            self.problem.setText("")
            self._set_busy(True)
            self.entered.emit(self.field.text())
