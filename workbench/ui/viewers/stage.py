"""The evidence of one submission: the strip, and below it one pane or two. Holds no draft and decides nothing."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QHBoxLayout, QVBoxLayout, QWidget

from workbench.model.citation import Citation, Place
from workbench.model.ids import AssignmentId, EvidenceId
from workbench.model.place import WorkPlace
from workbench.queries.views import EvidenceItem, ScoreView
from workbench.tasks import Tasks
from workbench.ui.strip import EvidenceStrip
from workbench.ui.theme import scaled
from workbench.ui.viewers.corner import Corner
from workbench.ui.viewers.linked_images import LinkedImages
from workbench.ui.viewers.marks import Mark
from workbench.ui.viewers.pane import EvidencePane
from workbench.ui.viewers.panes import Panes
from workbench.ui.viewers.playback import PlayerFactory
from workbench.ui.viewers.shelf_view import ShelfView, differs
from workbench.ui.viewers.stage_tools import StageTools
from workbench.ui.viewers.thumbnails import Thumbnails
from workbench.ui.viewers.unreadable import UnreadableView
from workbench.ui.viewers.verdicts import Verdicts
from workbench.ui.viewers.video import VideoViewer
from workbench.ui.viewers.viewer import Viewer

if TYPE_CHECKING:
    from workbench.player.client import Player


class EvidenceStage(QWidget):
    """Keys, citing and the strip go to the active pane: the one that had the focus last."""

    cite_requested = Signal()
    place_changed = Signal()
    evidence_changed = Signal(str)
    """The id of the evidence that is looked at now."""

    def __init__(
        self, tasks: Tasks, parent: QWidget | None = None, *, player_factory: PlayerFactory | None = None
    ) -> None:
        super().__init__(parent)
        self.setObjectName("evidenceStage")
        self._assignment_id: AssignmentId | None = None
        self._shelf = ShelfView()
        self._verdicts = Verdicts(tasks)
        self._marks: tuple[Mark, ...] = ()
        self.panes = Panes(tasks, player_factory or _make_player, self)
        self._link = LinkedImages(self)
        self._build(tasks)
        self._connect_panes()
        self._thumbnails = Thumbnails(tasks, self)
        self._thumbnails.arrived.connect(self.strip.show_thumbnail)
        QApplication.instance().focusChanged.connect(self._on_focus_changed)  # type: ignore[union-attr]

    def _build(self, tasks: Tasks) -> None:
        self.strip = EvidenceStrip(self)
        self.strip.chosen.connect(self.show_evidence)
        self.tools = StageTools(tasks, self)
        self.tools.two_asked.connect(self.show_two_panes)
        self.tools.link_asked.connect(self._link.set_on)
        self.corner = Corner(self.panes)
        self.corner.return_asked.connect(self._on_return_asked)
        self.tools.corner_dropped.connect(self.corner.put_away)
        top = QHBoxLayout()
        top.setSpacing(scaled(8))
        top.addWidget(self.strip, 1)
        top.addWidget(self.tools)
        column = QVBoxLayout(self)
        column.setContentsMargins(scaled(10), scaled(8), scaled(10), scaled(8))
        column.setSpacing(scaled(8))
        column.addLayout(top)
        column.addWidget(self.panes, 1)

    def _connect_panes(self) -> None:
        panes = self.panes
        panes.cite_requested.connect(self.cite_requested)
        panes.place_changed.connect(self.place_changed)
        panes.retry_asked.connect(self.retry)
        panes.fetch_asked.connect(self.fetch_again)
        panes.shown_first.connect(self._verdicts.readable)
        panes.refused.connect(self._on_refused)
        panes.evidence_asked.connect(self.show_evidence)
        panes.activated.connect(self._show_tools)
        panes.activated.connect(self._tell_evidence)
        panes.one_asked.connect(lambda: self.show_two_panes(False))

    @property
    def unreadable(self) -> UnreadableView:
        """The active pane's card for what cannot be shown."""
        return self.panes.active.unreadable

    @property
    def viewer(self) -> Viewer | None:
        """The active pane's viewer; None while there is nothing to move in."""
        return self.panes.active.viewer

    def clear(self) -> None:
        """Close the submission: nothing of it stays on screen or in memory."""
        self.corner.let_go()
        self._assignment_id, self._shelf, self._marks = None, ShelfView(), ()
        self._thumbnails.clear()
        self.panes.clear()
        self.strip.show_items((), frozenset())
        self._show_tools()

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
            self.panes.active.say_nothing()
        else:
            self.show_evidence(first.evidence.id)

    def update_evidence(self, view: ScoreView) -> None:
        """The same submission: evidence has arrived, changed, or turned out to be unreadable."""
        self.set_editable(view.editable)
        before = [(pane, self._shelf.form_of(pane.item)) for pane in self.panes.shown]
        self._shelf.update(view.evidence)
        self.strip.show_items(self._shelf.cards, self._shelf.with_captions)
        self._thumbnails.want(self._shelf.cards, self.devicePixelRatioF())
        for pane, former in before:
            now = self._shelf.form_of(pane.item)
            if former is not None and now is not None and differs(former, now) and not pane.shows(now):
                self._open(pane, now)
        self._show_tools()

    def show_evidence(self, evidence_id: str) -> None:
        """Look at this evidence; coming back to one, where it was left. It opens in one pane only."""
        item = self._shelf.item(evidence_id)
        if item is None or item.evidence.id == self.current_evidence_id():
            return
        other = self.panes.showing(item.evidence.id)
        if other is not None:
            self.panes.activate(other)
            return
        pane = self.panes.active
        self._leave(pane)
        self._open(pane, item)
        self._tell_evidence()

    def current_evidence_id(self) -> EvidenceId | None:
        """What is looked at in the active pane."""
        item = self.panes.active.item
        return item.evidence.id if item is not None else None

    def citation_place(self) -> Place | None:
        """What would be cited now; None while nothing is on screen."""
        return self.panes.active.citation_place

    def work_place(self) -> WorkPlace:
        """Where the person stands."""
        return self.panes.active.work_place()

    def go_to(self, citation: Citation) -> None:
        """Show the cited place."""
        self.show_evidence(citation.evidence_id)
        if self.viewer is not None and self.current_evidence_id() == citation.evidence_id:
            self.viewer.go_to(citation.place)

    def set_citations(self, marks: Sequence[tuple[str, Citation, bool]]) -> None:
        """`(letter, citation, whether of the open criterion)` for the whole submission."""
        self._marks = tuple(Mark(*mark) for mark in marks)
        self.panes.show_marks(self._marks)

    def set_criterion(self, letter: str) -> None:
        """The open criterion: what a citation would serve."""
        self.panes.set_criterion(letter)

    def set_editable(self, editable: bool) -> None:
        """Whether citing is possible."""
        self.panes.set_editable(editable)

    def set_cite_seconds(self, seconds: int) -> None:
        """How many seconds up to now `C` cites."""
        self.panes.set_cite_seconds(seconds)

    def handle_key(self, event: QKeyEvent) -> bool:
        """F7, F8, F9, I and O, wherever the focus is; True when the key was used."""
        return self.panes.handle_key(event) or self.corner.handle_key(event)

    def pause_for_typing(self) -> None:
        """A note is being typed."""
        self.panes.pause_for_typing()

    def resume_after_typing(self) -> None:
        """The note is done: go on if typing had paused it."""
        self.panes.resume_after_typing()

    def focus_viewer(self) -> None:
        """Give the evidence the focus."""
        self.panes.active.focus_content()

    def show_two_panes(self, two: bool) -> None:
        """Two evidences side by side, the second pane with the next one; or one pane again."""
        if two == self.panes.are_two:
            return
        if two:
            self._open_second()
        else:
            for pane in self.panes.others:
                self._leave(pane)
            self.panes.show_one()
        self._show_tools()
        self._tell_evidence()

    def retry(self) -> None:
        """Open again what could not be shown."""
        item = self._shelf.form_of(self.panes.active.item)
        if item is not None:
            self._shelf.failures.pop(item.evidence.id, None)
            self._open(self.panes.active, item, anyway=True)

    def fetch_again(self) -> None:
        """Drop the bytes of this evidence and have them fetched anew."""
        current = self.current_evidence_id()
        if current is not None:
            self._shelf.failures.pop(current, None)
            self._verdicts.fetch_again(current)

    def close_player(self) -> None:
        """End the playback processes; the window closes."""
        self.corner.let_go()
        self.panes.end_playback()

    def _open(self, pane: EvidencePane, item: EvidenceItem, *, anyway: bool = False) -> None:
        pane.open(item, self._shelf, anyway=anyway)
        self.corner.let_go_of(pane.viewer)
        pane.show_marks(self._marks)
        self._show_tools()

    def _open_second(self) -> None:
        following = self._shelf.after(self.current_evidence_id())
        if following is None:
            return
        pane = self.panes.show_two()
        self._open(pane, following)
        pane.focus_content()

    def _leave(self, pane: EvidencePane) -> None:
        """Something else is looked at there: what plays goes to the corner, if that is wanted, or pauses."""
        pane.keep_place()
        if isinstance(pane.viewer, VideoViewer) and self.tools.wants_corner:
            self.corner.follow(pane.viewer)
        elif pane.viewer is not None:
            pane.viewer.leave()

    def _tell_evidence(self) -> None:
        current = self.current_evidence_id()
        if current is not None:
            self.strip.mark(current)
            self.evidence_changed.emit(current)
            self.place_changed.emit()

    def _show_tools(self) -> None:
        self._link.watch(self.panes.shown)
        self.tools.show_state(self._shelf.cards, two=self.panes.are_two, can_link=self._link.can_link)

    def _on_focus_changed(self, _before: QWidget | None, now: QWidget | None) -> None:
        if now is not None:
            self.panes.activate_around(now)

    def _on_return_asked(self, viewer: VideoViewer) -> None:
        if viewer.item is not None:
            self.panes.activate_owner(viewer)
            self.show_evidence(viewer.item.evidence.id)
            self.focus_viewer()

    def _on_refused(self, item: EvidenceItem, reason: str) -> None:
        self._shelf.failures[item.evidence.id] = reason
        self._verdicts.unreadable(item, reason)


def _make_player() -> "Player":
    from workbench.player.client import Player

    return Player()
