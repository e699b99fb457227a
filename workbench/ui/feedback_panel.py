"""Feedback for the educator and the private note: a panel above the foot of the rubric, never a dialog."""

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from workbench.model.decision import Feedback
from workbench.ui.autosave_edit import AutosaveEdit
from workbench.ui.buttons import Kind
from workbench.ui.foot_panel import FootPanel
from workbench.ui.icon_button import IconButton
from workbench.ui.scoring import Scoring
from workbench.ui.texts import label
from workbench.ui.theme import TextRole, scaled

LINES, LOW_LINES = 4, 2


class FeedbackPanel(FootPanel):
    """Made anew for each submission, and bound to its assignment through `scoring`."""

    done = Signal()

    def __init__(self, scoring: Scoring, feedback: Feedback, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("feedbackPanel")
        column = QVBoxLayout(self)
        column.setContentsMargins(scaled(14), scaled(8), scaled(14), scaled(10))
        column.setSpacing(scaled(5))
        column.addLayout(self._build_head())
        self.overall = self._editor("feedbackEditor", feedback.overall, scoring.set_feedback, lines=LINES)
        self.overall.setAccessibleName(self.tr("Feedback for the educator"))
        self.overall.setPlaceholderText(self.tr("What was seen, what is missing, what to add"))
        column.addWidget(self.overall)
        column.addWidget(label(self.tr("Private note, never seen by the educator"), TextRole.META, tint="muted"))
        self.private = self._editor("privateNoteEditor", feedback.private, scoring.set_private_note, lines=1)
        self.private.setAccessibleName(self.tr("Private note, never seen by the educator"))
        column.addWidget(self.private)
        self.hide()

    def open(self, *, private: bool = False) -> None:
        """Show the panel and put the cursor into it."""
        self.show()
        target = self.private if private else self.overall
        target.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def set_low(self, is_low: bool) -> None:
        """Whether height is short: the editor then scrolls sooner."""
        if is_low:
            self.overall.set_lines(LOW_LINES, LOW_LINES)
        else:
            self.overall.set_lines(LINES, 2 * LINES + 2)

    def flush(self) -> None:
        """Save what is typed here."""
        self.overall.flush()
        self.private.flush()

    def set_editable(self, is_editable: bool) -> None:
        """Whether the decision is still a draft."""
        self.overall.setReadOnly(not is_editable)
        self.private.setReadOnly(not is_editable)

    def _build_head(self) -> QHBoxLayout:
        head = QHBoxLayout()
        head.addWidget(label(self.tr("Feedback for the educator"), TextRole.TEXT, bold=True), 1)
        close = IconButton("close", self.tr("Close feedback"), "feedbackClose", kind=Kind.QUIET)
        close.clicked.connect(self._on_done)
        head.addWidget(close)
        return head

    def _editor(self, name: str, text: str, save: Callable[[str], None], *, lines: int) -> AutosaveEdit:
        editor = AutosaveEdit(name, text, save, lines=lines, enter_is_done=False)
        editor.done.connect(self._on_done)
        return editor

    def _on_done(self) -> None:
        self.flush()
        self.hide()
        self.done.emit()
