"""Records what is really looked at, so that a criterion can be cited as absent by it. Judges nothing, shows nothing.

What counts: time that passed on screen, played or stepped, at three times its speed at most; a page that stood in
view for a second; the end of a text, or a picture, for a second. A jump over a stretch does not count, nor does a hand
that drags along it. Each evidence is known by its bytes too: others that take their place were not looked at yet.
"""

import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace

from PySide6.QtCore import QObject, QTimer, Signal

from workbench.citations.fitting import looked_unit
from workbench.citations.looking import looked_through
from workbench.model.citation import LookedThrough
from workbench.model.ids import EvidenceHash, EvidenceId
from workbench.model.looked import Looked
from workbench.model.submission import Evidence
from workbench.ui.scoring import Scoring
from workbench.ui.viewers.viewer import Viewer

SAMPLE_EVERY_MS = 250
SAVE_AFTER_MS = 3_000
IN_VIEW_S = 1.0
_MOST_RATE = 3.2
_SLACK_MS = 120
_LONGEST_S = 1.0
_WAKING_MS = 800
"""After a longer gap between two looks only so much counts: the player is heard of a moment after it began."""
_STILL_LOOKS = 8
_Bytes = tuple[EvidenceId, EvidenceHash]


@dataclass(slots=True)
class _Seen:
    """One viewer at the last look."""

    evidence: Evidence
    at_s: float
    position_ms: int
    leaps: int
    since_s: dict[int, float] = field(default_factory=dict)


class Looking(QObject):
    """Wakes with `wake`, sleeps when nothing moves. `viewers` are all there are, on screen or not."""

    grown = Signal()
    """More was looked at than before."""

    def __init__(
        self, viewers: Callable[[], Iterable[Viewer]], parent: QObject, *, clock: Callable[[], float] = time.monotonic
    ) -> None:
        super().__init__(parent)
        self._viewers = viewers
        self._clock = clock
        self._scoring: Scoring | None = None
        self._looked: dict[_Bytes, Looked] = {}
        self._lengths_ms: dict[_Bytes, int] = {}
        self._unsaved: dict[_Bytes, tuple[Evidence, Looked]] = {}
        self._seen: dict[Viewer, _Seen] = {}
        self._still_looks = 0
        self._sample_timer = QTimer(self, interval=SAMPLE_EVERY_MS)
        self._sample_timer.timeout.connect(self.sample)
        self._save_timer = QTimer(self, singleShot=True, interval=SAVE_AFTER_MS)
        self._save_timer.timeout.connect(self.flush)

    def begin(self, scoring: Scoring | None) -> None:
        """Another submission, or none; what was looked at of the last one is saved first."""
        self.flush()
        self._sample_timer.stop()
        self._seen.clear()
        self._scoring, self._looked, self._lengths_ms = scoring, {}, {}
        if scoring is not None:
            scoring.ask_looked(lambda stored: self._on_stored(scoring, stored), owner=self)
            self.wake()

    def looked(self, evidence: Evidence) -> Looked:
        """What was looked at of this evidence, saved or not."""
        return self._looked.get(_bytes_of(evidence), Looked())

    def looked_through(self, evidence: Evidence) -> LookedThrough | None:
        """The same as a place to cite; where nobody stored how long it is, as long as its viewer found it."""
        facts = evidence.facts
        if facts.duration_ms is None and (length_ms := self._lengths_ms.get(_bytes_of(evidence))):
            evidence = replace(evidence, facts=replace(facts, duration_ms=length_ms))
        return looked_through(self.looked(evidence), evidence)

    def wake(self) -> None:
        """Something has moved: look until nothing moves."""
        if self._scoring is None:
            return
        self._still_looks = 0
        if not self._sample_timer.isActive():
            self._sample_timer.start()
            self.sample()

    def sample(self) -> None:
        """Compare what is on screen with the last look."""
        has_moved = False
        for viewer in self._viewers():
            has_moved = self._look(viewer) or has_moved
        self._still_looks = 0 if has_moved else self._still_looks + 1
        if self._still_looks >= _STILL_LOOKS:
            self._sample_timer.stop()

    def flush(self) -> None:
        """Save what was looked at."""
        self._save_timer.stop()
        unsaved, self._unsaved = self._unsaved, {}
        if self._scoring is not None:
            for evidence, looked in unsaved.values():
                self._scoring.note_looked(evidence, looked)

    def _look(self, viewer: Viewer) -> bool:
        """Whether anything may still change without a word from the viewer."""
        before = self._seen.pop(viewer, None)
        if viewer.item is None:
            return False
        if not viewer.is_ready:
            return viewer.isVisible()
        evidence, unit = viewer.item.evidence, looked_unit(viewer.item.evidence)
        now = _Seen(evidence, self._clock(), viewer.place().position_ms, viewer.leaps)
        if before is not None and before.evidence != evidence:
            before = None
        self._seen[viewer] = now
        if unit == "ms":
            self._lengths_ms[_bytes_of(evidence)] = viewer.length_ms
            return self._watch(before, now)
        is_seen = viewer.isVisible() and not viewer.window().isMinimized()
        pages = viewer.pages_in_view() if is_seen else ()
        return self._read(before, now, pages if unit == "pages" else pages[:1])

    def _watch(self, before: _Seen | None, now: _Seen) -> bool:
        if before is None or before.position_ms == now.position_ms:
            return before is None
        start, end = sorted((before.position_ms, now.position_ms))
        passed_s = now.at_s - before.at_s
        most_ms = passed_s * 1000 * _MOST_RATE + _SLACK_MS if passed_s <= _LONGEST_S else _WAKING_MS
        if end - start <= most_ms and before.leaps == now.leaps:
            self._add(now.evidence, Looked(spans=((start, end),)))
        return True

    def _read(self, before: _Seen | None, now: _Seen, pages: tuple[int, ...]) -> bool:
        known = before.since_s if before is not None else {}
        now.since_s = {page: known.get(page, now.at_s) for page in pages}
        read = tuple(page for page, since_s in now.since_s.items() if now.at_s - since_s >= IN_VIEW_S)
        is_whole = looked_unit(now.evidence) == "whole"
        if read:
            self._add(now.evidence, Looked(is_whole=True) if is_whole else Looked(pages=read))
        return len(read) < len(pages)

    def _add(self, evidence: Evidence, more: Looked) -> None:
        before, which = self.looked(evidence), _bytes_of(evidence)
        after = before | more
        if after == before:
            return
        self._looked[which] = after
        known = self._unsaved.get(which)
        self._unsaved[which] = (evidence, known[1] | more if known else more)
        if not self._save_timer.isActive():
            self._save_timer.start()
        self.grown.emit()

    def _on_stored(self, scoring: Scoring, stored: dict[_Bytes, Looked]) -> None:
        if scoring is self._scoring:
            for which, looked in stored.items():
                self._looked[which] = self._looked.get(which, Looked()) | looked
            self.grown.emit()


def _bytes_of(evidence: Evidence) -> _Bytes:
    return evidence.id, evidence.sha256
