"""One pane or two side by side, and which of them is active. Opens nothing in them."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QSplitter, QVBoxLayout, QWidget

from workbench.model.ids import EvidenceId
from workbench.tasks import Tasks
from workbench.ui.theme import scaled
from workbench.ui.viewers.cite_range import DEFAULT_SECONDS
from workbench.ui.viewers.marks import Mark
from workbench.ui.viewers.pane import EvidencePane
from workbench.ui.viewers.playback import PlayerFactory
from workbench.ui.viewers.viewer import Viewer

STEP_PX = 48


class Panes(QWidget):
    """The second pane is made when it is first needed, and kept. Signals of the panes are passed on."""

    cite_requested = Signal()
    place_changed = Signal()
    refused = Signal(object, str)
    shown_first = Signal(object)
    retry_asked = Signal()
    fetch_asked = Signal()
    evidence_asked = Signal(str)
    activated = Signal()
    """Another pane is the active one."""
    one_asked = Signal()
    """A person wants one of two panes closed; the other is the active one already."""

    def __init__(self, tasks: Tasks, player_factory: PlayerFactory, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._tasks, self._player_factory = tasks, player_factory
        self._letter, self._editable, self._cite_seconds = "", True, DEFAULT_SECONDS
        self._splitter = QSplitter(Qt.Orientation.Horizontal)
        self._splitter.setChildrenCollapsible(False)
        self._splitter.setHandleWidth(scaled(8))
        self.made: list[EvidencePane] = []
        self.active = self._add()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._splitter)
        for keys, way in (("Ctrl+Alt+Left", -1), ("Ctrl+Alt+Right", 1)):
            QShortcut(QKeySequence(keys), self).activated.connect(lambda way=way: self.move_edge(way * scaled(STEP_PX)))

    @property
    def shown(self) -> list[EvidencePane]:
        """The panes that are on screen, from the left."""
        return [pane for pane in self.made if not pane.isHidden()]

    @property
    def others(self) -> list[EvidencePane]:
        """Those on screen beside the active one."""
        return [pane for pane in self.shown if pane is not self.active]

    @property
    def are_two(self) -> bool:
        """Whether two stand side by side."""
        return len(self.shown) == 2

    def showing(self, evidence_id: EvidenceId) -> EvidencePane | None:
        """The pane in which that evidence is open."""
        return next((pane for pane in self.shown if pane.item and pane.item.evidence.id == evidence_id), None)

    def show_two(self) -> EvidencePane:
        """Show the second pane and make it the active one."""
        pane = next((pane for pane in self.made if pane.isHidden()), None) or self._add()
        pane.show()
        half = self._splitter.width() // 2
        self._splitter.setSizes([half, half])
        self._set_active(pane)
        return pane

    def move_edge(self, by_px: int) -> None:
        """Move what stands between two panes to the right, or to the left below 0."""
        if self.are_two:
            left, right = (pane.width() for pane in self.shown)
            self._splitter.setSizes([max(0, left + by_px), max(0, right - by_px)])

    def show_one(self) -> None:
        """Only the active pane stays."""
        for pane in self.others:
            pane.hide()
        self._set_active(self.active)

    def activate(self, pane: EvidencePane) -> None:
        """Keys and citing go to this pane from now on, and the focus goes there."""
        pane.focus_content()
        self._activate(pane)

    def activate_around(self, widget: QWidget) -> None:
        """The focus went to this widget: if it stands in a pane, that one is active."""
        pane = next((pane for pane in self.shown if pane is widget or pane.isAncestorOf(widget)), None)
        if pane is not None:
            self._activate(pane)

    def activate_owner(self, viewer: Viewer) -> None:
        """Make the pane active that this viewer belongs to, shown or not just now."""
        pane = next((pane for pane in self.shown if pane.isAncestorOf(viewer)), None)
        if pane is not None:
            self._activate(pane)

    def handle_key(self, event: QKeyEvent) -> bool:
        """Media keys go to the active pane, then to the other; True when the key was used."""
        return any(pane.handle_key(event) for pane in (self.active, *self.others))

    def show_marks(self, marks: Sequence[Mark]) -> None:
        """Draw the submission's citations, each where its evidence is."""
        for pane in self.shown:
            pane.show_marks(marks)

    def set_criterion(self, letter: str) -> None:
        """The open criterion: what a citation would serve."""
        self._letter = letter
        for pane in self.made:
            pane.set_criterion(letter)

    def set_editable(self, editable: bool) -> None:
        """Whether citing is possible."""
        self._editable = editable
        for pane in self.made:
            pane.set_editable(editable)

    def set_cite_seconds(self, seconds: int) -> None:
        """How many seconds up to now `C` cites."""
        self._cite_seconds = seconds
        for pane in self.made:
            pane.choice.set_cite_seconds(seconds)

    def pause_for_typing(self) -> None:
        """A note is being typed."""
        for pane in self.made:
            pane.choice.pause_for_typing()

    def resume_after_typing(self) -> None:
        """The note is done: go on if typing had paused it."""
        for pane in self.made:
            pane.choice.resume_after_typing()

    def end_playback(self) -> None:
        """Forget what is shown and end the playback processes."""
        for pane in self.made:
            pane.choice.close()

    def clear(self) -> None:
        """One empty pane."""
        self.show_one()
        for pane in self.made:
            pane.clear()

    def _activate(self, pane: EvidencePane) -> None:
        if pane is not self.active:
            self._set_active(pane)
            self.activated.emit()

    def _set_active(self, active: EvidencePane) -> None:
        self.active = active
        for pane in self.made:
            pane.header.setVisible(self.are_two)
            pane.header.set_active(pane is active)

    def _add(self) -> EvidencePane:
        pane = EvidencePane(self._tasks, self._player_factory)
        pane.choice.set_cite_seconds(self._cite_seconds)
        pane.set_criterion(self._letter)
        pane.set_editable(self._editable)
        for its, ours in (
            (pane.cite_requested, self.cite_requested), (pane.place_changed, self.place_changed),
            (pane.refused, self.refused), (pane.shown, self.shown_first),
            (pane.retry_asked, self.retry_asked), (pane.fetch_asked, self.fetch_asked),
            (pane.evidence_asked, self.evidence_asked),
        ):  # fmt: skip
            its.connect(ours)
        self.made.append(pane)
        self._splitter.addWidget(pane)
        pane.close_asked.connect(lambda: self._on_close_asked(pane))
        return pane

    def _on_close_asked(self, closed: EvidencePane) -> None:
        other = next((pane for pane in self.shown if pane is not closed), None)
        if other is not None:
            self._set_active(other)
            self.one_asked.emit()
