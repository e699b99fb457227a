"""What every viewer offers to the stage. Knows no submission, no draft and no store."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from workbench.errors import DecoderStoppedError, EvidenceError, KnownError
from workbench.model.citation import Place
from workbench.model.place import WorkPlace
from workbench.queries.views import EvidenceItem
from workbench.tasks import Tasks
from workbench.ui.viewers.marks import Mark
from workbench.ui.viewers.source import EvidenceSource


class Viewer(QWidget):
    """Shows one evidence at a time; showing the next one first forgets everything of the former."""

    cite_requested = Signal()
    place_changed = Signal()
    unreadable = Signal(str)
    """The reason in words; the stage then shows it instead of the viewer."""
    stopped = Signal(str)
    """It cannot be shown just now, in words; the file is not to blame, so nobody keeps this."""
    shown = Signal()
    """The first content of this evidence is on screen."""

    def __init__(self, tasks: Tasks, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self.tasks = tasks
        self.item: EvidenceItem | None = None
        self.source: EvidenceSource | None = None
        self.marks: tuple[Mark, ...] = ()
        self._wanted: WorkPlace | Place | None = None
        self._is_ready = False

    def show_evidence(self, item: EvidenceItem, captions: EvidenceItem | None = None) -> None:
        """Open this evidence; its place starts at the beginning until `restore` or `go_to`."""
        self.clear()
        self.item = item
        self.setAccessibleName(item.evidence.label)
        self.source = source = EvidenceSource(self.tasks, item.evidence.id)
        source.opened.connect(self.load)
        source.failed.connect(self.tell_failure)
        source.open()

    def clear(self) -> None:
        """Forget the evidence: nothing of it may be seen or arrive after this."""
        if self.source is not None:
            self.source.opened.disconnect(self.load)
            self.source.failed.disconnect(self.tell_failure)
            self.source.retire()
        self.item = self.source = self._wanted = None
        self.marks = ()
        self._is_ready = False

    def tell_failure(self, problem: KnownError) -> None:
        """A refusal of the file's content is about the file; everything else is about this machine, now."""
        is_refusal = isinstance(problem, EvidenceError) and not isinstance(problem, DecoderStoppedError)
        (self.unreadable if is_refusal else self.stopped).emit(problem.happened)

    def load(self) -> None:
        """The file is open: ask for what is to be shown, then call `mark_ready`."""
        raise NotImplementedError

    def leave(self) -> None:
        """Another evidence is looked at now."""

    def mark_ready(self) -> None:
        """The content can be moved in: go where the person was or wanted to go."""
        self._is_ready = True
        wanted, self._wanted = self._wanted, None
        if wanted is not None:
            self.move_to(wanted)

    @property
    def is_ready(self) -> bool:
        """Whether it can be moved in and cited."""
        return self._is_ready

    def place(self) -> WorkPlace:
        """Where the person stands."""
        return WorkPlace(evidence_id=self.item.evidence.id if self.item else None)

    def pages_in_view(self) -> tuple[int, ...]:
        """The pages (from 0) that can be read now; what has no pages is its page 0, once it is seen as a whole."""
        return (self.place().page,)

    @property
    def length_ms(self) -> int:
        """How long what is shown takes; 0 for what takes no time, and while nobody knows."""
        return 0

    @property
    def leaps(self) -> int:
        """Rises whenever the place was moved otherwise than by playing or stepping."""
        return 0

    def restore(self, position_ms: int, page: int, zoom: float) -> None:
        """Come back to a place of `place()`, as soon as there is something to show."""
        self._want(WorkPlace(position_ms=position_ms, page=page, zoom=zoom))

    def go_to(self, place: Place) -> None:
        """Bring a cited place into view, as soon as there is something to show."""
        self._want(place)

    def _want(self, wanted: WorkPlace | Place) -> None:
        if self._is_ready:
            self.move_to(wanted)
        else:
            self._wanted = wanted

    def move_to(self, wanted: WorkPlace | Place) -> None:
        """Move now; a place of another kind of evidence changes nothing."""

    def citation_place(self) -> Place | None:
        """What `C` cites now; None while nothing is shown."""
        return None

    def set_citations(self, marks: Sequence[Mark]) -> None:
        """Draw these citations of the shown evidence."""
        self.marks = tuple(Mark(*mark) for mark in marks)

    def set_criterion(self, letter: str) -> None:
        """The criterion that a citation would serve; empty for none."""

    def set_editable(self, editable: bool) -> None:
        """Whether citing is possible."""

    def handle_key(self, event: QKeyEvent) -> bool:
        """Media keys that work from anywhere; True when the key was used."""
        return False
