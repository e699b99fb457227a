"""Opens a window and prints a word at each mark: `painted`, then `usable` when the queue shows its rows."""

import sys
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QApplication, QListView, QWidget


class _FirstPaint(QObject):
    """Prints `painted` once, after the first paint event of a window is through."""

    def __init__(self, window: QWidget, then: Callable[[], object]) -> None:
        super().__init__(window)
        self._then = then
        window.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Paint:
            watched.removeEventFilter(self)
            QTimer.singleShot(0, self._say)
        return False

    def _say(self) -> None:
        print("painted", flush=True)
        self._then()


def say_when_painted(window: QWidget, then: Callable[[], object]) -> None:
    """Print `painted` when the window has been painted for the first time, then go on."""
    _FirstPaint(window, then)


def main() -> int:
    """Open the real desktop on a profile; the passphrase comes from standard input."""
    from workbench.app import Desktop

    app = QApplication([])
    desktop = Desktop(Path(sys.argv[1]), passphrase=sys.stdin.readline().rstrip("\n"))
    say_when_painted(desktop.window, lambda: None)
    rows = desktop.window.findChild(QListView, "queueList")
    assert rows is not None
    model = rows.model()

    def usable() -> None:
        if model.rowCount() >= 10_000:
            rows.viewport().repaint()
            print("usable", flush=True)
            desktop.close()

    model.modelReset.connect(lambda: QTimer.singleShot(0, usable))
    desktop.start()
    return app.exec()


if __name__ == "__main__":
    sys.exit(main())
