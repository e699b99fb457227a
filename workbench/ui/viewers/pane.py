"""One place to look at evidence: the viewer that fits, or why nothing is shown. Chooses no evidence itself."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from workbench.model.citation import Place
from workbench.model.place import WorkPlace
from workbench.queries.views import EvidenceItem
from workbench.tasks import Tasks
from workbench.ui.theme import scaled
from workbench.ui.viewers.choice import ViewerChoice
from workbench.ui.viewers.framed import framed
from workbench.ui.viewers.image import ImageViewer
from workbench.ui.viewers.marks import Mark
from workbench.ui.viewers.pane_header import PaneHeader
from workbench.ui.viewers.playback import PlayerFactory
from workbench.ui.viewers.shelf_view import ShelfView
from workbench.ui.viewers.unreadable import UnreadableView
from workbench.ui.viewers.viewer import Viewer
from workbench.ui.viewers.waiting import WaitingView


class EvidencePane(QWidget):
    """Opens evidence without ever waiting for it. `viewer` is None while there is nothing to move in."""

    cite_requested = Signal()
    place_changed = Signal()
    refused = Signal(object, str)
    """`(EvidenceItem, reason)`: the file cannot be shown, now and later."""
    shown = Signal(object)
    """The EvidenceItem whose first content is on screen."""
    retry_asked = Signal()
    fetch_asked = Signal()
    close_asked = Signal()
    evidence_asked = Signal(str)
    """The id of another evidence that a person chose inside a viewer."""

    def __init__(self, tasks: Tasks, player_factory: PlayerFactory, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("evidencePane")
        self.choice = ViewerChoice(tasks, player_factory, self._adopt)
        self.item: EvidenceItem | None = None
        self.viewer: Viewer | None = None
        self._shelf = ShelfView()
        self._letter, self._editable = "", True
        self._build()

    def _build(self) -> None:
        self.header = PaneHeader()
        self.header.close_asked.connect(self.close_asked)
        self.header.hide()
        self.unreadable = UnreadableView()
        self.unreadable.retry_asked.connect(self.retry_asked)
        self.unreadable.fetch_asked.connect(self.fetch_asked)
        self.waiting, self._stack = WaitingView(), QStackedWidget(self)
        self._waiting_frame = framed(self.waiting, "surface")
        self._unreadable_frame = framed(self.unreadable, "surface")
        for frame in (self._waiting_frame, self._unreadable_frame):
            self._stack.addWidget(frame)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(scaled(4))
        column.addWidget(self.header)
        column.addWidget(self._stack, 1)

    def clear(self) -> None:
        """Nothing of what was shown stays on screen or in memory."""
        self.item = self.viewer = None
        self._shelf = ShelfView()
        self.choice.clear()
        self.say_empty()

    def say_empty(self) -> None:
        """No submission is open."""
        self.waiting.show_empty()
        self._stack.setCurrentWidget(self._waiting_frame)

    def say_nothing(self) -> None:
        """The submission has no evidence."""
        self.waiting.show_nothing()
        self._stack.setCurrentWidget(self._waiting_frame)

    def open(self, item: EvidenceItem, shelf: ShelfView, *, anyway: bool = False) -> None:
        """Show this evidence where it was left; `anyway` tries what could not be shown before."""
        self.item, self._shelf = item, shelf
        self.header.show_label(item.evidence.label)
        reason = shelf.reason(item)
        if item.state in ("missing", "partial"):
            self._show_waiting(item)
        elif not anyway and (reason or item.state not in ("ready", "unreadable")):
            self._show_unreadable(item, reason)
        else:
            self._show_viewer(item)

    def shows(self, item: EvidenceItem) -> bool:
        """Whether these very bytes are on screen already."""
        shown = self.viewer.item if self.viewer is not None and self.viewer.is_ready else None
        return shown is not None and shown.evidence == item.evidence

    @property
    def citation_place(self) -> Place | None:
        """What would be cited here now; None while nothing is on screen."""
        return self.viewer.citation_place() if self.viewer is not None and self.viewer.is_ready else None

    def work_place(self) -> WorkPlace:
        """Where the person stands in it."""
        if self.viewer is not None and self.viewer.is_ready:
            return self.viewer.place()
        evidence_id = self.item.evidence.id if self.item is not None else None
        kept = self._shelf.places.get(evidence_id) if evidence_id is not None else None
        return kept or WorkPlace(evidence_id=evidence_id)

    def keep_place(self) -> None:
        """Remember where the person stands, for when they come back."""
        if self.item is not None and self.viewer is not None and self.viewer.is_ready:
            self._shelf.places[self.item.evidence.id] = self.viewer.place()

    def show_marks(self, marks: Sequence[Mark]) -> None:
        """Draw those of the submission's citations that are of this evidence."""
        if self.viewer is not None and self.item is not None:
            mine = [mark for mark in marks if mark.citation.evidence_id == self.item.evidence.id]
            self.viewer.set_citations(mine)

    def set_criterion(self, letter: str) -> None:
        """What a citation would serve."""
        self._letter = letter
        if self.viewer is not None:
            self.viewer.set_criterion(letter)

    def set_editable(self, editable: bool) -> None:
        """Whether citing is possible."""
        self._editable = editable
        if self.viewer is not None:
            self.viewer.set_editable(editable)

    def handle_key(self, event: QKeyEvent) -> bool:
        """Media keys; True when the key was used."""
        return self.viewer is not None and self.viewer.handle_key(event)

    def focus_content(self) -> None:
        """Give the focus to what is shown."""
        (self.viewer or self.unreadable).setFocus(Qt.FocusReason.OtherFocusReason)

    def _show_viewer(self, item: EvidenceItem) -> None:
        viewer = self.choice.viewer_for(item.evidence.kind)
        if viewer is None:
            self._show_unreadable(item, self.tr("This kind of file cannot be shown here."))
            return
        self.viewer = viewer
        viewer.set_criterion(self._letter)
        viewer.set_editable(self._editable)
        self._stack.setCurrentWidget(viewer)
        if isinstance(viewer, ImageViewer):
            viewer.set_siblings(self._shelf.images, item.evidence.id)
        if viewer.item is None or viewer.item.evidence != item.evidence:
            viewer.show_evidence(item, self._shelf.captions_of(item))
            kept = self._shelf.places.get(item.evidence.id)
            if kept is not None:
                viewer.restore(kept.position_ms, kept.page, kept.zoom)

    def _show_unreadable(self, item: EvidenceItem, reason: str) -> None:
        self.viewer = None
        self.unreadable.show_item(item, reason or self.tr("This file cannot be shown."))
        self._stack.setCurrentWidget(self._unreadable_frame)

    def _show_waiting(self, item: EvidenceItem) -> None:
        self.viewer = None
        self.waiting.show_arriving(item)
        self._stack.setCurrentWidget(self._waiting_frame)

    def _adopt(self, viewer: Viewer) -> None:
        self._stack.addWidget(viewer)
        viewer.cite_requested.connect(self.cite_requested)
        viewer.place_changed.connect(self.place_changed)
        viewer.unreadable.connect(lambda reason: self._on_unreadable(viewer, reason))
        viewer.stopped.connect(lambda reason: self._on_broken_off(viewer, reason))
        viewer.shown.connect(lambda: self._on_shown(viewer))
        if isinstance(viewer, ImageViewer):
            viewer.sibling_asked.connect(self.evidence_asked)

    def _on_unreadable(self, viewer: Viewer, reason: str) -> None:
        item = self._on_broken_off(viewer, reason)
        if item is not None:
            self.refused.emit(item, reason)

    def _on_broken_off(self, viewer: Viewer, reason: str) -> EvidenceItem | None:
        item = self._current_form(viewer)
        self.keep_place()
        viewer.clear()
        if item is not None and self.item is not None and item.evidence.id == self.item.evidence.id:
            self._show_unreadable(item, reason)
        return item

    def _on_shown(self, viewer: Viewer) -> None:
        item = self._current_form(viewer)
        if item is not None:
            self.shown.emit(item)

    def _current_form(self, viewer: Viewer) -> EvidenceItem | None:
        return self._shelf.item(viewer.item.evidence.id if viewer.item else None)
