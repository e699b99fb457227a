"""Video and sound: stage, timeline card and transport around one playback. Decodes nothing in this process."""

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtGui import QImage, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from workbench.model.citation import Place, TimeRange
from workbench.model.place import WorkPlace
from workbench.model.submission import EvidenceKind
from workbench.queries.views import EvidenceItem
from workbench.tasks import Tasks
from workbench.ui.theme import scaled
from workbench.ui.viewers.caption_track import CaptionTrack
from workbench.ui.viewers.cite_range import CiteRange
from workbench.ui.viewers.marks import Mark
from workbench.ui.viewers.playback import Playback, PlayerFactory
from workbench.ui.viewers.timeline import FILM_PX, Timeline
from workbench.ui.viewers.transcript import Transcript
from workbench.ui.viewers.transport import Transport
from workbench.ui.viewers.video_keys import JUMP_MS, VideoKeys
from workbench.ui.viewers.video_stage import VideoStage
from workbench.ui.viewers.viewer import Viewer

PLACE_EVERY_MS = 5000
LOW_PX = 230


class VideoViewer(Viewer):
    """One recording at a time. Sound alone has a calm stage, and its transcript where captions exist."""

    def __init__(self, tasks: Tasks, player_factory: PlayerFactory, parent: QWidget | None = None) -> None:
        super().__init__(tasks, "videoViewer", parent)
        self.playback = Playback(player_factory, self)
        self._track = CaptionTrack(tasks, self)
        self._captions_on = True
        self._placed_ms = 0
        self.range = CiteRange()
        self.is_editable = True
        self._build()
        self._connect_playback()
        self._connect_buttons()
        self._keys = VideoKeys(self)
        self.setFocusProxy(self.stage)

    def _build(self) -> None:
        self.stage = VideoStage(self)
        self.transcript = Transcript(self)
        self.timeline = Timeline(self)
        self.transport = Transport(self)
        card = QFrame(self)
        card.setProperty("card", "true")
        inner = QVBoxLayout(card)
        inner.setContentsMargins(scaled(10), scaled(7), scaled(10), scaled(7))
        inner.setSpacing(scaled(6))
        inner.addWidget(self.timeline)
        inner.addWidget(self.transport)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(scaled(8))
        column.addWidget(self.stage, 3)
        column.addWidget(self.transcript, 2)
        column.addWidget(card)

    def _connect_playback(self) -> None:
        playback = self.playback
        playback.frame_arrived.connect(self._on_frame_arrived)
        playback.moved.connect(self._on_moved)
        playback.duration_changed.connect(self._on_duration_changed)
        playback.playing_changed.connect(self._on_playing_changed)
        playback.sought.connect(self._tell_place)
        playback.failed.connect(self.unreadable)
        playback.stopped.connect(self.stopped)
        self._track.arrived.connect(self._on_captions_arrived)
        self.stage.pressed.connect(playback.toggle)
        self.stage.view_size_changed.connect(playback.set_view_size)
        self.timeline.seek_asked.connect(playback.seek)
        self.transcript.seek_asked.connect(playback.seek)

    def _connect_buttons(self) -> None:
        transport, playback = self.transport, self.playback
        transport.play.clicked.connect(playback.toggle)
        transport.back.clicked.connect(lambda: playback.jump(-JUMP_MS))
        transport.forward.clicked.connect(lambda: playback.jump(JUMP_MS))
        transport.step_back.clicked.connect(lambda: playback.step(-1))
        transport.step_forward.clicked.connect(lambda: playback.step(1))
        transport.rate_asked.connect(self.set_rate)
        transport.captions.toggled.connect(self._on_captions_toggled)
        transport.mark_in.clicked.connect(self.mark_in)
        transport.mark_out.clicked.connect(self.mark_out)
        transport.cite.clicked.connect(self.cite_requested)

    def clear(self) -> None:
        """Stop, and forget everything of the recording."""
        super().clear()
        self.playback.clear()
        self._track.clear()
        self._placed_ms = 0
        self.range = self.range.unmarked()
        self.stage.clear()
        self.timeline.clear()
        self.transcript.set_captions(self._track.captions)
        self.transport.set_enabled(False)
        self.transport.captions.setEnabled(False)
        self.transport.captions.setChecked(False)
        self._show_position()

    def show_evidence(self, item: EvidenceItem, captions: EvidenceItem | None = None) -> None:
        """Open this recording, paused at its beginning."""
        super().show_evidence(item, captions)
        is_video = item.evidence.kind is not EvidenceKind.AUDIO
        self.timeline.set_has_film(is_video)
        self.transport.set_has_frames(is_video)
        self.stage.show_message(self.tr("Opening…"))
        self.timeline.set_duration(item.evidence.facts.duration_ms or 0)
        self._track.load(captions)

    def load(self) -> None:
        """Give the file to the player and ask for the filmstrip."""
        assert self.source is not None
        assert self.source.file is not None
        self.playback.open(self.source.file)
        if self.timeline.has_film:
            height = round(scaled(FILM_PX) * self.devicePixelRatioF())
            self.timeline.film.load(self.source, self.timeline.tiles, height)

    def leave(self) -> None:
        """Silence while something else is looked at."""
        self.playback.pause()

    def set_rate(self, rate: float) -> None:
        """Play at this speed."""
        self.transport.show_rate(rate)
        self.playback.set_rate(rate)

    def mark_in(self) -> None:
        """The next citation begins here."""
        if self.is_editable:
            self._set_range(self.range.with_in(self.playback.position_ms))

    def mark_out(self) -> None:
        """The next citation ends here."""
        if self.is_editable:
            self._set_range(self.range.with_out(self.playback.position_ms))

    def clear_range(self) -> None:
        """Cite the last seconds again."""
        self._set_range(self.range.unmarked())

    def place(self) -> WorkPlace:
        """The time."""
        evidence_id = self.item.evidence.id if self.item else None
        return WorkPlace(evidence_id=evidence_id, position_ms=self.playback.position_ms)

    def move_to(self, wanted: WorkPlace | Place) -> None:
        """Go to a remembered time or to where a citation begins."""
        if isinstance(wanted, WorkPlace):
            self.playback.seek(wanted.position_ms)
        elif isinstance(wanted, TimeRange):
            self.playback.seek(wanted.start_ms)

    def citation_place(self) -> Place | None:
        """The marked range, else the last seconds up to now."""
        if not self.is_ready:
            return None
        return self.range.place(self.playback.position_ms, self.playback.duration_ms)

    def set_cite_seconds(self, seconds: int) -> None:
        """How many seconds up to now a citation takes when nothing is marked."""
        self.range = replace(self.range, seconds=seconds)

    def set_citations(self, marks: Sequence[Mark]) -> None:
        """Draw bars; a range that has just been cited is done."""
        super().set_citations(marks)
        self.timeline.set_marks(self.marks)
        if self.range.is_marked and any(mark.citation.place == self.citation_place() for mark in self.marks):
            self.clear_range()

    def set_criterion(self, letter: str) -> None:
        """Name the criterion on the button."""
        self.transport.cite.set_criterion(letter)

    def set_editable(self, editable: bool) -> None:
        """Hide what only serves citing when nothing can be cited."""
        self.is_editable = editable
        self.transport.set_editable(editable)
        if not editable:
            self.clear_range()

    def handle_key(self, event: QKeyEvent) -> bool:
        """F7, F8, F9, I and O from anywhere."""
        return self._keys.use_anywhere(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The recording itself keeps the most room."""
        super().resizeEvent(event)
        self.timeline.set_low(self.height() < scaled(LOW_PX))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Space, arrows, frames, speed and rotation while the evidence has the focus."""
        if not self._keys.use_here(event):
            super().keyPressEvent(event)

    def _on_frame_arrived(self, frame: QImage) -> None:
        is_first = self.stage.frame.isNull()
        self.stage.show_frame(frame)
        if is_first:
            self.shown.emit()

    def _on_duration_changed(self, duration_ms: int) -> None:
        self.timeline.set_duration(duration_ms)
        self._show_position()
        if not self.is_ready:
            self.transport.set_enabled(True)
            if not self.timeline.has_film:
                self.stage.show_sound()
                self.shown.emit()
            self.mark_ready()

    def _on_moved(self) -> None:
        self._show_position()
        if abs(self.playback.position_ms - self._placed_ms) >= PLACE_EVERY_MS:
            self._tell_place()

    def _on_playing_changed(self, playing: bool) -> None:
        self.transport.play.set_playing(playing)
        self._tell_place()

    def _on_captions_arrived(self) -> None:
        has_any = bool(self._track.captions)
        self.transport.captions.setEnabled(has_any)
        self.transport.captions.setChecked(has_any and self._captions_on)
        if not self.timeline.has_film:
            self.transcript.set_captions(self._track.captions)
        self._show_position()

    def _on_captions_toggled(self, on: bool) -> None:
        if self._track.captions:
            self._captions_on = on
        self._show_position()

    def _show_position(self) -> None:
        position_ms = self.playback.position_ms
        self.transport.show_times(position_ms, self.timeline.maximum())
        self.timeline.set_position(position_ms)
        self.transcript.show_position(position_ms)
        shows_captions = self.transport.captions.isChecked()
        self.stage.show_caption(self._track.captions.at(position_ms) if shows_captions else "")

    def _set_range(self, marked: CiteRange) -> None:
        self.range = marked
        self.timeline.set_range(marked.in_ms, marked.out_ms)

    def _tell_place(self) -> None:
        self._placed_ms = self.playback.position_ms
        if self.is_ready:
            self.place_changed.emit()
