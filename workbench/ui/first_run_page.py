"""The first screen: sign in with the programme's address and an enrolment code, or try the demo."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QWidget

from workbench.ui.buttons import Button, Kind
from workbench.ui.page_frame import PageFrame
from workbench.ui.texts import label
from workbench.ui.theme import TextRole


class FirstRunPage(PageFrame):
    """Asks; whoever made it signs in."""

    sign_in_asked = Signal(str, str)
    """`(address, code)`"""
    demo_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        title = self.tr("Assessor Workbench")
        intro = self.tr(
            "Sign in once. After that you can score without a network; what you finish is sent when you are back."
        )
        super().__init__("firstRunPage", title, intro, parent)
        self.address = self.field("signInAddress", self.tr("Programme address"), placeholder="https://…")
        self.code = self.field("signInCode", self.tr("Enrolment code"), placeholder=self.tr("from your programme"))
        self._hint = label("", TextRole.META, tint="muted", wrap=True, name="demoHint")
        self._hint.hide()
        self.column.addWidget(self._hint)
        self.sign_in = Button(self.tr("Sign in"), "signInButton", kind=Kind.PRIMARY)
        self.column.addWidget(self.sign_in)
        self._rule = QFrame()
        self._rule.setFrameShape(QFrame.Shape.NoFrame)
        self._rule.setProperty("edge", "bottom")
        self._rule.setFixedHeight(1)
        self.column.addWidget(self._rule)
        self.demo = Button(self.tr("Try the demo (no account)"), "demoChoiceButton")
        self.column.addWidget(self.demo)
        self.sign_in.clicked.connect(self._on_sign_in)
        self.code.returnPressed.connect(self._on_sign_in)
        self.address.returnPressed.connect(self.code.setFocus)
        self.demo.clicked.connect(self.demo_asked)

    def invite(self, address: str, code: str, hint: str) -> None:
        """Fill the fields in for the person; the demo is on already, so it is not offered again."""
        self.address.setText(address)
        self.code.setText(code)
        self._hint.setText(hint)
        self._hint.setVisible(bool(hint))
        self.demo.hide()
        self._rule.hide()
        self.sign_in.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_sign_in(self) -> None:
        address, code = self.address.text().strip(), self.code.text().strip()
        empty = next((field for field in (self.address, self.code) if not field.text().strip()), None)
        if empty is not None:
            empty.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        self.clear_problem()
        self.set_busy(True)
        self.sign_in_asked.emit(address, code)
