"""What the viewers of still evidence share: the content, and below it a card that cites at its right end."""

from PySide6.QtWidgets import QVBoxLayout, QWidget

from workbench.queries.views import EvidenceItem
from workbench.tasks import Tasks
from workbench.ui.theme import scaled
from workbench.ui.viewers.framed import framed
from workbench.ui.viewers.opening_note import OpeningNote
from workbench.ui.viewers.tools import CiteButton, Hint, ToolCard
from workbench.ui.viewers.viewer import Viewer

_ALL_THE_REST = 1000


class StillViewer(Viewer):
    """A kind puts its tools into `row`, then calls `lay_out`."""

    def __init__(self, tasks: Tasks, name: str, cite_name: str, parent: QWidget | None = None) -> None:
        super().__init__(tasks, name, parent)
        self._card = ToolCard(self)
        self.row = self._card.row
        self.hint = Hint()
        self.cite = CiteButton(cite_name)
        self.cite.clicked.connect(self.cite_requested)

    def lay_out(self, content: QWidget, ground: str, *, hint_gives_way: int) -> None:
        """The content on its ground, the card below; the hint gives way as `FittingRow.add` says."""
        self.row.add_stretch()
        self.row.add(self.hint, gives_way=hint_gives_way, stretch=_ALL_THE_REST)
        self.row.add(self.cite)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(scaled(8))
        frame = framed(content, ground)
        column.addWidget(frame, 1)
        column.addWidget(self._card)
        self.opening_note = OpeningNote(frame, "on_stage" if ground == "stage" else "muted")
        self.shown.connect(self.opening_note.end)

    def show_evidence(self, item: EvidenceItem, captions: EvidenceItem | None = None) -> None:
        """Open this evidence; who has to wait for it is told."""
        super().show_evidence(item, captions)
        self.opening_note.begin()

    def clear(self) -> None:
        """Forget the evidence."""
        super().clear()
        self.opening_note.end()

    def set_criterion(self, letter: str) -> None:
        """Name the criterion on the button."""
        self.cite.set_criterion(letter)

    def set_editable(self, editable: bool) -> None:
        """Citing is hidden where nothing can be cited."""
        self.row.set_wanted(editable, self.cite, self.hint)
