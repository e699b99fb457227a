"""Which viewer shows which kind of evidence; each is made when it is first needed. Shows nothing itself."""

from collections.abc import Callable

from workbench.model.submission import EvidenceKind
from workbench.tasks import Tasks
from workbench.ui.viewers.cite_range import DEFAULT_SECONDS
from workbench.ui.viewers.image import ImageViewer
from workbench.ui.viewers.pdf import PdfViewer
from workbench.ui.viewers.playback import PlayerFactory
from workbench.ui.viewers.text import TextViewer
from workbench.ui.viewers.video import VideoViewer
from workbench.ui.viewers.viewer import Viewer

Adopt = Callable[[Viewer], None]


class ViewerChoice:
    """`adopt` is called once with each new viewer."""

    def __init__(self, tasks: Tasks, player_factory: PlayerFactory, adopt: Adopt) -> None:
        self._tasks = tasks
        self._player_factory = player_factory
        self._adopt = adopt
        self._made: dict[type[Viewer], Viewer] = {}
        self._cite_seconds = DEFAULT_SECONDS

    def viewer_for(self, kind: EvidenceKind) -> Viewer | None:
        """The viewer for this kind; None for kinds that cannot be shown."""
        match kind:
            case EvidenceKind.VIDEO | EvidenceKind.AUDIO:
                return self.video
            case EvidenceKind.PDF:
                return self._once(PdfViewer, lambda: PdfViewer(self._tasks))
            case EvidenceKind.IMAGE:
                return self._once(ImageViewer, lambda: ImageViewer(self._tasks))
            case EvidenceKind.TEXT | EvidenceKind.CAPTIONS:
                return self._once(TextViewer, lambda: TextViewer(self._tasks))
            case _:
                return None

    @property
    def video(self) -> VideoViewer:
        """The viewer of recordings."""
        made = self._once(VideoViewer, lambda: VideoViewer(self._tasks, self._player_factory))
        assert isinstance(made, VideoViewer)
        made.set_cite_seconds(self._cite_seconds)
        return made

    @property
    def made_video(self) -> VideoViewer | None:
        """The viewer of recordings, if one was needed yet."""
        made = self._made.get(VideoViewer)
        return made if isinstance(made, VideoViewer) else None

    def set_cite_seconds(self, seconds: int) -> None:
        """How many seconds up to now a citation takes."""
        self._cite_seconds = seconds
        if self.made_video is not None:
            self.made_video.set_cite_seconds(seconds)

    def pause_for_typing(self) -> None:
        """Pause what plays, and remember to go on."""
        if self.made_video is not None:
            self.made_video.playback.typing.begin()

    def resume_after_typing(self) -> None:
        """Go on if typing had paused it."""
        if self.made_video is not None:
            self.made_video.playback.typing.end()

    def close(self) -> None:
        """Every viewer forgets what it shows, and the playback process ends."""
        self.clear()
        if self.made_video is not None:
            self.made_video.playback.end()

    def clear(self) -> None:
        """Every viewer forgets what it shows."""
        for viewer in self._made.values():
            viewer.clear()

    def _once(self, kind: type[Viewer], make: Callable[[], Viewer]) -> Viewer:
        if kind not in self._made:
            self._made[kind] = make()
            self._made[kind].clear()
            self._adopt(self._made[kind])
        return self._made[kind]
