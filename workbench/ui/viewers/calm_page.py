"""A few lines and a button in the middle of an empty stage; they scroll where the stage is low. Says nothing itself."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from workbench.ui.theme import scaled


def fill(page: QWidget, inner: QWidget, width_px: int) -> QScrollArea:
    """Put `inner`, at most so wide at 100 %, a little above the middle of `page`; returns what scrolls it."""
    inner.setMaximumWidth(scaled(width_px))
    holder = QWidget()
    holder.setProperty("ground", "none")
    line = QHBoxLayout()
    line.addStretch(1)
    line.addWidget(inner, 6)
    line.addStretch(1)
    column = QVBoxLayout(holder)
    column.addStretch(1)
    column.addLayout(line)
    column.addStretch(2)
    area = QScrollArea()
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setWidgetResizable(True)
    area.setWidget(holder)
    outer = QVBoxLayout(page)
    outer.setContentsMargins(0, 0, 0, 0)
    outer.addWidget(area)
    return area
