"""One PDF that a worker could open: its pages, and how to ask for parts of it. Draws nothing, keeps no answer."""

from collections.abc import Callable, Sequence
from concurrent.futures import Future
from typing import Any, TypeVar

from workbench.errors import KnownError
from workbench.media.jobs import (
    FindText,
    Job,
    OutlineEntry,
    PageText,
    Picture,
    ReadOutline,
    ReadPage,
    RenderPage,
    TextHit,
)
from workbench.model.citation import Box
from workbench.ui.viewers.source import EvidenceSource

R = TypeVar("R")
Failed = Callable[[KnownError], None]


class OpenedPdf:
    """`sizes` in points and `labels` as printed, by page from 0. Never shows its password."""

    def __init__(
        self,
        source: EvidenceSource,
        sizes: Sequence[tuple[float, float]],
        labels: Sequence[str] = (),
        password: str = "",
    ) -> None:
        self.source = source
        self.sizes = tuple(sizes)
        self.labels = tuple(labels)
        self._password = password

    @property
    def page_count(self) -> int:
        """How many pages there are."""
        return len(self.sizes)

    def label(self, page: int) -> str:
        """What is printed on a page as its number; its place in the file where nothing is."""
        return (self.labels[page] if page < len(self.labels) else "") or str(page + 1)

    def picture_job(self, page: int, width: int, clip: Box | None = None, rotation: int = 0) -> Job[Picture]:
        """The job that renders a page, or a part of it, `width` pixels wide as a whole."""
        return RenderPage(page=page, width=width, clip=clip, rotation=rotation, password=self._password)

    def read(self, page: int, on_text: Callable[[PageText], None], failed: Failed, priority: int) -> "Future[PageText]":
        """Ask for the words of a page."""
        return self._ask(ReadPage(page=page, password=self._password), on_text, failed, priority)

    def find(
        self, query: str, pages: range, on_hits: Callable[[tuple[TextHit, ...]], None], failed: Failed, most: int
    ) -> "Future[tuple[TextHit, ...]]":
        """Ask where `query` stands on these pages."""
        job = FindText(query=query, first=pages.start, last=pages.stop - 1, most=most, password=self._password)
        return self._ask(job, on_hits, failed, 0)

    def read_outline(
        self, on_outline: Callable[[tuple[OutlineEntry, ...]], None], failed: Failed
    ) -> "Future[tuple[OutlineEntry, ...]]":
        """Ask for the table of contents."""
        return self._ask(ReadOutline(password=self._password), on_outline, failed, 0)

    def drop(self, future: "Future[Any]") -> None:
        """Want an answer no longer."""
        self.source.drop(future)

    def _ask(self, job: Job[R], on_answer: Callable[[R], None], failed: Failed, priority: int) -> "Future[R]":
        return self.source.decode(job, on_answer, failed=failed, priority=priority)
