"""The evidence of one submission: the strip, and below it the viewer that fits. Holds no draft and decides nothing."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QImage, QKeyEvent
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from workbench.model.citation import Citation, Place
from workbench.model.ids import AssignmentId, EvidenceId
from workbench.model.place import WorkPlace
from workbench.queries.views import EvidenceItem, ScoreView
from workbench.tasks import Tasks
from workbench.ui.strip import EvidenceStrip
from workbench.ui.theme import scaled
from workbench.ui.viewers.choice import ViewerChoice
from workbench.ui.viewers.framed import framed
from workbench.ui.viewers.marks import Mark
from workbench.ui.viewers.playback import PlayerFactory
from workbench.ui.viewers.shelf_view import ShelfView, differs
from workbench.ui.viewers.thumbnails import Thumbnails
from workbench.ui.viewers.unreadable import UnreadableView
from workbench.ui.viewers.verdicts import Verdicts
from workbench.ui.viewers.viewer import Viewer
from workbench.ui.viewers.waiting import WaitingView

if TYPE_CHECKING:
    from workbench.player.client import Player


class EvidenceStage(QWidget):
    """Opens evidence without ever waiting for it; what cannot be shown is shown with its reason."""

    cite_requested = Signal()
    place_changed = Signal()
    evidence_changed = Signal(str)
    """The id of the evidence that is looked at now."""

    def __init__(
        self, tasks: Tasks, parent: QWidget | None = None, *, player_factory: PlayerFactory | None = None
    ) -> None:
        super().__init__(parent)
        self.setObjectName("evidenceStage")
        self._tasks = tasks
        self._choice = ViewerChoice(tasks, player_factory or _make_player, self._adopt)
        self._assignment_id: AssignmentId | None = None
        self._shelf = ShelfView()
        self._verdicts = Verdicts(tasks)
        self._current: EvidenceId | None = None
        self._viewer: Viewer | None = None
        self._marks: tuple[Mark, ...] = ()
        self._letter, self._editable = "", True
        self._thumbnails = Thumbnails(tasks, self)
        self._thumbnails.arrived.connect(self._on_thumbnail)
        self._build()

    def _build(self) -> None:
        self.strip = EvidenceStrip(self)
        self.strip.chosen.connect(self.show_evidence)
        self.unreadable = UnreadableView()
        self.unreadable.retry_asked.connect(self.retry)
        self.unreadable.fetch_asked.connect(self.fetch_again)
        self.waiting, self._stack = WaitingView(), QStackedWidget(self)
        self._waiting_frame = framed(self.waiting, "surface")
        self._unreadable_frame = framed(self.unreadable, "surface")
        for frame in (self._waiting_frame, self._unreadable_frame):
            self._stack.addWidget(frame)
        column = QVBoxLayout(self)
        column.setContentsMargins(scaled(10), scaled(8), scaled(10), scaled(8))
        column.setSpacing(scaled(8))
        column.addWidget(self.strip)
        column.addWidget(self._stack, 1)

    def clear(self) -> None:
        """Close the submission: nothing of it stays on screen or in memory."""
        self._assignment_id, self._current, self._viewer = None, None, None
        self._shelf, self._marks = ShelfView(), ()
        self._thumbnails.clear()
        self._choice.clear()
        self.strip.show_items((), frozenset())
        self.waiting.show_empty()
        self._stack.setCurrentWidget(self._waiting_frame)

    def show_submission(self, view: ScoreView) -> None:
        """Open a submission where the person stopped, else at its first evidence."""
        if view.assignment.id == self._assignment_id:
            self.update_evidence(view)
            return
        self.clear()
        self._assignment_id = view.assignment.id
        self.update_evidence(view)
        wanted = self._shelf.item(view.place.evidence_id) if view.place else None
        if view.place is not None and wanted is not None:
            self._shelf.places[wanted.evidence.id] = view.place
        first = wanted or next(iter(self._shelf.cards), None)
        if first is None:
            self.waiting.show_nothing()
        else:
            self.show_evidence(first.evidence.id)

    def update_evidence(self, view: ScoreView) -> None:
        """The same submission: evidence has arrived, changed, or turned out to be unreadable."""
        self.set_editable(view.editable)
        before = self._shelf.item(self._current)
        self._shelf.update(view.evidence)
        self.strip.show_items(self._shelf.cards, self._shelf.with_captions)
        self._thumbnails.want(self._shelf.cards, self.devicePixelRatioF())
        after = self._shelf.item(self._current)
        if before is not None and after is not None and differs(before, after) and not self._shows(after):
            self._open(after)

    def show_evidence(self, evidence_id: str) -> None:
        """Look at this evidence; coming back to one, where it was left."""
        item = self._shelf.item(evidence_id)
        if item is None or item.evidence.id == self._current:
            return
        self._keep_place()
        if self._viewer is not None:
            self._viewer.leave()
        self._current = item.evidence.id
        self.strip.mark(item.evidence.id)
        self._open(item)
        self.evidence_changed.emit(item.evidence.id)
        self.place_changed.emit()

    def current_evidence_id(self) -> EvidenceId | None:
        """What is looked at."""
        return self._current

    def citation_place(self) -> Place | None:
        """What would be cited now; None while nothing is on screen."""
        return self._viewer.citation_place() if self._viewer is not None and self._viewer.is_ready else None

    def work_place(self) -> WorkPlace:
        """Where the person stands."""
        if self._viewer is not None and self._viewer.is_ready:
            return self._viewer.place()
        return self._shelf.places.get(self._current or EvidenceId("")) or WorkPlace(evidence_id=self._current)

    def go_to(self, citation: Citation) -> None:
        """Show the cited place."""
        self.show_evidence(citation.evidence_id)
        if self._viewer is not None and self._current == citation.evidence_id:
            self._viewer.go_to(citation.place)

    def set_citations(self, marks: Sequence[tuple[str, Citation, bool]]) -> None:
        """`(letter, citation, whether of the open criterion)` for the whole submission."""
        self._marks = tuple(Mark(*mark) for mark in marks)
        self._show_marks()

    def set_criterion(self, letter: str) -> None:
        """The open criterion: what a citation would serve."""
        self._letter = letter
        if self._viewer is not None:
            self._viewer.set_criterion(letter)

    def set_editable(self, editable: bool) -> None:
        """Whether citing is possible."""
        self._editable = editable
        if self._viewer is not None:
            self._viewer.set_editable(editable)

    def set_cite_seconds(self, seconds: int) -> None:
        """How many seconds up to now `C` cites."""
        self._choice.set_cite_seconds(seconds)

    def handle_key(self, event: QKeyEvent) -> bool:
        """F7, F8, F9, I and O, wherever the focus is; True when the key was used."""
        return self._viewer is not None and self._viewer.handle_key(event)

    def pause_for_typing(self) -> None:
        """A note is being typed."""
        self._choice.pause_for_typing()

    def resume_after_typing(self) -> None:
        """The note is done: go on if typing had paused it."""
        self._choice.resume_after_typing()

    def focus_viewer(self) -> None:
        """Give the evidence the focus."""
        (self._viewer or self.unreadable).setFocus(Qt.FocusReason.OtherFocusReason)

    def retry(self) -> None:
        """Open again what could not be shown."""
        item = self._shelf.item(self._current)
        if item is not None:
            self._shelf.failures.pop(item.evidence.id, None)
            self._open(item, anyway=True)

    def fetch_again(self) -> None:
        """Drop the bytes of this evidence and have them fetched anew."""
        if self._current is not None:
            self._shelf.failures.pop(self._current, None)
            self._verdicts.fetch_again(self._current)

    def close_player(self) -> None:
        """End the playback process; the window closes."""
        self._choice.close()

    def _open(self, item: EvidenceItem, *, anyway: bool = False) -> None:
        reason = self._shelf.reason(item)
        if item.state in ("missing", "partial"):
            self._show_waiting(item)
        elif not anyway and (item.state != "ready" or reason):
            self._show_unreadable(item, reason)
        else:
            self._show_viewer(item)

    def _shows(self, item: EvidenceItem) -> bool:
        """Whether these very bytes are on screen already."""
        shown = self._viewer.item if self._viewer is not None and self._viewer.is_ready else None
        return shown is not None and shown.evidence == item.evidence

    def _show_viewer(self, item: EvidenceItem) -> None:
        viewer = self._choice.viewer_for(item.evidence.kind)
        if viewer is None:
            self._show_unreadable(item, self.tr("This kind of file cannot be shown here."))
            return
        self._viewer = viewer
        viewer.set_criterion(self._letter)
        viewer.set_editable(self._editable)
        self._stack.setCurrentWidget(viewer)
        if viewer.item is None or viewer.item.evidence != item.evidence:
            viewer.show_evidence(item, self._shelf.captions_of(item))
            kept = self._shelf.places.get(item.evidence.id)
            if kept is not None:
                viewer.restore(kept.position_ms, kept.page, kept.zoom)
        self._show_marks()

    def _show_unreadable(self, item: EvidenceItem, reason: str) -> None:
        self._viewer = None
        self.unreadable.show_item(item, reason or self.tr("This file cannot be shown."))
        self._stack.setCurrentWidget(self._unreadable_frame)

    def _show_waiting(self, item: EvidenceItem) -> None:
        self._viewer = None
        self.waiting.show_arriving(item)
        self._stack.setCurrentWidget(self._waiting_frame)

    def _show_marks(self) -> None:
        if self._viewer is not None:
            self._viewer.set_citations([mark for mark in self._marks if mark.citation.evidence_id == self._current])

    def _keep_place(self) -> None:
        if self._current is not None and self._viewer is not None and self._viewer.is_ready:
            self._shelf.places[self._current] = self._viewer.place()

    def _adopt(self, viewer: Viewer) -> None:
        self._stack.addWidget(viewer)
        viewer.cite_requested.connect(self.cite_requested)
        viewer.place_changed.connect(self.place_changed)
        viewer.unreadable.connect(lambda reason: self._on_unreadable(viewer, reason))
        viewer.stopped.connect(lambda reason: self._on_broken_off(viewer, reason))
        viewer.shown.connect(lambda: self._on_shown(viewer))

    def _on_unreadable(self, viewer: Viewer, reason: str) -> None:
        item = self._on_broken_off(viewer, reason)
        if item is not None:
            self._shelf.failures[item.evidence.id] = reason
            self._verdicts.unreadable(item, reason)

    def _on_broken_off(self, viewer: Viewer, reason: str) -> EvidenceItem | None:
        item = self._shelf.item(viewer.item.evidence.id if viewer.item else None)
        self._keep_place()
        viewer.clear()
        if item is not None and item.evidence.id == self._current:
            self._show_unreadable(item, reason)
        return item

    def _on_shown(self, viewer: Viewer) -> None:
        item = self._shelf.item(viewer.item.evidence.id if viewer.item else None)
        if item is not None:
            self._verdicts.readable(item)

    def _on_thumbnail(self, evidence_id: str, image: QImage) -> None:
        card = self.strip.card(EvidenceId(evidence_id))
        if card is not None:
            card.set_thumbnail(image)


def _make_player() -> "Player":
    from workbench.player.client import Player

    return Player()
