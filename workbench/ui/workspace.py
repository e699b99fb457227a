"""Queue and submission in one room: which of them is on screen at which width. Asks nothing itself."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget

from workbench.model.changes import Changes
from workbench.model.ids import AssignmentId
from workbench.settings import Settings
from workbench.tasks import Tasks
from workbench.ui import theme
from workbench.ui.active_clock import ActiveClock
from workbench.ui.queue_panel import QueuePanel
from workbench.ui.queue_rail import RAIL_PX, QueueRail
from workbench.ui.theme import scaled

if TYPE_CHECKING:
    from workbench.queries.views import Queue
    from workbench.ui.score_view import ScoreView

THREE_PANES_PX = 1180
TWO_PANES_PX = 860
PANEL_PX = 320
HOME_PX = 820
RUBRIC_PX = 412
NARROW_RUBRIC_PX = 360


class Workspace(QWidget):
    """Opening a submission folds the queue to its rail; in a narrower window it becomes a drawer."""

    keys_asked = Signal()
    problem_met = Signal(object)
    opened = Signal(object)
    """The assignment that is open now, or None."""

    def __init__(self, tasks: Tasks, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("ground", "background")
        self._tasks = tasks
        self._clock = ActiveClock()
        self._is_unfolded = False
        self._cite_seconds = Settings().cite_seconds
        self.score: ScoreView | None = None
        self.rail = QueueRail(self)
        self.rail.unfold_asked.connect(lambda: self.unfold(True))
        self.rail.section_asked.connect(self._on_section_asked)
        self.queue = QueuePanel(tasks, self)
        self.queue.chosen.connect(self.open)
        self.queue.fold_asked.connect(lambda: self.unfold(False))
        self.queue.counted.connect(self._on_counted)
        tasks.changed.connect(self._on_changed)
        self._arrange()

    @property
    def is_open(self) -> bool:
        """Whether a submission is open."""
        return self.score is not None and self.score.assignment_id is not None

    def open(self, assignment_id: AssignmentId) -> None:
        """Open a submission and fold the queue."""
        view = self.need_score_view()
        self._is_unfolded = False
        view.open(assignment_id)
        self.queue.show_open(assignment_id)
        self._arrange()
        self.opened.emit(assignment_id)

    def leave(self) -> None:
        """Go back to the queue."""
        if self.score is not None and self.is_open:
            self.score.leave()

    def step(self, step: int) -> None:
        """Open the next (1) or previous (-1) submission of the section that is shown."""
        current = self.score.assignment_id if self.score is not None else None
        neighbor = self.queue.neighbor(current, step)
        if neighbor is not None and neighbor != current:
            self.open(neighbor)
        elif step > 0 and self.is_open:
            self.leave()

    def unfold(self, is_unfolded: bool) -> None:
        """Show the whole queue beside (or over) the submission, or fold it again."""
        self._is_unfolded = is_unfolded
        self._arrange()
        if is_unfolded:
            self.queue.list.setFocus()
        elif self.score is not None:
            self.score.stage.focus_viewer()

    def start_search(self) -> None:
        """Show the queue with the cursor in its search."""
        if self.is_open and not self._is_unfolded:
            self.unfold(True)
        self.queue.search.setFocus()
        self.queue.search.selectAll()

    def flush(self) -> None:
        """Save everything typed, and the place."""
        if self.score is not None:
            self.score.flush()

    def close_evidence(self) -> None:
        """End what plays; nothing can be shown after this."""
        if self.score is not None:
            self.score.stage.close_player()

    def set_cite_seconds(self, seconds: int) -> None:
        """How many seconds up to now `C` cites."""
        self._cite_seconds = seconds
        if self.score is not None:
            self.score.stage.set_cite_seconds(seconds)

    def touch(self) -> None:
        """The person did something."""
        self._clock.touch()

    def need_score_view(self) -> "ScoreView":
        """The score view, made when it is first needed."""
        if self.score is None:
            from workbench.ui.score_view import ScoreView

            self.score = view = ScoreView(self._tasks, self._clock, self)
            view.left.connect(self._on_left)
            view.next_asked.connect(lambda: self.step(1))
            view.keys_asked.connect(self.keys_asked)
            view.problem_met.connect(self.problem_met)
            view.bar.queue_asked.connect(lambda: self.unfold(True))
            view.stage.set_cite_seconds(self._cite_seconds)
            view.hide()
        return self.score

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Arrange for the new width."""
        super().resizeEvent(event)
        self._arrange()

    def _arrange(self) -> None:
        scale = theme.current().text_scale
        width = self.width() / scale
        is_open = self.is_open
        has_rail = is_open and width >= TWO_PANES_PX
        is_beside = self._is_unfolded and width >= THREE_PANES_PX
        self.rail.setVisible(has_rail and not is_beside)
        self.queue.setVisible(not is_open or self._is_unfolded)
        self.queue.set_foldable(is_open)
        edge = "right" if is_open else ""
        if self.queue.property("edge") != edge:
            self.queue.setProperty("edge", edge)
            self.queue.style().unpolish(self.queue)
            self.queue.style().polish(self.queue)
        left = scaled(PANEL_PX) if is_beside else scaled(RAIL_PX) if has_rail else 0
        self._place_queue(is_open)
        self.rail.setGeometry(QRect(0, 0, scaled(RAIL_PX), self.height()))
        if self.score is not None:
            self.score.setVisible(is_open)
            rubric_px = scaled(RUBRIC_PX if width >= THREE_PANES_PX else NARROW_RUBRIC_PX)
            self.score.set_panes(is_single=width < TWO_PANES_PX, rubric_px=rubric_px)
            self.score.setGeometry(QRect(left, 0, self.width() - left, self.height()))
        if is_open and self._is_unfolded:
            self.queue.raise_()

    def _place_queue(self, is_open: bool) -> None:
        width = min(self.width(), scaled(PANEL_PX if is_open else HOME_PX))
        left = 0 if is_open else (self.width() - width) // 2
        self.queue.setGeometry(QRect(left, 0, width, self.height()))

    def _on_counted(self, queue: "Queue") -> None:
        self.rail.show_queue(queue, self.queue.model.section)

    def _on_section_asked(self, section: str) -> None:
        self.queue.show_section(section)  # type: ignore[arg-type]
        self.unfold(True)

    def _on_left(self) -> None:
        self._is_unfolded = False
        self.queue.show_open(None)
        self._arrange()
        self.queue.list.setFocus()
        self.opened.emit(None)

    def _on_changed(self, changes: Changes, _initiator: object) -> None:
        if changes:
            self.queue.refresh_soon()
