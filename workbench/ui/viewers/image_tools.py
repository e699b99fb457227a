"""The buttons below an image: pages, zoom, turning, tone. They act on nothing themselves."""

from PySide6.QtCore import QObject

from workbench.ui.viewers.fitting_row import FittingRow
from workbench.ui.viewers.image_stage import FIT, FIT_WIDTH
from workbench.ui.viewers.tools import ToolButton, muted, quiet


class ImageTools(QObject):
    """Puts itself into a row; what the row gives up first has the highest number, and keeps its key."""

    def __init__(self, row: FittingRow, parent: QObject) -> None:
        super().__init__(parent)
        self._row = row
        self.back = quiet("‹", "previousImagePageButton", self.tr("Previous page (Page up)"))
        self.page = muted("", "imagePageLabel")
        self.forward = quiet("›", "nextImagePageButton", self.tr("Next page (Page down)"))
        self.zoom_out = quiet("−", "imageZoomOutButton", self.tr("Zoom out (−)"))
        self.zoom_label = muted("100 %", "imageZoomLabel")
        self.zoom_in = quiet("+", "imageZoomInButton", self.tr("Zoom in (+)"))
        self.fit = ToolButton(self.tr("Fit"), "fitImageButton")
        self.width = ToolButton(self.tr("Width"), "fitImageWidthButton")
        self.width.setAccessibleName(self.tr("Fit the width"))
        self.full = ToolButton(self.tr("1:1"), "fullSizeButton")
        self.full.setAccessibleName(self.tr("Every pixel of the image"))
        self.turn = ToolButton(self.tr("Rotate"), "rotateButton", key="R")
        self.tone = ToolButton(self.tr("Tone"), "toneButton", key="T")
        self.tone.setToolTip(self.tr("Brightness and contrast (T)"))
        for button in (self.width, self.full):
            button.setToolTip(button.accessibleName())
        for button in (self.fit, self.width, self.tone):
            button.setCheckable(True)
        self._fill(row)

    def _fill(self, row: FittingRow) -> None:
        row.add(self.back, gives_way=3)
        row.add(self.page)
        row.add(self.forward, gives_way=3)
        row.add(self.zoom_out)
        row.add(self.zoom_label, gives_way=5)
        row.add(self.zoom_in, self.fit)
        row.add(self.width, gives_way=6)
        row.add(self.full, gives_way=4)
        row.add(self.turn, gives_way=2)
        row.add(self.tone, gives_way=1)

    def set_enabled(self, enabled: bool) -> None:
        """Whether there is an image."""
        for widget in (self.zoom_in, self.zoom_out, self.fit, self.width, self.full, self.turn, self.tone):
            widget.setEnabled(enabled)

    def show_page(self, page: int, count: int) -> None:
        """Page (from 0) of so many; nothing of it for a single image."""
        self.page.setText(self.tr("{page} of {count}").format(page=page + 1, count=count))
        self.back.setEnabled(page > 0)
        self.forward.setEnabled(page + 1 < count)
        self._row.set_wanted(count > 1, self.back, self.page, self.forward)

    def show_zoom(self, zoom: float, chosen: float) -> None:
        """The zoom in use, and how it was chosen."""
        self.zoom_label.setText(f"{round(zoom * 100)} %")
        self.fit.setChecked(chosen == FIT)
        self.width.setChecked(chosen == FIT_WIDTH)
