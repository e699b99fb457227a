"""The keys of the window: one table, from which the shortcuts and the list under `?` are made."""

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication, QObject, Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget


@dataclass(frozen=True, slots=True, kw_only=True)
class KeyEntry:
    """`act` names what `Keymap.bind` was given; `keys` are shown joined, one shortcut each."""

    act: str
    keys: tuple[str, ...]
    says: str
    is_letter: bool = True


def _tr(text: str) -> str:
    return QCoreApplication.translate("keys", text)


def entries() -> tuple[KeyEntry, ...]:
    """Every key that works anywhere outside text, in the order of the list."""
    return (
        KeyEntry(act="level", keys=tuple("123456789"), says=_tr("choose a level")),
        KeyEntry(act="clear", keys=("0",), says=_tr("clear the level")),
        KeyEntry(act="next_criterion", keys=("J",), says=_tr("next criterion")),
        KeyEntry(act="previous_criterion", keys=("K",), says=_tr("previous criterion")),
        KeyEntry(act="cite", keys=("C",), says=_tr("cite this place")),
        KeyEntry(act="absent", keys=("Shift+C",), says=_tr("cite that the criterion is not shown")),
        KeyEntry(act="mark_in", keys=("I",), says=_tr("start of the place to cite")),
        KeyEntry(act="mark_out", keys=("O",), says=_tr("end of the place to cite")),
        KeyEntry(act="next_citation", keys=("G",), says=_tr("go to the next citation")),
        KeyEntry(act="previous_citation", keys=("Shift+G",), says=_tr("go to the citation before")),
        KeyEntry(act="feedback", keys=("F",), says=_tr("feedback for the educator")),
        KeyEntry(act="next_submission", keys=("N",), says=_tr("next submission")),
        KeyEntry(act="previous_submission", keys=("P",), says=_tr("previous submission")),
        KeyEntry(act="finalize", keys=("Ctrl+Return", "Ctrl+Enter"), says=_tr("finalize"), is_letter=False),
        KeyEntry(act="undo", keys=("Ctrl+Z",), says=_tr("undo the last level or citation"), is_letter=False),
        KeyEntry(act="find", keys=("Ctrl+K",), says=_tr("find a submission"), is_letter=False),
        KeyEntry(act="swap", keys=("F6",), says=_tr("next pane"), is_letter=False),
        KeyEntry(act="back", keys=("F7",), says=_tr("back 5 s, in text too"), is_letter=False),
        KeyEntry(act="play", keys=("F8",), says=_tr("play or pause, in text too"), is_letter=False),
        KeyEntry(act="forward", keys=("F9",), says=_tr("forward 5 s, in text too"), is_letter=False),
        KeyEntry(act="keys", keys=("?",), says=_tr("this list")),
    )


def shown_keys(entry: KeyEntry) -> str:
    """The keys of an entry as a person reads them."""
    if len(entry.keys) > 2:
        return f"{entry.keys[0]}–{entry.keys[-1]}"
    return entry.keys[0].replace("Return", "Enter")


class Keymap(QObject):
    """Shortcuts of one window. Letters and digits reach a text field before they reach these."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self._letters: list[QShortcut] = []

    def bind(self, acts: dict[str, Callable[[], None]], level: Callable[[int], None]) -> None:
        """Make the shortcuts. Raises KeyError when an entry has no act."""
        for entry in entries():
            for key in entry.keys:
                act = acts[entry.act] if entry.act != "level" else _with_number(level, int(key))
                self._add(key, act, is_letter=entry.is_letter)

    def set_letters_on(self, is_on: bool) -> None:
        """Switch the single-letter keys on or off."""
        for shortcut in self._letters:
            shortcut.setEnabled(is_on)

    def _add(self, key: str, act: Callable[[], None], *, is_letter: bool) -> None:
        shortcut = QShortcut(QKeySequence(key), self._window)
        shortcut.setContext(Qt.ShortcutContext.WindowShortcut)
        shortcut.setAutoRepeat(key in ("F7", "F9", "J", "K"))
        shortcut.activated.connect(act)
        if is_letter:
            self._letters.append(shortcut)


def _with_number(level: Callable[[int], None], number: int) -> Callable[[], None]:
    return lambda: level(number)
