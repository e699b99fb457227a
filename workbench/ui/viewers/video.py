"""Video and sound: stage, timeline card and transport around one playback. Decodes nothing in this process."""

from collections.abc import Sequence

from PySide6.QtGui import QImage, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from workbench.model.citation import Place, TimeRange
from workbench.model.place import WorkPlace
from workbench.model.submission import EvidenceKind
from workbench.queries.views import EvidenceItem
from workbench.tasks import Tasks
from workbench.ui.theme import scaled
from workbench.ui.viewers.caption_track import CaptionTracks
from workbench.ui.viewers.cite_range import CiteRange
from workbench.ui.viewers.film import Film
from workbench.ui.viewers.film_preview import FilmPreview
from workbench.ui.viewers.marking import Marking
from workbench.ui.viewers.marks import Mark
from workbench.ui.viewers.playback import Playback, PlayerFactory
from workbench.ui.viewers.sound_shape import SoundShape
from workbench.ui.viewers.stills_mode import StillsMode
from workbench.ui.viewers.stills_note import StillsNote
from workbench.ui.viewers.timeline import Timeline
from workbench.ui.viewers.transport import Transport
from workbench.ui.viewers.video_keys import VideoKeys
from workbench.ui.viewers.video_reading import VideoReading
from workbench.ui.viewers.video_wiring import connect_parts
from workbench.ui.viewers.viewer import Viewer

PLACE_EVERY_MS = 5000
LOW_PX = 300
_IN_VIEW, _BEHIND_THE_VIEW = 2, -1


