"""What the viewers of still evidence share: the content, and below it a card that cites at its right end."""

from PySide6.QtWidgets import QVBoxLayout, QWidget

from workbench.tasks import Tasks
from workbench.ui.theme import scaled
from workbench.ui.viewers.framed import framed
from workbench.ui.viewers.tools import CiteButton, ToolCard, hint
from workbench.ui.viewers.viewer import Viewer


class StillViewer(Viewer):
    """A kind puts its tools into `row`, then calls `lay_out`."""

    def __init__(self, tasks: Tasks, name: str, cite_name: str, parent: QWidget | None = None) -> None:
        super().__init__(tasks, name, parent)
        self._card = ToolCard(self)
        self.row = self._card.row
        self.hint = hint()
        self.cite = CiteButton(cite_name)
        self.cite.clicked.connect(self.cite_requested)

    def lay_out(self, content: QWidget, ground: str, *, hint_gives_way: int) -> None:
        """The content on its ground, the card below; the hint gives way as `FittingRow.add` says."""
        self.row.add_stretch()
        self.row.add(self.hint, gives_way=hint_gives_way)
        self.row.add(self.cite)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(scaled(8))
        column.addWidget(framed(content, ground), 1)
        column.addWidget(self._card)

    def set_criterion(self, letter: str) -> None:
        """Name the criterion on the button."""
        self.cite.set_criterion(letter)

    def set_editable(self, editable: bool) -> None:
        """Citing is hidden where nothing can be cited."""
        self.row.set_wanted(editable, self.cite, self.hint)
