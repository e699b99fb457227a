"""Shown instead of a viewer: what the file is, why it cannot be shown, and that nothing is lost."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from workbench.model.submission import EvidenceKind
from workbench.queries.views import EvidenceItem
from workbench.ui.texts import label
from workbench.ui.theme import TextRole, scaled
from workbench.ui.viewers import calm_page
from workbench.ui.viewers.facts import details
from workbench.ui.viewers.tools import ToolButton


class UnreadableView(QWidget):
    """Offers to try again, and to have the file fetched anew."""

    retry_asked = Signal()
    fetch_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("unreadableView")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.title = label("", TextRole.HEADING, bold=True, wrap=True)
        self.facts = label("", TextRole.META, tint="muted", wrap=True)
        self.reason = label("", TextRole.DESCRIPTOR, wrap=True, name="unreadableReason")
        self.rest = label("", TextRole.DESCRIPTOR, tint="muted", wrap=True)
        self.retry = ToolButton(self.tr("Try again"), "retryEvidenceButton")
        self.fetch = ToolButton(self.tr("Ask for it again"), "fetchEvidenceButton")
        self.retry.clicked.connect(self.retry_asked)
        self.fetch.clicked.connect(self.fetch_asked)
        self._lay_out()

    def _lay_out(self) -> None:
        buttons = QHBoxLayout()
        buttons.setSpacing(scaled(8))
        buttons.addWidget(self.retry)
        buttons.addWidget(self.fetch)
        buttons.addStretch(1)
        inner = QWidget()
        column = QVBoxLayout(inner)
        column.setSpacing(scaled(8))
        for text in (self.title, self.facts, self.reason, self.rest):
            column.addWidget(text)
        column.addSpacing(scaled(4))
        column.addLayout(buttons)
        calm_page.fill(self, inner, 480)

    def show_item(self, item: EvidenceItem, reason: str) -> None:
        """Say why this evidence cannot be shown."""
        evidence = item.evidence
        is_unknown = evidence.kind is EvidenceKind.UNSUPPORTED
        self.title.setText(evidence.label)
        self.facts.setText(details(evidence))
        self.reason.setText(reason)
        self.rest.setText(self._what_to_do(is_unknown))
        # A kind that has no viewer has none the second time either.
        self.retry.setVisible(not is_unknown)
        self.fetch.setVisible(not is_unknown)
        self.setAccessibleName(f"{evidence.label}. {reason}")

    def _what_to_do(self, is_unknown: bool) -> str:
        if is_unknown:
            return self.tr(
                "It arrived whole and stays with the submission. Score what the other evidence shows; if this file "
                "matters, say so in your feedback, and name a kind that can be read here: PDF, Word, PowerPoint, "
                "text, image, sound or video."
            )
        return self.tr(
            "Nothing is lost. Your levels, notes and citations are safe, and the other evidence can be opened."
        )
