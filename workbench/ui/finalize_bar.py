"""The foot of the rubric: progress, outcome once it may be seen, saved or not, and the one primary button."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QMenu, QVBoxLayout, QWidget

from workbench.queries.views import DecisionStatus
from workbench.queries.views import ScoreView as Projection
from workbench.ui import words
from workbench.ui.buttons import Button, Kind
from workbench.ui.icon_button import IconButton
from workbench.ui.progress_segments import ProgressSegments
from workbench.ui.texts import ElidedLabel, label, retint
from workbench.ui.theme import TextRole, scaled


class FinalizeBar(QFrame):
    """Shows where the submission stands; every act is asked for by a signal."""

    feedback_asked = Signal()
    private_note_asked = Signal()
    finalize_asked = Signal()
    take_back_asked = Signal()
    reopen_asked = Signal()
    next_asked = Signal()
    leave_asked = Signal()
    keys_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._is_short, self._is_open = False, True
        self.setProperty("edge", "top")
        column = QVBoxLayout(self)
        column.setContentsMargins(scaled(14), scaled(9), scaled(14), scaled(9))
        column.setSpacing(scaled(7))
        column.addLayout(self._build_progress())
        self._segments = ProgressSegments(self)
        column.addWidget(self._segments)
        self._decided = ElidedLabel("", TextRole.TEXT, name="decidedLabel")
        column.addWidget(self._decided)
        self._decided.hide()
        column.addLayout(self._build_acts())

    def show_view(self, view: Projection) -> None:
        """Show progress, outcome and what may be done now."""
        criteria = view.offering.rubric.criteria
        settled = tuple(criterion.id in view.draft.scores for criterion in criteria)
        self._progress.setText(self.tr("{scored} of {all} scored").format(scored=sum(settled), all=len(settled)))
        self._segments.show_settled(settled)
        self._show_outcome(view)
        self._show_status(view)

    def set_short(self, is_short: bool) -> None:
        """Whether every line counts: the segments say again what the words above them say."""
        self._is_short = is_short
        self._segments.setVisible(self._is_open and not is_short)

    def show_saved(self) -> None:
        """Everything typed is on this laptop."""
        self._saved.say(self.tr("Saved on this laptop"), short=self.tr("Saved"))
        self._saved.setToolTip("")
        self._saved.setAccessibleDescription("")
        retint(self._saved, "muted")

    def show_unsaved(self, sentence: str) -> None:
        """Something is not; say so in the same place."""
        self._saved.say(self.tr("Not saved"), short=self.tr("Not saved"))
        self._saved.setToolTip(sentence)
        self._saved.setAccessibleDescription(sentence)
        retint(self._saved, "bad")

    def _build_progress(self) -> QHBoxLayout:
        line = QHBoxLayout()
        self._progress = label("", bold=True, name="progressLabel")
        self._outcome = label("", bold=True, name="outcomeLabel", wrap=True)
        self._outcome.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        line.addWidget(self._progress)
        line.addWidget(self._outcome, 1)
        return line

    def _build_acts(self) -> QHBoxLayout:
        line = QHBoxLayout()
        line.setSpacing(scaled(8))
        self.feedback = Button(self.tr("Feedback"), "feedbackButton")
        self.feedback.setToolTip(self.tr("Feedback for the educator (F)"))
        self.feedback.clicked.connect(self.feedback_asked)
        self._more = IconButton("more", self.tr("More for this submission"), "moreButton")
        self._more.clicked.connect(self._on_more_asked)
        self._saved = ElidedLabel("", TextRole.META, tint="muted", name="savedLabel")
        self._saved.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.show_saved()
        self._take_back = Button(self.tr("Take back"), "takeBackButton")
        self._take_back.clicked.connect(self.take_back_asked)
        self._reopen = Button(self.tr("Take up again"), "reopenButton")
        self._reopen.clicked.connect(self.reopen_asked)
        self.finalize = Button(self.tr("Finalize"), "finalizeButton", key="Ctrl ⏎", kind=Kind.PRIMARY)
        self.finalize.clicked.connect(self.finalize_asked)
        self.next = Button(self.tr("Next"), "nextButton", key="N", kind=Kind.PRIMARY)
        self.next.setAccessibleName(self.tr("Next submission"))
        self.next.clicked.connect(self.next_asked)
        for widget in (self.feedback, self._more):
            line.addWidget(widget)
        line.addWidget(self._saved, 1)
        self._stretch = QWidget(self)
        self._stretch.hide()
        line.addWidget(self._stretch, 1)
        for widget in (self._take_back, self._reopen, self.finalize, self.next):
            line.addWidget(widget)
        self._take_back.hide()
        self._reopen.hide()
        self.next.hide()
        return line

    def _show_outcome(self, view: Projection) -> None:
        if view.outcome is None:
            self._outcome.clear()
            return
        reasons = " ".join(view.outcome.reasons)
        result = words.result(view.outcome.result)
        self._outcome.setText(self.tr("Outcome: {result}").format(result=result))
        self._outcome.setToolTip(reasons)
        self._outcome.setAccessibleName(f"{self._outcome.text()}. {reasons}")

    def _show_status(self, view: Projection) -> None:
        status, is_open = view.status, view.editable
        self._is_open = is_open
        for widget in (self.finalize, self.feedback, self._saved):
            widget.setVisible(is_open)
        self._segments.setVisible(is_open and not self._is_short)
        # What was written can be read through the menu and with F.
        self.next.setVisible(not is_open)
        self._take_back.setVisible(not is_open and status is not None and status.can_take_back)
        self._reopen.setVisible(not is_open and status is not None and status.can_reopen)
        self._decided.setVisible(not is_open)
        self._stretch.setVisible(not is_open)
        if status is not None:
            self._decided.setText(self._decided_words(status))
            self._decided.setAccessibleDescription(status.detail)
        else:
            self._decided.setText(view.withdrawn or self.tr("Scored on another laptop"))

    def _decided_words(self, status: DecisionStatus) -> str:
        if status.state != "pending":
            return status.words
        return self.tr("Finalized · {when}").format(when=status.words[:1].lower() + status.words[1:])

    def _on_more_asked(self) -> None:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.addAction(self.tr("Feedback for the educator")).triggered.connect(self.feedback_asked)
        menu.addAction(self.tr("Private note, never seen by the educator")).triggered.connect(self.private_note_asked)
        menu.addAction(self.tr("Keys")).triggered.connect(self.keys_asked)
        menu.addSeparator()
        menu.addAction(self.tr("Back to the queue")).triggered.connect(self.leave_asked)
        menu.popup(self._more.mapToGlobal(self._more.rect().topLeft()) - menu.rect().bottomLeft())
