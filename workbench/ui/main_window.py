"""The window: header, a page or the workspace, and what lies over them. Knows nothing of accounts or networks."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QMainWindow, QStackedWidget, QVBoxLayout, QWidget

from workbench.errors import KnownError
from workbench.settings import Settings
from workbench.tasks import Tasks
from workbench.ui.focus_ring import FocusRing
from workbench.ui.header_bar import HeaderBar
from workbench.ui.keymap import Keymap
from workbench.ui.sync_desk import SyncDesk
from workbench.ui.theme import scaled
from workbench.ui.workspace import Workspace

if TYPE_CHECKING:
    from workbench.ui.banner import Banner
    from workbench.ui.keys_panel import KeysPanel
    from workbench.ui.score_view import ScoreView


class MainWindow(QMainWindow):
    """One per account."""

    closing = Signal()
    painted = Signal()

    def __init__(self, tasks: Tasks, settings: Settings, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("mainWindow")
        self.setWindowTitle(self.tr("Assessor Workbench"))
        self._tasks = tasks
        self._keys_panel: KeysPanel | None = None
        self._banner: Banner | None = None
        self._page: QWidget | None = None
        self.workspace = Workspace(tasks)
        self._build(settings)
        self.desk = SyncDesk(tasks, self.header.chip, self)
        self.desk.state_changed.connect(self.workspace.queue.show_sync)
        self.ring = FocusRing(self)
        self.keymap = Keymap(self)
        self._bind_keys()
        self.keymap.set_letters_on(settings.single_letter_keys)
        self.resize(*settings.window)

    def show_page(self, page: QWidget) -> None:
        """Show a page in place of the one before, which is thrown away."""
        self._drop_page()
        self._page = page
        self._pages.addWidget(page)
        self.header.set_at_work(False)
        self._pages.setCurrentWidget(page)

    def show_workspace(self) -> None:
        """Show queue and submissions."""
        self._drop_page()
        self.header.set_at_work(True)
        self._pages.setCurrentWidget(self.workspace)

    def begin_work(self) -> None:
        """An account is open: ask for everything, and go where the person stopped."""
        from workbench.queries.places import last_open

        self.show_workspace()
        self.workspace.queue.refresh()
        self.desk.begin()
        self._tasks.ask(last_open, on_answer=self._on_last_open, owner=self)

    def show_problem(self, problem: KnownError) -> None:
        """Say what went wrong, above the work."""
        if self._banner is None:
            from workbench.ui.banner import Banner

            self._banner = Banner()
            self._column.insertWidget(1, self._banner)
        self._banner.show_problem(problem)

    def toggle_keys(self) -> None:
        """Show or hide the list of keys."""
        if self._keys_panel is None:
            from workbench.ui.keys_panel import KeysPanel

            self._keys_panel = KeysPanel(self)
        self._keys_panel.toggle()

    def closeEvent(self, event: QCloseEvent) -> None:
        """Save what is typed, then let the owner end everything."""
        self.workspace.flush()
        self.closing.emit()
        super().closeEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep what lies over the window in its place."""
        super().resizeEvent(event)
        self.desk.place()

    def showEvent(self, event: QShowEvent) -> None:
        """Tell once that the window is painted."""
        super().showEvent(event)
        self.ring.watch_input()
        QTimer.singleShot(0, self.painted.emit)

    def _drop_page(self) -> None:
        if self._page is not None:
            self._pages.removeWidget(self._page)
            self._page.deleteLater()
            self._page = None

    def _build(self, settings: Settings) -> None:
        ground = QWidget()
        ground.setProperty("ground", "background")
        self._column = QVBoxLayout(ground)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self.header = HeaderBar(settings)
        self.header.keys_asked.connect(self.toggle_keys)
        self.header.settings_changed.connect(lambda changed: self.workspace.set_cite_seconds(changed.cite_seconds))
        self.workspace.set_cite_seconds(settings.cite_seconds)
        self.header.find_asked.connect(lambda: self.workspace.start_search())
        self._column.addWidget(self.header)
        self._pages = QStackedWidget()
        self.workspace.problem_met.connect(self.show_problem)
        self.workspace.keys_asked.connect(self.toggle_keys)
        self.workspace.opened.connect(self._on_opened)
        self._pages.addWidget(self.workspace)
        self._column.addWidget(self._pages, 1)
        self.setCentralWidget(ground)
        self.setMinimumSize(scaled(360), scaled(320))
        self._tasks.failed.connect(self.show_problem)

    def _bind_keys(self) -> None:
        work, on_score = self.workspace, self._on_score
        self.keymap.bind(
            {
                "clear": on_score(lambda score: score.rubric.clear_level()),
                "next_criterion": on_score(lambda score: score.rubric.step_criterion(1)),
                "previous_criterion": on_score(lambda score: score.rubric.step_criterion(-1)),
                "cite": on_score(lambda score: score.citing.cite()),
                "next_citation": on_score(lambda score: score.citing.go_to_next()),
                "previous_citation": on_score(lambda score: score.citing.go_to_next(-1)),
                "absent": on_score(lambda score: score.citing.open_absence()),
                "feedback": on_score(lambda score: score.open_feedback()),
                "finalize": on_score(lambda score: score.finalize()),
                "undo": on_score(lambda score: score.undo()),
                "swap": on_score(lambda score: score.swap_pane()),
                "mark_in": on_score(lambda score: score.press_for_evidence(Qt.Key.Key_I)),
                "mark_out": on_score(lambda score: score.press_for_evidence(Qt.Key.Key_O)),
                "back": on_score(lambda score: score.press_for_evidence(Qt.Key.Key_F7)),
                "play": on_score(lambda score: score.press_for_evidence(Qt.Key.Key_F8)),
                "forward": on_score(lambda score: score.press_for_evidence(Qt.Key.Key_F9)),
                "next_submission": lambda: work.step(1),
                "previous_submission": lambda: work.step(-1),
                "find": work.start_search,
                "keys": self.toggle_keys,
            },
            level=lambda number: on_score(lambda score: score.rubric.choose_level(number))(),
        )

    def _on_score(self, act: "Callable[[ScoreView], None]") -> Callable[[], None]:
        """The act, for when a submission is open."""

        def run() -> None:
            self.workspace.touch()
            if self.workspace.is_open and self.workspace.score is not None:
                act(self.workspace.score)

        return run

    def _on_last_open(self, assignment_id: object) -> None:
        if isinstance(assignment_id, str) and not self.workspace.is_open:
            self.workspace.open(assignment_id)  # type: ignore[arg-type]
        else:
            self.workspace.queue.list.setFocus()

    def _on_opened(self, assignment_id: object) -> None:
        from workbench.operations.place import remember_open

        self._tasks.run(remember_open, assignment_id, initiator=self)
