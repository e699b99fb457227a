"""PDF rows: opening, turning pages and rendering scans, beside PyMuPDF in this process."""

import time
from collections.abc import Iterable
from functools import partial
from pathlib import Path
from typing import Any

from scripts.benches import evidence_files as files
from scripts.benches.evidence_desk import Desk, desk
from scripts.benches.evidence_report import Aim, Plan, Row

SCAN_WIDTH = 1240
FRAMES_MS = 33.0


def main(_arguments: list[str]) -> int:
    """These rows alone, at full length."""
    from scripts.benches.evidence import run

    return run(ROWS, quick=False)


def opening(plan: Plan) -> Iterable[Row]:
    """Each run opens a copy of its own, so that nothing is left over from the last."""
    from workbench.media.jobs import PageSizes
    from workbench.model.submission import EvidenceKind
    from workbench.ui.viewers.pdf import PdfViewer

    path = files.text_pdf(plan, 200)
    ours, theirs = [], []
    with desk(plan.folder) as place:
        items = [place.add(path, EvidenceKind.PDF) for _ in range(plan.runs(25, 7) + 2)]
        warm, *items = items
        place.warm_up(warm, PageSizes())
        viewer = place.show(PdfViewer(place.tasks))
        for item in items:
            shown: list[bool] = []
            viewer.shown.connect(partial(shown.append, True))
            began = time.perf_counter()
            viewer.show_evidence(item)
            place.until(partial(bool, shown))
            viewer.pages.viewport().repaint()
            ours.append((time.perf_counter() - began) * 1000)
            viewer.shown.disconnect()
            place.until(lambda: viewer.pages.has_picture(1))
            width = round(viewer.pages.zoom * 595)
            theirs.append(_open_in_process(place, path, width))
    yield Row(
        act="open a cached PDF to its first page on screen",
        file=path.name,
        ours=ours[1:],
        rival="PyMuPDF in process, drawn and painted",
        theirs=theirs[1:],
        aim=1.5,
    )


def _open_in_process(place: Desk, path: Path, width: int) -> float:
    import pymupdf
    from PySide6.QtGui import QImage, QPixmap
    from PySide6.QtWidgets import QLabel

    label = QLabel(place.window)
    label.resize(place.window.size())
    label.show()
    began = time.perf_counter()
    with pymupdf.open(path) as document:
        page = document[0]
        scale = width / page.rect.width
        pixels = page.get_pixmap(matrix=pymupdf.Matrix(scale, scale))
        image = QImage(pixels.samples_mv, pixels.width, pixels.height, pixels.stride, QImage.Format.Format_RGB888)
        label.setPixmap(QPixmap.fromImage(image))
        label.repaint()
        passed = (time.perf_counter() - began) * 1000
    label.deleteLater()
    return passed


def turning(plan: Plan) -> Iterable[Row]:
    """From the key to the painted page, once its neighbour was prefetched while the person looked."""
    from workbench.model.submission import EvidenceKind
    from workbench.ui.viewers.pdf import PdfViewer

    path = files.text_pdf(plan, 200)
    ours = []
    with desk(plan.folder) as place:
        viewer = place.show(PdfViewer(place.tasks))
        viewer.show_evidence(place.add(path, EvidenceKind.PDF))
        place.until(lambda: viewer.is_ready and viewer.pages.has_picture(0))
        for page in range(1, plan.runs(150, 30)):
            place.until(partial(viewer.pages.has_picture, page))
            began = time.perf_counter()
            viewer.pages.go_to_page(page)
            place.until(partial(viewer.pages.has_picture, page))
            viewer.pages.viewport().repaint()
            ours.append((time.perf_counter() - began) * 1000)
    yield Row(act="page turn, prefetched", file=path.name, ours=ours, rival="", kind=Aim.LIMIT, aim=FRAMES_MS)


def scans(plan: Plan) -> Iterable[Row]:
    """All pages through two workers from the sealed file, against one thread from the plain one."""
    from workbench.media.jobs import PageSizes
    from workbench.model.submission import EvidenceKind

    path = files.scans_pdf(plan)
    ours, theirs = [], []
    with desk(plan.folder) as place:
        warm, *items = [place.add(path, EvidenceKind.PDF) for _ in range(plan.runs(7, 2) + 1)]
        place.warm_up(warm, PageSizes())
        for item in items:
            with place.sealed(item) as source:
                ours.append(_render_all(place, source))
            theirs.append(_render_in_process(path))
    yield Row(
        act="24 scanned pages rendered, 1240 pixels wide",
        file=path.name,
        ours=ours,
        rival="PyMuPDF, one thread",
        theirs=theirs,
        aim=0.65,
    )


def _render_all(place: Desk, source: Any) -> float:
    from workbench.media.jobs import RenderPage

    began = time.perf_counter()
    for future in [place.workers.submit(RenderPage(page, SCAN_WIDTH), source) for page in range(24)]:
        future.result().release()
    return (time.perf_counter() - began) * 1000


def _render_in_process(path: Path) -> float:
    import pymupdf

    began = time.perf_counter()
    with pymupdf.open(path) as document:
        for page in document:
            scale = SCAN_WIDTH / page.rect.width
            page.get_pixmap(matrix=pymupdf.Matrix(scale, scale))
    return (time.perf_counter() - began) * 1000


ROWS = {"pdf-open": opening, "pdf-turn": turning, "pdf-scans": scans}
