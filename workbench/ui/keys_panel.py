"""The list of keys under `?`, over the window and gone with the next key."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QScrollArea, QVBoxLayout, QWidget

from workbench.ui.keymap import entries, shown_keys
from workbench.ui.texts import label
from workbench.ui.theme import TextRole, scaled

WIDTH_PX = 760


class KeysPanel(QFrame):
    """Escape, `?` or a click closes it."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("keysPanel")
        self.setProperty("popover", "true")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(self.tr("Keys"))
        column = QVBoxLayout(self)
        column.setContentsMargins(scaled(20), scaled(16), scaled(20), scaled(16))
        column.addWidget(label(self.tr("Keys"), TextRole.HEADING, bold=True))
        column.addWidget(self._build_list(), 1)
        self.hide()

    def _build_list(self) -> QScrollArea:
        self._list = QWidget()
        self._list.setProperty("ground", "surface")
        grid = QGridLayout(self._list)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setColumnStretch(1, 2)
        grid.setColumnStretch(3, 3)
        grid.setHorizontalSpacing(scaled(14))
        grid.setVerticalSpacing(scaled(4))
        rows = [(shown_keys(entry), entry.says) for entry in entries()]
        rows += [
            (self.tr("Alt+1–9"), self.tr("show that evidence")),
            (self.tr("Ctrl+PgUp/PgDn"), self.tr("previous or next evidence")),
            (self.tr("Ctrl+\\"), self.tr("two panes side by side, or one")),
            (self.tr("Ctrl+Alt+← →"), self.tr("move the edge between two panes")),
            (self.tr("Ctrl+F"), self.tr("find words (in a PDF, a text, or what is said)")),
            (self.tr("Space"), self.tr("play or pause (on the evidence)")),
            (self.tr("← →"), self.tr("5 s back or forward (on the evidence)")),
            (self.tr(", ."), self.tr("one frame back or forward (on the evidence)")),
            (self.tr("[ ]"), self.tr("slower or faster (on a recording)")),
            (self.tr("+ −"), self.tr("larger or smaller (on a page or image)")),
            (self.tr("Ctrl+2  Ctrl+0"), self.tr("fit the width, fit the page (on a PDF)")),
            (self.tr("F4"), self.tr("pages, contents and search (on a PDF)")),
            (self.tr("R"), self.tr("rotate the picture (on the evidence)")),
            (self.tr("L"), self.tr("play from in to out again and again (on a recording)")),
            (self.tr("T"), self.tr("what is said (on a recording), brightness and contrast (on an image)")),
            (self.tr("X"), self.tr("begin a box; then arrows, Shift+arrows, Enter (on a page or image)")),
            (self.tr("+ − O"), self.tr("supports, contradicts, does not show it (on a citation)")),
            (self.tr("Alt+← →"), self.tr("move its start by 1 s; with Shift its end (on a citation, or in and out)")),
            (self.tr("F2  Del"), self.tr("note, remove (on a citation)")),
            (self.tr("Enter"), self.tr("keep the note and go on watching; Shift+Enter is a new line")),
        ]
        half = (len(rows) + 1) // 2
        for place, (keys, says) in enumerate(rows):
            line, side = place % half, place // half * 2
            grid.addWidget(label(keys, bold=True), line, side, Qt.AlignmentFlag.AlignTop)
            grid.addWidget(label(says, wrap=True), line, side + 1, Qt.AlignmentFlag.AlignTop)
        self._scroll = QScrollArea(self)
        self._scroll.setWidgetResizable(True)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.setWidget(self._list)
        return self._scroll

    def _fit(self) -> None:
        """As wide as reads well and as high as it needs, within the window."""
        window, margin = self.window().size(), scaled(12)
        width = min(scaled(WIDTH_PX), window.width() - 2 * margin)
        frame = self.contentsMargins().left() + self.contentsMargins().right() + 2 * scaled(20) + scaled(12)
        grid = self._list.layout()
        assert grid is not None
        listed = grid.totalHeightForWidth(width - frame)
        head = self.sizeHint().height() - self._scroll.sizeHint().height()
        self.resize(width, min(head + listed + scaled(4), window.height() - 2 * margin))

    def toggle(self) -> None:
        """Show it in the middle of the window, or hide it."""
        if self.isVisible():
            self.hide()
            return
        self._fit()
        self.move(self.window().rect().center() - self.rect().center())
        self.show()
        self.raise_()
        self.setFocus(Qt.FocusReason.PopupFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape closes; arrows and page keys scroll what does not fit."""
        bar = self._scroll.verticalScrollBar()
        steps = {
            Qt.Key.Key_Down: bar.singleStep(), Qt.Key.Key_Up: -bar.singleStep(),
            Qt.Key.Key_PageDown: bar.pageStep(), Qt.Key.Key_PageUp: -bar.pageStep(),
        }  # fmt: skip
        if event.key() == Qt.Key.Key_Escape:
            self.hide()
        elif event.key() in steps:
            bar.setValue(bar.value() + steps[Qt.Key(event.key())])
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, _event: object) -> None:
        """A click closes."""
        self.hide()
