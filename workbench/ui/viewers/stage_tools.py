"""The switches beside the strip: two panes, linked images, picture in picture, facts. Act on nothing themselves."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QWidget

from workbench.model.submission import EvidenceKind
from workbench.queries.views import EvidenceItem
from workbench.tasks import Tasks
from workbench.ui.icon_button import IconButton
from workbench.ui.theme import scaled
from workbench.ui.viewers.facts_desk import FactsDesk

if TYPE_CHECKING:
    from workbench.ui.viewers.stage import EvidenceStage

TWO_PANES_KEYS = "Ctrl+\\"


class StageTools(QWidget):
    """Each switch is there only where it can do something."""

    two_asked = Signal(bool)
    link_asked = Signal(bool)
    corner_dropped = Signal()
    """No recording is wanted in the corner any more."""

    def __init__(self, tasks: Tasks, stage: "EvidenceStage") -> None:
        super().__init__(stage)
        self.setObjectName("stageTools")
        two = self.tr("Two panes side by side ({keys})").format(keys=TWO_PANES_KEYS)
        self.two = _switch("two_panes", two, "twoPanesButton")
        self.link = _switch("link", self.tr("Move both images as one"), "linkImagesButton")
        self.corner = _switch("corner", self.tr("Keep the video in the corner while reading"), "keepVideoButton")
        self.two.clicked.connect(self.two_asked)
        self.link.clicked.connect(self.link_asked)
        self.corner.toggled.connect(lambda wanted: None if wanted else self.corner_dropped.emit())
        self.info = _switch("info", self.tr("Facts about this evidence"), "factsButton")
        self.facts = FactsDesk(tasks, self.info, stage)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(scaled(4))
        for button in (self.link, self.corner, self.two, self.info):
            row.addWidget(button)
        QShortcut(QKeySequence(TWO_PANES_KEYS), self).activated.connect(self._on_two_pressed)

    @property
    def wants_corner(self) -> bool:
        """Whether a recording goes on in the corner when something else is looked at."""
        return self.corner.isChecked() and not self.corner.isHidden()

    def show_state(self, cards: Sequence[EvidenceItem], *, two: bool, can_link: bool) -> None:
        """What there is to look at, and whether two panes and two images stand side by side."""
        has_video = any(item.evidence.kind is EvidenceKind.VIDEO for item in cards)
        self.two.setVisible(len(cards) > 1)
        self.two.setChecked(two)
        self.corner.setVisible(has_video and len(cards) > 1)
        self.link.setVisible(can_link)
        self.info.setVisible(bool(cards))
        self.facts.want(cards)

    def _on_two_pressed(self) -> None:
        if not self.two.isHidden():
            self.two.click()


def _switch(icon: str, says: str, name: str) -> IconButton:
    button = IconButton(icon, says, name)
    button.setCheckable(True)
    button.keep_width()
    return button
