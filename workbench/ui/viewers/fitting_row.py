"""A row of controls that gives up the least needed ones where room is short; their keys still work."""

from PySide6.QtCore import QEvent, QSize
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from workbench.ui.buttons import Button
from workbench.ui.theme import scaled

NARROWEST_PX = 300


class FittingRow(QWidget):
    """`gives_way` above 0 lets a control be hidden; the highest goes first, equal ones together."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(scaled(4))
        self._gives_way: dict[QWidget, int] = {}
        self._unwanted: set[QWidget] = set()

    def add(self, *widgets: QWidget, gives_way: int = 0, stretch: int = 0) -> None:
        """Append controls; with a stretch they get the room that the others leave."""
        for widget in widgets:
            self._row.addWidget(widget, stretch)
            self._gives_way[widget] = gives_way

    def add_stretch(self) -> None:
        """What follows stands at the right."""
        self._row.addStretch(1)

    def set_wanted(self, wanted: bool, *widgets: QWidget) -> None:
        """Controls that have no use now are hidden however much room there is."""
        for widget in widgets:
            (self._unwanted.discard if wanted else self._unwanted.add)(widget)
        self._fit()

    def minimumSizeHint(self) -> QSize:
        """Narrow: controls give way."""
        return QSize(scaled(NARROWEST_PX), super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Show what fits."""
        super().resizeEvent(event)
        self._fit()

    def event(self, event: QEvent) -> bool:
        """A label or a font has changed its size."""
        if event.type() == QEvent.Type.LayoutRequest:
            self._fit()
        return super().event(event)

    def _fit(self) -> None:
        wanted = [widget for widget in self._gives_way if widget not in self._unwanted]
        for rank in sorted({self._gives_way[widget] for widget in wanted} - {0}, reverse=True):
            if self._need(wanted) <= self.width():
                break
            wanted = [widget for widget in wanted if self._gives_way[widget] < rank]
        for widget in self._gives_way:
            if widget.isHidden() == (widget in wanted):
                widget.setVisible(widget in wanted)
        self._grant_keys([widget for widget in wanted if isinstance(widget, Button) and widget.key_room])

    def _grant_keys(self, buttons: list[Button]) -> None:
        """The key badge of the last button, citing, where there is room; those of all others, or of none."""
        room = self.width() - self._need([widget for widget in self._gives_way if not widget.isHidden()])
        needs = [button.key_room for button in buttons]
        for button in buttons:
            button.set_shows_key(sum(needs) <= room or (button is buttons[-1] and needs[-1] <= room))

    def _need(self, widgets: list[QWidget]) -> int:
        return sum(max(each.minimumSizeHint().width(), each.minimumWidth()) + self._row.spacing() for each in widgets)
