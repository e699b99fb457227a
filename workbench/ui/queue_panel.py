"""The queue: sections, search and rows; a 44-px rail while a submission is open."""

from datetime import datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import QItemSelectionModel, QModelIndex, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QLineEdit, QListView, QStackedLayout, QVBoxLayout, QWidget

from workbench.model.ids import AssignmentId
from workbench.tasks import Tasks
from workbench.ui import words
from workbench.ui.buttons import Button, Kind
from workbench.ui.icon_button import IconButton
from workbench.ui.queue_delegate import QueueDelegate
from workbench.ui.queue_model import QueueModel
from workbench.ui.texts import label
from workbench.ui.theme import TextRole, scaled

if TYPE_CHECKING:
    from workbench.queries.views import Queue, Section, SyncState

SEARCH_AFTER_MS = 150
REFRESH_AFTER_MS = 200
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class QueueList(QListView):
    """Enter opens; letters are left to the window's keys instead of searching."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Let arrows move, Enter open, and everything typed pass by."""
        if event.key() in _ENTER and self.currentIndex().isValid():
            self.activated.emit(self.currentIndex())
        elif event.text() and event.text().isprintable():
            event.ignore()
        else:
            super().keyPressEvent(event)


class QueuePanel(QFrame):
    """Asks for the queue when something changed; choosing a row is told by `chosen`."""

    chosen = Signal(str)
    fold_asked = Signal()
    counted = Signal(object)

    def __init__(self, tasks: Tasks, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("queuePanel")
        self._tasks = tasks
        self._sync: SyncState | None = None
        self._open: AssignmentId | None = None
        self._open_place = 0
        self._is_loaded = False
        self.model = QueueModel(self)
        self._search_timer = QTimer(self, singleShot=True, interval=SEARCH_AFTER_MS)
        self._search_timer.timeout.connect(self.refresh)
        self._refresh_timer = QTimer(self, singleShot=True, interval=REFRESH_AFTER_MS)
        self._refresh_timer.timeout.connect(self.refresh)
        self._build()

    def refresh(self) -> None:
        """Ask for the queue anew."""
        from workbench.queries.queue import queue

        if self._tasks.is_attached:
            self._tasks.ask(queue, self.search.text().strip(), on_answer=self._on_queue, owner=self)

    def refresh_soon(self) -> None:
        """Ask once for a burst of changes, after the views that show more of them have asked."""
        if not self._refresh_timer.isActive():
            self._refresh_timer.start()

    def show_sync(self, state: "SyncState") -> None:
        """What the empty queue says depends on when the platform was last asked."""
        self._sync = state
        self._show_words()

    def show_open(self, assignment_id: AssignmentId | None) -> None:
        """Mark the row that is open."""
        self._open = assignment_id
        self._select()

    def show_section(self, section: "Section") -> None:
        """Show another section."""
        for each, button in self._sections.items():
            button.setChecked(each == section)
        self.model.show_section(section)
        self._select()
        self._show_words()

    def neighbor(self, assignment_id: AssignmentId | None, step: int) -> AssignmentId | None:
        """The submission after (1) or before (-1) this one among those to score."""
        return self.model.neighbor(assignment_id, step, was_at=self._open_place)

    def set_foldable(self, is_foldable: bool) -> None:
        """Whether the panel can be folded now."""
        self.toggle.setVisible(is_foldable)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape folds the queue beside a submission."""
        if event.key() == Qt.Key.Key_Escape and not self.toggle.isHidden():
            self.fold_asked.emit()
        else:
            super().keyPressEvent(event)

    def _build(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(scaled(10), scaled(10), scaled(6), scaled(6))
        column.setSpacing(scaled(8))
        head = QHBoxLayout()
        head.setSpacing(scaled(6))
        self.toggle = IconButton("menu", self.tr("Fold the queue"), "queueToggle", kind=Kind.QUIET)
        self.toggle.clicked.connect(self.fold_asked)
        self.search = QLineEdit(self)
        self.search.setObjectName("queueSearch")
        self.search.setAccessibleName(self.tr("Search the queue"))
        self.search.setPlaceholderText(self.tr("Search offering or educator"))
        self.search.setClearButtonEnabled(True)
        self.search.textChanged.connect(self._search_timer.start)
        head.addWidget(self.toggle)
        head.addWidget(self.search, 1)
        column.addLayout(head)
        column.addLayout(self._build_sections())
        column.addWidget(self._build_list(), 1)

    def _build_sections(self) -> QHBoxLayout:
        line = QHBoxLayout()
        group = QFrame(self)
        group.setProperty("segments", "true")
        inner = QHBoxLayout(group)
        inner.setContentsMargins(scaled(2), scaled(2), scaled(2), scaled(2))
        inner.setSpacing(scaled(2))
        names: dict[Section, str] = {
            "to_score": self.tr("To score"), "scored": self.tr("Scored"), "needs_you": self.tr("Needs you"),
        }  # fmt: skip
        self._section_names = names
        self._sections: dict[Section, Button] = {}
        for section, name in names.items():
            button = Button(name, f"section_{section}", kind=Kind.SEGMENT)
            button.setCheckable(True)
            button.clicked.connect(lambda _on=False, chosen=section: self.show_section(chosen))
            inner.addWidget(button)
            self._sections[section] = button
        line.addWidget(group)
        line.addStretch(1)
        self._sections["to_score"].setChecked(True)
        return line

    def _build_list(self) -> QWidget:
        self._stack_box = QWidget(self)
        self._stack = QStackedLayout(self._stack_box)
        self.list = QueueList(self._stack_box)
        self.list.setObjectName("queueList")
        self.list.setAccessibleName(self.tr("Queue"))
        self.list.setModel(self.model)
        self.list.setItemDelegate(QueueDelegate(self.list))
        self.list.setUniformItemSizes(True)
        self.list.setMouseTracking(True)
        self.list.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.clicked.connect(self._on_chosen)
        self.list.activated.connect(self._on_chosen)
        self._stack.addWidget(self.list)
        empty = QWidget(self._stack_box)
        column = QVBoxLayout(empty)
        self._empty: QLabel = label(
            self.tr("Opening your queue…"), TextRole.DESCRIPTOR, tint="muted", wrap=True, name="queueEmpty"
        )
        self._empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        column.addStretch(1)
        column.addWidget(self._empty)
        self._clear = Button(self.tr("Clear the search"), "queueClearSearch")
        self._clear.clicked.connect(self.search.clear)
        column.addWidget(self._clear, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addStretch(2)
        self._clear.hide()
        self._stack.addWidget(empty)
        self._stack.setCurrentIndex(1)
        return self._stack_box

    def _on_queue(self, queue: "Queue") -> None:
        self._is_loaded = True
        self.model.show_queue(queue)
        counts = {"to_score": queue.to_score, "scored": queue.scored, "needs_you": queue.needs_you}
        for section, button in self._sections.items():
            button.setText(f"{self._section_names[section]} {counts[section]:,}")
            button.updateGeometry()
        self._select()
        self._show_words()
        self.counted.emit(queue)

    def _select(self) -> None:
        index = self.model.index_of(self._open) if self._open else QModelIndex()
        if index.isValid():
            self._open_place = index.row()
            self.list.selectionModel().setCurrentIndex(index, QItemSelectionModel.SelectionFlag.ClearAndSelect)
            self.list.scrollTo(index)
        elif self.model.rowCount() and not self.list.currentIndex().isValid():
            self.list.selectionModel().setCurrentIndex(self.model.index(0), QItemSelectionModel.SelectionFlag.NoUpdate)

    def _show_words(self) -> None:
        has_rows = self.model.rowCount() > 0
        self._stack.setCurrentIndex(0 if has_rows else 1)
        if not has_rows and self._is_loaded:
            self._empty.setText(self._empty_words())
            self._clear.setVisible(bool(self.search.text().strip()))

    def _empty_words(self) -> str:
        search = self.search.text().strip()
        if search:
            return self.tr("Nothing here matches “{text}”.").format(text=search)
        if self.model.section == "scored":
            return self.tr("Nothing is scored yet. What you finalize is listed here.")
        if self.model.section == "needs_you":
            return self.tr("Nothing needs you.")
        checked = self._sync.last_round_at if self._sync else None
        return self.tr("Nothing to score. New work arrives when you are online; {checked}.").format(
            checked=_checked(checked, self.tr("not checked yet"), self.tr("last checked {time}"))
        )

    def _on_chosen(self, index: QModelIndex) -> None:
        row = self.model.row_at(index)
        if row is None:
            return
        if self.model.rowCount() == 1 and self.search.text():
            # The search has found what it was for; the next submission is the one that follows in the queue.
            self.search.clear()
        self.chosen.emit(row.assignment_id)


def _checked(at: datetime | None, never: str, then: str) -> str:
    return never if at is None else then.format(time=words.time_of_day(at))
