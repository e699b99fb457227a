"""The head of the window: its name, the views that this role has, the sync chip and how things look."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtGui import QActionGroup
from PySide6.QtWidgets import QFrame, QHBoxLayout, QMenu, QWidget

from workbench.settings import Settings
from workbench.ui.buttons import Button, Kind
from workbench.ui.sync_chip import SyncChip
from workbench.ui.texts import label
from workbench.ui.theme import Mode, TextRole, scaled

HEADER_PX = 42
CITE_SECONDS = (5, 10, 15, 20, 30)


class HeaderBar(QFrame):
    """Views that the role or the build lacks are not shown at all; with one view there is nothing to switch."""

    settings_changed = Signal(object)
    keys_asked = Signal()
    find_asked = Signal()

    def __init__(self, settings: Settings, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._settings = settings
        self.setProperty("edge", "bottom")
        self.setFixedHeight(scaled(HEADER_PX))
        line = QHBoxLayout(self)
        line.setContentsMargins(scaled(12), 0, scaled(10), 0)
        line.setSpacing(scaled(10))
        line.addWidget(label(self.tr("Assessor Workbench"), TextRole.TEXT, bold=True))
        self._view_name = label(self.tr("Score"), TextRole.TEXT, tint="muted", name="viewSwitch")
        line.addWidget(self._view_name)
        line.addStretch(1)
        self.chip = SyncChip(self)
        line.addWidget(self.chip)
        self._find = Button(self.tr("Find a submission"), "findButton", key="Ctrl K", kind=Kind.FIELD)
        self._find.clicked.connect(self.find_asked)
        line.addWidget(self._find)
        self._look = Button(self.tr("Aa"), "lookButton")
        self._look.setAccessibleName(self.tr("How the window looks"))
        self._look.setToolTip(self._look.accessibleName())
        self._look.clicked.connect(self._on_look_asked)
        line.addWidget(self._look)
        self._keys = Button(self.tr("?"), "keysButton")
        self._keys.setAccessibleName(self.tr("Keys"))
        self._keys.setToolTip(self.tr("Keys (?)"))
        self._keys.clicked.connect(self.keys_asked)
        line.addWidget(self._keys)
        self.set_at_work(False)

    def set_at_work(self, is_at_work: bool) -> None:
        """Whether an account is open: before that there is nothing to sync and no view."""
        self.chip.setVisible(is_at_work)
        self._view_name.setVisible(is_at_work)
        self._keys.setVisible(is_at_work)
        self._find.setVisible(is_at_work)

    def _on_look_asked(self) -> None:
        menu = QMenu(self)
        names = {
            Mode.SYSTEM: self.tr("As the system"), Mode.LIGHT: self.tr("Light"), Mode.DARK: self.tr("Dark"),
            Mode.HIGH_CONTRAST: self.tr("High contrast"),
        }  # fmt: skip
        self._group(menu, "theme", [(mode.value, name) for mode, name in names.items()], self._settings.theme)
        menu.addSeparator()
        sizes = [
            (percent, self.tr("Text {percent} %").format(percent=percent)) for percent in (100, 125, 150, 175, 200)
        ]
        self._group(menu, "text_percent", sizes, self._settings.text_percent)
        menu.addSeparator()
        lengths = menu.addMenu(self.tr("C cites, with nothing marked"))
        lengths.setObjectName("citeSecondsMenu")
        self._group(lengths, "cite_seconds", self._lengths(), self._settings.cite_seconds)
        letters = menu.addAction(self.tr("Single-letter keys"))
        letters.setCheckable(True)
        letters.setChecked(self._settings.single_letter_keys)
        letters.toggled.connect(lambda on: self._change(single_letter_keys=on))
        menu.popup(self._look.mapToGlobal(self._look.rect().bottomLeft()))

    def _lengths(self) -> list[tuple[object, str]]:
        spans = [(each, self.tr("The last {seconds} seconds").format(seconds=each)) for each in CITE_SECONDS]
        return [(0, self.tr("This moment only")), *spans]

    def _group(self, menu: QMenu, field: str, choices: Sequence[tuple[object, str]], chosen: object) -> None:
        group = QActionGroup(menu)
        for value, name in choices:
            action = menu.addAction(name)
            action.setCheckable(True)
            action.setChecked(value == chosen)
            group.addAction(action)
            action.triggered.connect(lambda _on=False, value=value: self._change(**{field: value}))

    def _change(self, **changes: object) -> None:
        self._settings = self._settings.with_(**changes)
        self.settings_changed.emit(self._settings)
