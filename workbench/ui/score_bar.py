"""The bar that stays when there is room for one pane only: criterion, level keys, cite, progress."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget

from workbench.queries.views import ScoreView as Projection
from workbench.ui.buttons import Button, Kind
from workbench.ui.criterion_card import CriterionCard
from workbench.ui.icon_button import IconButton
from workbench.ui.texts import ElidedLabel, label
from workbench.ui.theme import TextRole, scaled


class ScoreBar(QFrame):
    """44 px at the foot of a narrow window."""

    level_asked = Signal(int)
    cite_asked = Signal()
    swap_asked = Signal()
    queue_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("scoreBar")
        self.setProperty("edge", "top")
        self.setMinimumHeight(scaled(44))
        line = QHBoxLayout(self)
        line.setContentsMargins(scaled(10), scaled(4), scaled(10), scaled(4))
        line.setSpacing(scaled(6))
        queue = IconButton("menu", self.tr("Show the queue"), "barQueue", kind=Kind.QUIET)
        queue.clicked.connect(self.queue_asked)
        line.addWidget(queue)
        self._title = ElidedLabel("", TextRole.TEXT, bold=True)
        line.addWidget(self._title, 1)
        self._levels = QHBoxLayout()
        self._levels.setSpacing(scaled(4))
        line.addLayout(self._levels)
        self._cite = Button(self.tr("Cite"), "barCite", key="C")
        self._cite.clicked.connect(self.cite_asked)
        line.addWidget(self._cite)
        self._progress = label("", TextRole.META, tint="muted")
        line.addWidget(self._progress)
        swap = Button(self.tr("Swap"), "barSwap", key="F6")
        swap.setAccessibleName(self.tr("Swap evidence and rubric"))
        swap.clicked.connect(self.swap_asked)
        line.addWidget(swap)
        self._buttons: list[Button] = []

    def show_view(self, view: Projection, card: CriterionCard | None) -> None:
        """Show the open criterion with its level keys."""
        criteria = view.offering.rubric.criteria
        self._progress.setText(f"{len(view.draft.scores)}/{len(criteria)}")
        self._cite.setVisible(view.editable)
        if card is None:
            return
        self._title.setText(f"{card.letter}  {card.criterion.title}")
        score = view.draft.scores.get(card.id)
        self._make_buttons(len(card.levels))
        for button, choice in zip(self._buttons, card.levels, strict=False):
            button.setAccessibleName(choice.level.label)
            button.setToolTip(choice.level.label)
            button.setChecked(score is not None and score.level_id == choice.level.id)
            button.setEnabled(view.editable)

    def _make_buttons(self, count: int) -> None:
        while len(self._buttons) < min(count, 9):
            number = len(self._buttons) + 1
            button = Button(str(number), f"barLevel_{number}")
            button.setCheckable(True)
            button.clicked.connect(lambda _on=False, chosen=number: self.level_asked.emit(chosen))
            self._levels.addWidget(button)
            self._buttons.append(button)
        for index, button in enumerate(self._buttons):
            button.setVisible(index < count)
