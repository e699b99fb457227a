"""The image row: a photograph of 48 megapixels to first paint, beside Pillow in this process."""

import time
from collections.abc import Iterable
from functools import partial
from pathlib import Path

from scripts.benches import evidence_files as files
from scripts.benches.evidence_desk import Desk, desk
from scripts.benches.evidence_report import Plan, Row


def main(_arguments: list[str]) -> int:
    """This row alone, at full length."""
    from scripts.benches.evidence import run

    return run(ROWS, quick=False)


def first_paint(plan: Plan) -> Iterable[Row]:
    """Each run opens a copy of its own, so that nothing is left over from the last."""
    from workbench.media.jobs import Recognise
    from workbench.model.submission import EvidenceKind
    from workbench.ui.viewers.image import ImageViewer

    path = files.photo(plan)
    ours, theirs = [], []
    with desk(plan.folder) as place:
        warm, *items = [place.add(path, EvidenceKind.IMAGE) for _ in range(plan.runs(15, 4) + 2)]
        place.warm_up(warm, Recognise())
        viewer = place.show(ImageViewer(place.tasks))
        for item in items:
            shown: list[bool] = []
            viewer.shown.connect(partial(shown.append, True))
            began = time.perf_counter()
            viewer.show_evidence(item)
            place.until(partial(bool, shown))
            viewer.stage.viewport().repaint()
            ours.append((time.perf_counter() - began) * 1000)
            viewer.shown.disconnect()
            viewer.clear()
            size = viewer.stage.viewport().size()
            theirs.append(_paint_in_process(place, path, (size.width(), size.height())))
    yield Row(
        act="48-megapixel JPEG to first paint",
        file=path.name,
        ours=ours[1:],
        rival="Pillow draft + transpose + thumbnail, painted",
        theirs=theirs[1:],
        aim=1.3,
    )


def _paint_in_process(place: Desk, path: Path, size: tuple[int, int]) -> float:
    from PIL import Image, ImageOps
    from PySide6.QtGui import QImage, QPixmap
    from PySide6.QtWidgets import QLabel

    label = QLabel(place.window)
    label.resize(place.window.size())
    label.show()
    began = time.perf_counter()
    with Image.open(path) as image:
        image.draft("RGB", (max(size), max(size)))
        upright = ImageOps.exif_transpose(image)
        upright.thumbnail(size)
        data = upright.convert("RGBA").tobytes()
    pixels = QImage(data, upright.width, upright.height, upright.width * 4, QImage.Format.Format_RGBA8888)
    label.setPixmap(QPixmap.fromImage(pixels))
    label.repaint()
    passed = (time.perf_counter() - began) * 1000
    label.deleteLater()
    return passed


ROWS = {"image-open": first_paint}
