"""The queue as a Qt model: one section's rows. Holds a projection and nothing else."""

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QAbstractListModel, QCoreApplication, QModelIndex, QObject, QPersistentModelIndex, Qt

from workbench.model.ids import AssignmentId
from workbench.ui import words

if TYPE_CHECKING:
    from workbench.queries.views import Queue, QueueRow, Section

Index = QModelIndex | QPersistentModelIndex
ROW_ROLE = Qt.ItemDataRole.UserRole + 1


class QueueModel(QAbstractListModel):
    """Rows of one section, in the assessor's drawn order."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._all: tuple[QueueRow, ...] = ()
        self._rows: tuple[QueueRow, ...] = ()
        self._section: Section = "to_score"

    @property
    def section(self) -> "Section":
        """The section that is shown."""
        return self._section

    def rowCount(self, parent: Index | None = None) -> int:
        """How many rows; items have no children."""
        return 0 if parent is not None and parent.isValid() else len(self._rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """The row itself under `ROW_ROLE`; a sentence for those who hear it."""
        if not index.isValid() or not 0 <= index.row() < len(self._rows):
            return None
        row = self._rows[index.row()]
        if role == ROW_ROLE:
            return row
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return sentence(row, datetime.now(UTC))
        return None

    def show_queue(self, queue: "Queue") -> None:
        """Show a later projection; a row that only changed keeps its place and the selection."""
        self._all = queue.rows
        self._show(tuple(row for row in queue.rows if row.section == self._section))

    def show_section(self, section: "Section") -> None:
        """Show another section."""
        self._section = section
        self._show(tuple(row for row in self._all if row.section == section))

    def row_at(self, index: Index) -> "QueueRow | None":
        """The row at an index, or None."""
        found: QueueRow | None = self.data(index, ROW_ROLE)
        return found

    def index_of(self, assignment_id: AssignmentId) -> QModelIndex:
        """Where an assignment stands; invalid when it is not in this section."""
        for place, row in enumerate(self._rows):
            if row.assignment_id == assignment_id:
                return self.index(place)
        return QModelIndex()

    def neighbor(self, assignment_id: AssignmentId | None, step: int, *, was_at: int = 0) -> AssignmentId | None:
        """The assignment `step` rows after (or before) this one; None at the ends.

        For one that left the section: the row that has moved to where it was.
        """
        ids = [row.assignment_id for row in self._rows]
        if assignment_id not in ids:
            at = was_at if step > 0 else was_at - 1
            return ids[min(at, len(ids) - 1)] if ids and at >= 0 else None
        place = ids.index(assignment_id) + step
        return ids[place] if 0 <= place < len(ids) else None

    def _show(self, rows: "tuple[QueueRow, ...]") -> None:
        if rows == self._rows:
            return
        if [row.assignment_id for row in rows] == [row.assignment_id for row in self._rows]:
            changed = [place for place, row in enumerate(rows) if row != self._rows[place]]
            self._rows = rows
            self.dataChanged.emit(self.index(changed[0]), self.index(changed[-1]))
            return
        self.beginResetModel()
        self._rows = rows
        self.endResetModel()


def sentence(row: "QueueRow", now: datetime) -> str:
    """A row in words."""
    parts = [row.offering_title, row.pseudonym, _tr("attempt {number}").format(number=row.attempt)]
    is_done = row.section == "scored"
    parts += [words.task_kind(row.task), "" if is_done else words.due(row.due_at, now)]
    parts += [words.effort(row.video_ms, row.pages), progress(row), "" if is_done else readiness(row)[0], row.status]
    return ", ".join(part for part in parts if part)


def progress(row: "QueueRow") -> str:
    """`2 of 4 scored`; empty before the first."""
    if not row.scored_criteria:
        return ""
    return _tr("{scored} of {all} scored").format(scored=row.scored_criteria, all=row.criteria)


def readiness(row: "QueueRow") -> tuple[str, bool]:
    """Whether the evidence is on this laptop, in words, and as a flag."""
    if row.evidence_ready >= row.evidence_total:
        return _tr("Ready offline"), True
    return _tr("Fetching {ready} of {all}").format(ready=row.evidence_ready, all=row.evidence_total), False


def _tr(text: str) -> str:
    return QCoreApplication.translate("queue", text)
