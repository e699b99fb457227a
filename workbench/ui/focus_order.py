"""The order in which Tab visits what stands on a pane: as it is read. Keeps nothing."""

from collections.abc import Iterable, Iterator
from itertools import pairwise

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLayout, QScrollArea, QSplitter, QWidget

_FREE = "standsFree"


def chain(panes: Iterable[QWidget]) -> None:
    """Let Tab go through these panes one after the other, each in reading order."""
    stops = [stop for pane in panes for stop in reading_order(pane)]
    for before, after in pairwise(stops):
        QWidget.setTabOrder(before, after)


def reading_order(pane: QWidget) -> Iterator[QWidget]:
    """Everything in it that Tab can reach, shown or not, as its layouts have it."""
    if pane.focusPolicy() & Qt.FocusPolicy.TabFocus and pane.focusProxy() is None:
        yield pane
    inner = pane.widget() if isinstance(pane, QScrollArea) else None
    if inner is not None:
        yield from reading_order(inner)
    if isinstance(pane, QSplitter):
        for part in (pane.widget(index) for index in range(pane.count())):
            yield from reading_order(part) if part is not None else ()
    layout = pane.layout()
    if layout is not None:
        yield from _in_layout(layout)
    for child in pane.children():
        if isinstance(child, QWidget) and child.property(_FREE):
            yield from reading_order(child)


def stand_free(*widgets: QWidget) -> None:
    """These stand on their parent without a layout; they are read after what a layout holds, in this order."""
    for widget in widgets:
        widget.setProperty(_FREE, True)


def _in_layout(layout: QLayout) -> Iterator[QWidget]:
    for index in range(layout.count()):
        item = layout.itemAt(index)
        widget, inner = (item.widget(), item.layout()) if item is not None else (None, None)
        if widget is not None:
            yield from reading_order(widget)
        elif inner is not None:
            yield from _in_layout(inner)