class VideoViewer(Viewer):
    """One recording at a time. What cannot be played is shown as still pictures, if those can be decoded."""

    def __init__(self, tasks: Tasks, player_factory: PlayerFactory, parent: QWidget | None = None) -> None:
        super().__init__(tasks, "videoViewer", parent)
        self.playback = Playback(player_factory, self)
        self.marking = Marking(self.playback, self)
        self.tracks = CaptionTracks(tasks, self)
        self.film = Film(tasks, self)
        self.sound = SoundShape(tasks, self)
        self._captions_on = True
        self._placed_ms = 0
        self._build()
        self.stills = StillsMode(self)
        connect_parts(self)
        self._keys = VideoKeys(self)
        self.setFocusProxy(self.stage)

    def _build(self) -> None:
        self.note = StillsNote(self)
        self.reading = VideoReading(self)
        self.stage, self.transcript = self.reading.stage, self.reading.transcript
        self.timeline = Timeline(self)
        self.timeline.show_from(self.film, self.sound)
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
        column.addWidget(self.note)
        column.addWidget(self.reading, 1)
        column.addWidget(card)
        self.preview = FilmPreview(self, self.timeline, self.film)

    @property
    def range(self) -> CiteRange:
        """What is marked for the next citation."""
        return self.marking.range

    def clear(self) -> None:
        """Stop, and forget everything of the recording."""
        super().clear()
        for part in (self.playback, self.tracks, self.film, self.sound, self.stage, self.marking, self.timeline):
            part.clear()
        self._placed_ms = 0
        self.stills.leave()
        self.reading.set_sound_alone(False)
        self.transport.set_enabled(False)
        self.show_captions()

    def show_evidence(self, item: EvidenceItem, captions: EvidenceItem | None = None) -> None:
        """Open this recording, paused at its beginning."""
        super().show_evidence(item, captions)
        is_video = item.evidence.kind is not EvidenceKind.AUDIO
        self.timeline.set_content(has_film=is_video, has_sound=item.evidence.facts.has_audio is not False)
        self.transport.set_has_frames(is_video)
        self.reading.set_sound_alone(not is_video)
        self.stage.show_message(self.tr("Opening…"))
        self.timeline.set_duration(item.evidence.facts.duration_ms or 0)
        self.tracks.load(captions)

    def load(self) -> None:
        """Give the file to the player, and ask for film, sound and the captions inside."""
        assert self.item is not None
        assert self.source is not None
        assert self.source.file is not None
        self.playback.open(self.source.file)
        self.tracks.look_inside(self.source)
        self._fill_timeline(self.item.evidence.facts.duration_ms or 0)

    def open_anew(self) -> None:
        """Give the file to the player once more, at the place that is looked at."""
        if self.source is not None and self.source.file is not None:
            place_ms = self.playback.position_ms
            self._is_ready = False
            self.playback.clear()
            self.restore(place_ms, 0, 0.0)
            self.playback.open(self.source.file)

    def leave(self) -> None:
        """Silence while something else is looked at."""
        self.playback.pause()

    def set_rate(self, rate: float) -> None:
        """Play at this speed."""
        self.transport.show_rate(rate)
        self.playback.set_rate(rate)

    def toggle_transcript(self) -> None:
        """Open or close what is said, where something is said."""
        if self.tracks.captions:
            self.reading.show_transcript(self.transcript.isHidden())

    def search_transcript(self) -> None:
        """Look for words in what is said."""
        if self.tracks.captions:
            self.reading.show_transcript(True)
            self.transcript.begin_search()

    def place(self) -> WorkPlace:
        """The time."""
        evidence_id = self.item.evidence.id if self.item else None
        return WorkPlace(evidence_id=evidence_id, position_ms=self.playback.position_ms)

    @property
    def length_ms(self) -> int:
        """As the player knows it."""
        return self.playback.duration_ms

    @property
    def leaps(self) -> int:
        """Rises with every jump, and while a hand drags along the timeline."""
        return self.playback.leaps

    def move_to(self, wanted: WorkPlace | Place) -> None:
        """Go to a remembered time or to where a citation begins."""
        if isinstance(wanted, WorkPlace):
            self.playback.seek(wanted.position_ms)
        elif isinstance(wanted, TimeRange):
            self.playback.seek(wanted.start_ms)

    def citation_place(self) -> Place | None:
        """The marked range, else the last seconds up to now."""
        return self.marking.place() if self.is_ready else None

    def set_cite_seconds(self, seconds: int) -> None:
        """How many seconds up to now a citation takes when nothing is marked."""
        self.marking.set_seconds(seconds)

    def set_citations(self, marks: Sequence[Mark]) -> None:
        """Draw bars; a range that has just been cited is done."""
        super().set_citations(marks)
        self.timeline.set_marks(self.marks)
        if self.range.is_marked and any(mark.citation.place == self.citation_place() for mark in self.marks):
            self.marking.clear()

    def set_criterion(self, letter: str) -> None:
        """Name the criterion on the button."""
        self.transport.cite.set_criterion(letter)

    def set_editable(self, editable: bool) -> None:
        """Hide what only serves citing when nothing can be cited."""
        self.transport.set_editable(editable)
        self.marking.set_editable(editable)

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

    def take_frame(self, frame: QImage) -> None:
        """Paint what the player shows."""
        is_first = self.stage.frame.isNull()
        self.stage.show_frame(frame)
        if is_first:
            self.shown.emit()

    def take_duration(self, duration_ms: int) -> None:
        """The recording can be moved in."""
        self.timeline.set_duration(duration_ms)
        self._fill_timeline(duration_ms)
        self.show_position()
        if not self.is_ready:
            self.transport.set_enabled(True)
            if not self.timeline.has_film:
                self.stage.show_sound(self.sound)
                self.shown.emit()
            self.mark_ready()

    def take_position(self) -> None:
        """It has moved on."""
        self.show_position()
        if abs(self.playback.position_ms - self._placed_ms) >= PLACE_EVERY_MS:
            self.tell_place()

    def take_captions(self) -> None:
        """Captions have arrived, or others were chosen."""
        self.reading.set_captions(self.tracks.captions)
        self.show_captions()

    def choose_captions(self, number: int) -> None:
        """Show these captions over the picture; -1 for none."""
        self._captions_on = number >= 0
        if number >= 0:
            self.tracks.choose(number)
        self.show_captions()

    def scrub(self, at_ms: int) -> None:
        """The hand moves on the timeline: the nearest small picture at once, then what the player finds."""
        if self.timeline.has_film:
            self.stage.show_preview(self.film.nearest(at_ms))
        self.playback.scrub(at_ms)

    def show_captions(self) -> None:
        """What the button offers, and what is said now."""
        tracks = self.tracks.tracks
        if not tracks:
            self.reading.set_captions(self.tracks.captions)
        chosen = self.tracks.chosen if tracks and self._captions_on else -1
        self.transport.show_captions(tuple(track.title for track in tracks), chosen)
        self.show_position()

    def show_position(self) -> None:
        """Where it is, everywhere."""
        position_ms, all_ms = self.playback.position_ms, self.timeline.maximum()
        self.transport.show_times(position_ms, all_ms)
        self.timeline.set_position(position_ms)
        self.stage.set_played(position_ms / all_ms if all_ms > 0 else 0.0)
        self.transcript.show_position(position_ms)
        self.stage.show_caption(self.tracks.captions.at(position_ms) if self.transport.captions.isChecked() else "")

    def show_marking(self) -> None:
        """The marks or the loop have changed."""
        marked = self.range
        self.timeline.set_range(marked.in_ms, marked.out_ms, is_looping=self.marking.is_looping)
        self.transport.loop.setChecked(self.marking.is_looping)

    def tell_place(self) -> None:
        """Somebody keeps the place."""
        self._placed_ms = self.playback.position_ms
        if self.is_ready:
            self.place_changed.emit()

    def _fill_timeline(self, duration_ms: int) -> None:
        if self.source is None or not self.source.is_open:
            return
        if self.timeline.has_film:
            self.film.load(self.source, duration_ms)
        if self.timeline.has_sound:
            self.sound.load(self.source, duration_ms, _BEHIND_THE_VIEW if self.timeline.has_film else _IN_VIEW)
