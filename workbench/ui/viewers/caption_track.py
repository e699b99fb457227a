"""The captions of a recording: those handed in beside it, and those inside it. Draws nothing."""

from dataclasses import dataclass

from PySide6.QtCore import QLocale, QObject, Signal

from workbench.media.jobs import Cue, ReadCaptions, ReadTracks, TextTrack
from workbench.queries.views import EvidenceItem
from workbench.tasks import Tasks
from workbench.ui.viewers.captions import Captions
from workbench.ui.viewers.source import EvidenceSource


@dataclass(frozen=True, slots=True)
class NamedCaptions:
    """`title` tells them from the others of the same recording."""

    title: str
    captions: Captions


class CaptionTracks(QObject):
    """None until `arrived`. Captions that cannot be read stay away without a word; a person chooses among several."""

    arrived = Signal()

    def __init__(self, tasks: Tasks, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._tasks = tasks
        self._beside: EvidenceSource | None = None
        self._title = ""
        self._handed_in: tuple[NamedCaptions, ...] = ()
        self._inside: tuple[NamedCaptions, ...] = ()
        self._chosen = 0

    @property
    def tracks(self) -> tuple[NamedCaptions, ...]:
        """Those handed in first."""
        return self._handed_in + self._inside

    @property
    def chosen(self) -> int:
        """The number of the chosen track."""
        return self._chosen

    @property
    def captions(self) -> Captions:
        """The chosen ones; empty when there are none."""
        return self.tracks[self._chosen].captions if self.tracks else Captions()

    def choose(self, number: int) -> None:
        """Read these from now on."""
        if 0 <= number < len(self.tracks):
            self._chosen = number
            self.arrived.emit()

    def clear(self) -> None:
        """Forget them."""
        self._handed_in = self._inside = ()
        self._chosen = 0
        if self._beside is not None:
            self._beside.opened.disconnect(self._on_opened)
            self._beside.retire()
            self._beside = None

    def load(self, item: EvidenceItem | None) -> None:
        """Fetch what was handed in beside the recording and is on this laptop."""
        if item is not None and item.state == "ready":
            self._title = _title(item.evidence.label, item.evidence.language)
            self._beside = EvidenceSource(self._tasks, item.evidence.id)
            self._beside.opened.connect(self._on_opened)
            self._beside.open()

    def look_inside(self, recording: EvidenceSource) -> None:
        """Fetch what the recording carries."""
        recording.decode(ReadTracks(), self._on_tracks, failed=lambda _problem: None)

    def _on_opened(self) -> None:
        assert self._beside is not None
        self._beside.decode(ReadCaptions(), self._on_cues, failed=lambda _problem: None)

    def _on_cues(self, cues: tuple[Cue, ...]) -> None:
        # Whoever has chosen a track inside keeps it.
        self._chosen += 1 if self._chosen else 0
        self._handed_in = (NamedCaptions(self._title, Captions(cues)),) if cues else ()
        self.arrived.emit()

    def _on_tracks(self, tracks: tuple[TextTrack, ...]) -> None:
        inside = []
        for number, track in enumerate(tracks, 1):
            if track.cues:
                nameless = self.tr("Captions {number}").format(number=number)
                inside.append(NamedCaptions(_title(track.title, track.language) or nameless, Captions(track.cues)))
        self._inside = tuple(inside)
        if inside:
            self.arrived.emit()


def _title(title: str, language: str) -> str:
    known = QLocale.codeToLanguage(language) if language else QLocale.Language.AnyLanguage
    named = "" if known == QLocale.Language.AnyLanguage else QLocale.languageToString(known)
    return " · ".join(part for part in (title, named) if part)
