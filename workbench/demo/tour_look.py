"""How the tour looks around: in a video, a PDF, an image and a text, and at the window in another light."""

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication

from workbench.demo.driver import Driver, Steps, Wait, until
from workbench.model.submission import EvidenceKind

_PAINTED = {EvidenceKind.VIDEO: "videoStage", EvidenceKind.PDF: "pdfPages", EvidenceKind.IMAGE: "imageStage"}


class LookAround:
    """Looks around in each kind of evidence once, the first time that it is shown."""

    def __init__(self, driver: Driver) -> None:
        self._driver = driver
        self._toured: set[EvidenceKind] = set()

    def look_at(self, kind: EvidenceKind) -> Steps:
        """Look around in the evidence that is shown, and leave it as it shall be cited."""
        around = {
            EvidenceKind.VIDEO: self._watch,
            EvidenceKind.PDF: self._page,
            EvidenceKind.IMAGE: self._zoom,
            EvidenceKind.TEXT: self._read,
        }
        if kind in around and kind not in self._toured:
            self._toured.add(kind)
            yield from around[kind]()
        if kind in _PAINTED:
            yield self._painted(_PAINTED[kind])

    def _watch(self) -> Steps:
        """Play, seek on the timeline, go on five seconds, step a frame."""
        drive = self._driver
        drive.begin_step("Play and seek the video")
        at_first = drive.text("positionLabel")
        drive.click("playButton")
        yield until("the video to move on", lambda: drive.text("positionLabel") != at_first)
        yield from drive.picture("video-plays")
        timeline = drive.widget("timeline")
        before = drive.text("positionLabel")
        drive.click("timeline", QPoint(timeline.width() // 2, 12))
        yield until("the place that was sought", lambda: drive.text("positionLabel") != before)
        drive.press(Qt.Key.Key_F8)
        yield until("the video to stop", lambda: drive.is_on("stepForwardButton"))
        drive.press(Qt.Key.Key_F9)
        drive.click("stepForwardButton")
        yield self._painted("videoStage")

    def _page(self) -> Steps:
        """Go to the next page, zoom in and back, draw a box."""
        drive = self._driver
        drive.begin_step("Page the PDF")
        if drive.is_on("nextPageButton"):
            before = drive.text("pageField")
            drive.click("nextPageButton")
            yield until("the next page", lambda: drive.text("pageField") != before)
        yield from self._enlarge("pdf", "pdfPages", ("zoomInButton", "zoomLabel", "fitWidthButton"))
        if not drive.is_checked("pdfBoxButton"):
            drive.click("pdfBoxButton")
        drive.drag("pdfPages", (0.09, 0.14), (0.91, 0.61))

    def _zoom(self) -> Steps:
        """Zoom in, fit again, draw a box."""
        drive = self._driver
        drive.begin_step("Zoom the image")
        yield from self._enlarge("image", "imageStage", ("imageZoomInButton", "imageZoomLabel", "fitImageButton"))
        drive.drag("imageStage", (0.35, 0.09), (0.65, 0.42))

    def _read(self) -> Steps:
        """Select what will be cited."""
        self._driver.begin_step("Read the reflection")
        yield until("words", lambda: bool(self._driver.text("textWords")))
        self._driver.drag("textBody", (0.25, 0.17), (0.7, 0.21))

    def _enlarge(self, what: str, stage: str, tools: tuple[str, str, str]) -> Steps:
        """Zoom in and fit again; `tools` are the zoom-in button, the zoom's label and the fit button."""
        drive = self._driver
        zoom_in, label, fit = tools
        before = drive.text(label)
        drive.click(zoom_in)
        yield until(f"a larger {what}", lambda: drive.text(label) != before)
        yield self._painted(stage)
        yield from drive.picture(f"{what}-zoomed")
        drive.click(fit)
        yield until(f"the {what} to fit", lambda: drive.is_checked(fit))
        yield self._painted(stage)

    def _painted(self, name: str) -> Wait:
        return Wait(what="the picture", until=lambda: self._driver.is_painted(name), limit_s=5.0, is_soft=True)

    def choose_look(self, name: str, *, is_dark: bool) -> Steps:
        """Choose an entry of the menu under the header's Aa."""
        self._driver.click("lookButton")
        yield until("the menu", lambda: QApplication.activePopupWidget() is not None)
        self._driver.choose(name)
        yield until("the menu to close", lambda: QApplication.activePopupWidget() is None)
        yield until("the look", lambda: _is_dark() is is_dark)


def _is_dark() -> bool:
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    return app.palette().window().color().lightness() < 128
