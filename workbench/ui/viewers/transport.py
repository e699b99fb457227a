"""The row under the timeline: play, jumps, frames, speed, captions, transcript, marks, cite. Plays nothing itself."""

from PySide6.QtCore import QPoint, QSize, Signal
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QLabel, QMenu, QSizePolicy, QWidget

from workbench.ui import theme, words
from workbench.ui.texts import label
from workbench.ui.theme import TextRole, scaled
from workbench.ui.viewers.fitting_row import FittingRow
from workbench.ui.viewers.tools import CiteButton, PlayButton, ToolButton, muted, quiet

SPEEDS = (0.5, 0.75, 1.0, 1.25, 1.5, 1.75, 2.0, 2.5, 3.0)


class Transport(FittingRow):
    """Emits what the person asks for; shows what it is told."""

    rate_asked = Signal(float)
    captions_asked = Signal(int)
    """The number of the track that was chosen in the menu; -1 for none."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.rate = 1.0
        self._make_play_side()
        self._make_cite_side()
        self.add(self.play, self.position)
        self.add(self.duration, gives_way=4)
        self.add(self.back, self.forward, gives_way=3)
        self.add(self.step_back, gives_way=5)
        self.add(self.frame_label, gives_way=6)
        self.add(self.step_forward, gives_way=5)
        self.add(self.speed, gives_way=1)
        self.add(self.captions, gives_way=1)
        self.add(self.transcript, gives_way=4)
        self.add_stretch()
        self.add(self.mark_in, self.mark_out, gives_way=2)
        self.add(self.loop, gives_way=3)
        self.add(self.cite)

    def _make_play_side(self) -> None:
        self.play = PlayButton("playButton")
        self.position = _ClockLabel("positionLabel")
        self.duration = muted("/ 00:00", "durationLabel")
        self.back = quiet("⟲ 5", "backButton", self.tr("Back 5 seconds (F7)"))
        self.forward = quiet("5 ⟳", "forwardButton", self.tr("Forward 5 seconds (F9)"))
        self.step_back = quiet("◂", "stepBackButton", self.tr("One frame back (,)"))
        self.frame_label = label(self.tr("frame"), TextRole.TEXT)
        self.step_forward = quiet("▸", "stepForwardButton", self.tr("One frame forward (.)"))
        self.speed = quiet("1×", "speedButton", self.tr("Speed ([ slower, ] faster)"))
        self.captions = quiet("CC", "captionsButton", self.tr("Captions"))
        self.captions.setCheckable(True)
        self.captions.clicked.connect(self._on_captions_clicked)
        self.transcript = quiet(self.tr("Transcript"), "transcriptButton", self.tr("Transcript (T)"))
        self.transcript.setCheckable(True)
        self.speed.clicked.connect(self._on_speed_clicked)

    def _make_cite_side(self) -> None:
        self.mark_in = ToolButton(self.tr("In"), "inButton", key="I")
        self.mark_out = ToolButton(self.tr("Out"), "outButton", key="O")
        self.cite = CiteButton("citeButton")
        self._tracks: tuple[str, ...] = ()
        self._track = -1
        self.mark_in.setAccessibleName(self.tr("Citation begins here"))
        self.mark_out.setAccessibleName(self.tr("Citation ends here"))
        self.loop = ToolButton(self.tr("Loop"), "loopButton", key="L")
        self.loop.setCheckable(True)
        self.loop.setAccessibleName(self.tr("Play from in to out again and again"))
        self.loop.setToolTip(f"{self.loop.accessibleName()} (L)")
        for button in (self.mark_in, self.mark_out):
            button.setToolTip(f"{button.accessibleName()} ({button.text()[0]})")

    def show_times(self, position_ms: int, duration_ms: int) -> None:
        """Show the time now and in all."""
        self.position.setText(words.clock(position_ms))
        self.duration.setText(f"/ {words.clock(duration_ms)}")

    def show_rate(self, rate: float) -> None:
        """Show the speed."""
        self.rate = rate
        self.speed.setText(f"{rate:g}×")
        self.speed.updateGeometry()

    def faster(self, steps: int) -> None:
        """Ask for the speed that many steps away (negative: slower)."""
        nearest = min(range(len(SPEEDS)), key=lambda index: abs(SPEEDS[index] - self.rate))
        self.rate_asked.emit(SPEEDS[max(0, min(len(SPEEDS) - 1, nearest + steps))])

    def set_has_frames(self, has_frames: bool) -> None:
        """Sound alone has no frames to step through."""
        self.set_wanted(has_frames, self.step_back, self.frame_label, self.step_forward)

    def set_stills(self, stills: bool) -> None:
        """Pictures of a recording that cannot be played: nothing plays, and steps are seconds."""
        self.set_wanted(not stills, self.play, self.speed, self.loop)
        self.frame_label.setText(self.tr("second") if stills else self.tr("frame"))
        back, on = self.tr("One second back (,)"), self.tr("One second forward (.)")
        if not stills:
            back, on = self.tr("One frame back (,)"), self.tr("One frame forward (.)")
        for button, says in ((self.step_back, back), (self.step_forward, on)):
            button.setAccessibleName(says)
            button.setToolTip(says)

    def show_captions(self, titles: tuple[str, ...], chosen: int) -> None:
        """Which captions there are, and which of them are on screen; -1 for none."""
        self._tracks, self._track = titles, chosen
        self.captions.setEnabled(bool(titles))
        self.captions.setChecked(chosen >= 0)
        self.transcript.setEnabled(bool(titles))
        says = self.tr("Captions: choose") if len(titles) > 1 else self.tr("Captions")
        self.captions.setAccessibleName(says)
        self.captions.setToolTip(says)

    def set_editable(self, editable: bool) -> None:
        """Hide what only serves citing."""
        self.set_wanted(editable, self.mark_in, self.mark_out, self.cite)

    def set_enabled(self, enabled: bool) -> None:
        """Nothing can be pressed while nothing is loaded."""
        for widget in (
            self.play, self.back, self.forward, self.step_back, self.step_forward, self.speed,
            self.mark_in, self.mark_out, self.loop, self.cite,
        ):  # fmt: skip
            widget.setEnabled(enabled)

    def _on_captions_clicked(self) -> None:
        if len(self._tracks) < 2:
            self.captions_asked.emit(-1 if self._track >= 0 else 0)
            return
        self.captions.setChecked(self._track >= 0)
        menu = QMenu(self)
        menu.setObjectName("captionsMenu")
        for number, title in enumerate((self.tr("No captions"), *self._tracks), -1):
            action = menu.addAction(title.replace("&", "&&"))
            action.setCheckable(True)
            action.setChecked(number == self._track)
            action.triggered.connect(lambda _on=False, chosen=number: self.captions_asked.emit(chosen))
        self._pop_up(menu, self.captions)

    def _on_speed_clicked(self) -> None:
        menu = QMenu(self)
        menu.setObjectName("speedMenu")
        for rate in SPEEDS:
            action = menu.addAction(f"{rate:g}×")
            action.setCheckable(True)
            action.setChecked(rate == self.rate)
            action.triggered.connect(lambda _on=False, chosen=rate: self.rate_asked.emit(chosen))
        self._pop_up(menu, self.speed)

    def _pop_up(self, menu: QMenu, button: QWidget) -> None:
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(button.mapToGlobal(QPoint(0, -menu.sizeHint().height())))


class _ClockLabel(QLabel):
    """Keeps the width of its widest time, so that nothing beside it moves."""

    def __init__(self, name: str) -> None:
        super().__init__("00:00")
        self.setObjectName(name)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Preferred)
        theme.dress(self, TextRole.TEXT, bold=True)
        self.setContentsMargins(scaled(6), 0, 0, 0)

    def sizeHint(self) -> QSize:
        """Room for all digits at their widest."""
        metrics = QFontMetrics(self.font())
        wide = metrics.horizontalAdvance("".join("0" if letter.isdigit() else letter for letter in self.text()))
        return QSize(wide + scaled(10), super().sizeHint().height())
