"""Opening a PDF: its page sizes, with the password that was kept or is typed. Shows nothing and logs nothing."""

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal

from workbench.errors import KnownError, PasswordNeededError
from workbench.media.jobs import Pages, PageSizes
from workbench.tasks import Tasks
from workbench.ui.viewers.pdf_opened import OpenedPdf
from workbench.ui.viewers.source import EvidenceSource

FIRST = 3


class PdfOpening(QObject):
    """Ends in `opened` or `broke`; in between `password_asked`, and `password_refused` for each wrong answer."""

    opened = Signal(object, str)
    """`(OpenedPdf, note)`"""
    broke = Signal(object)
    password_asked = Signal()
    password_refused = Signal()

    def __init__(self, tasks: Tasks, parent: QObject) -> None:
        super().__init__(parent)
        self._tasks = tasks
        self._source: EvidenceSource | None = None

    def open(self, source: EvidenceSource) -> None:
        """Try without a password, as almost all are; then with the one that was kept."""
        self._source = source
        self._try("", needed=self._ask_kept)

    def stop(self) -> None:
        """Nobody looks at it any more."""
        self._source = None

    def try_password(self, password: str) -> None:
        """A person's answer; what opens it is kept."""
        self._try(password, needed=self.password_refused.emit, is_new=True)

    def _try(self, password: str, *, needed: Callable[[], None], is_new: bool = False) -> None:
        source = self._source
        if source is None or not source.is_open:
            return

        def answered(pages: Pages) -> None:
            if self._source is source:
                if is_new:
                    self._keep(source, password)
                self.opened.emit(OpenedPdf(source, pages.sizes, pages.labels, password), pages.note)

        def failed(problem: KnownError) -> None:
            if self._source is not source:
                return
            if isinstance(problem, PasswordNeededError):
                needed()
            else:
                self.broke.emit(problem)

        source.decode(PageSizes(password=password), answered, failed=failed, priority=FIRST)

    def _ask_kept(self) -> None:
        from workbench.queries.evidence import kept_password

        source = self._source
        assert source is not None

        def answered(password: str) -> None:
            if self._source is source:
                if password:
                    self._try(password, needed=self.password_asked.emit)
                else:
                    self.password_asked.emit()

        def failed(_problem: KnownError) -> None:
            if self._source is source:
                self.password_asked.emit()

        self._tasks.ask(kept_password, source.evidence_id, on_answer=answered, owner=self, failed=failed)

    def _keep(self, source: EvidenceSource, password: str) -> None:
        from workbench.operations.evidence import keep_password

        self._tasks.run(keep_password, source.evidence_id, password, initiator=self)
