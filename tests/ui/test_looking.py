"""What counts as looked at: time that passed on screen, pages that stood still, texts to their end. No jump does."""

from dataclasses import dataclass, replace

import pytest
from PySide6.QtWidgets import QWidget

from tests.ui import sample
from tests.ui.conftest import Desk
from workbench.citations.fitting import misfit
from workbench.model.citation import LookedThrough
from workbench.model.ids import AssignmentId, EvidenceHash, EvidenceId
from workbench.model.looked import Looked
from workbench.model.place import WorkPlace
from workbench.model.submission import Evidence, EvidenceFacts, EvidenceKind
from workbench.queries.looking import looked
from workbench.queries.views import EvidenceItem
from workbench.store.looked import looked as rows
from workbench.tasks import Tasks
from workbench.ui.looking import Looking
from workbench.ui.scoring import Scoring
from workbench.ui.viewers.viewer import Viewer

ONE = AssignmentId("assignment-1")
VIDEO, TEXT = sample._submission(1).evidence
PLAN = Evidence(
    id=EvidenceId("plan"), order=3, label="Plan", kind=EvidenceKind.PDF, sha256=EvidenceHash("ab" * 32), size=9,
    facts=EvidenceFacts(pages=8),
)  # fmt: skip


class Screen(Viewer):
    """A viewer that stands where the test says."""

    def __init__(self, tasks: Tasks, evidence: Evidence, parent: QWidget) -> None:
        super().__init__(tasks, "screen", parent)
        self.item = EvidenceItem(evidence=evidence, state="ready")
        self.at_ms = 0
        self.in_view: tuple[int, ...] = (0,)
        self.takes_ms = self.moved = 0
        self._is_ready = True
        self.show()

    def place(self) -> WorkPlace:
        return WorkPlace(position_ms=self.at_ms)

    @property
    def length_ms(self) -> int:
        return self.takes_ms

    @property
    def leaps(self) -> int:
        return self.moved

    def pages_in_view(self) -> tuple[int, ...]:
        return self.in_view


@dataclass
class Watch:
    """A clock that only goes when it is told to."""

    now_s: float = 100.0

    def __call__(self) -> float:
        return self.now_s


class Room:
    """One or more screens before a `Looking` whose clock the test holds."""

    def __init__(self, desk: Desk) -> None:
        self.desk, self.watch = desk, Watch()
        self.ground = QWidget()
        self.ground.show()
        self.screens: list[Screen] = []
        self.looking = Looking(lambda: self.screens, self.ground, clock=self.watch)
        self.looking.begin(Scoring(desk.tasks, ONE))
        self.looking._sample_timer.stop()

    def add(self, evidence: Evidence) -> Screen:
        self.screens.append(Screen(self.desk.tasks, evidence, self.ground))
        self.looking.sample()
        return self.screens[-1]

    def after(self, seconds: float) -> None:
        """So much later, one more look."""
        self.watch.now_s += seconds
        self.looking.sample()

    def play(self, screen: Screen, looks: int, *, rate: float = 1.0) -> None:
        for _ in range(looks):
            screen.at_ms += round(250 * rate)
            self.after(0.25)

    def seen(self, evidence: Evidence) -> Looked:
        return self.looking.looked(evidence)


@pytest.fixture
def room(desk: Desk) -> Room:
    return Room(desk)


@pytest.mark.parametrize("rate", [0.5, 1.0, 3.0])
def test_that_time_that_plays_counts_at_every_speed(room: Room, rate: float) -> None:
    video = room.add(VIDEO)
    room.play(video, 8, rate=rate)
    assert room.seen(VIDEO).spans == ((0, round(2000 * rate)),)


def test_that_a_jump_does_not_count_and_steps_do(room: Room) -> None:
    video = room.add(VIDEO)
    room.play(video, 4)
    video.at_ms += 5_000
    room.after(0.25)
    room.play(video, 4)
    video.at_ms -= 33
    room.after(0.4)
    video.at_ms = 60_000
    room.after(9.0)
    video.at_ms = 60_033
    room.after(0.25)
    assert room.seen(VIDEO).spans == ((0, 1_000), (6_000, 7_000), (60_000, 60_033))


def test_that_a_page_counts_once_it_stood_in_view_for_a_second(room: Room) -> None:
    plan = room.add(PLAN)
    for page in range(8):
        plan.in_view = (page,)
        room.after(0.3)
    plan.in_view = (2, 3)
    room.after(0.3)
    room.after(0.9)
    plan.in_view = (3, 4)
    room.after(0.2)
    assert room.seen(PLAN).pages == (3,)


def test_that_what_is_not_on_screen_is_not_looked_at(room: Room) -> None:
    plan, text = room.add(PLAN), room.add(TEXT)
    plan.hide()
    text.in_view = ()
    for _ in range(9):
        room.after(0.5)
    assert not room.seen(PLAN)
    assert not room.seen(TEXT)
    text.in_view = (0,)
    room.after(0.5)
    room.after(1.0)
    assert room.seen(TEXT) == Looked(is_whole=True)


def test_that_two_screens_are_looked_at_at_once_and_other_evidence_begins_anew(room: Room) -> None:
    video, plan = room.add(VIDEO), room.add(PLAN)
    room.play(video, 5)
    assert (room.seen(VIDEO).seen_ms, room.seen(PLAN).pages) == (1_250, (0,))
    other = replace(PLAN, id=EvidenceId("other"))
    plan.item = EvidenceItem(evidence=other, state="ready")
    room.after(0.5)
    assert not room.seen(other)


def test_that_bytes_that_took_the_place_of_others_were_not_looked_at(desk: Desk, room: Room) -> None:
    video = room.add(VIDEO)
    room.play(video, 4)
    other = replace(VIDEO, sha256=EvidenceHash("cd" * 32))
    video.item = EvidenceItem(evidence=other, state="ready")
    video.at_ms = 5_000
    room.after(0.25)
    room.play(video, 2)
    assert (room.seen(VIDEO).spans, room.seen(other).spans) == (((0, 1_000),), ((5_000, 5_500),))
    room.looking.flush()
    (kept,) = desk.read(rows, ONE)
    assert kept == (VIDEO.id, other.sha256, Looked(spans=((5_000, 5_500),)))


def test_that_a_hand_that_drags_slowly_does_not_watch(room: Room) -> None:
    video = room.add(VIDEO)
    for _ in range(8):
        video.moved += 1
        video.at_ms += 300
        room.after(0.25)
    assert not room.seen(VIDEO)
    room.play(video, 2)
    assert room.seen(VIDEO).spans == ((2_400, 2_900),)


def test_that_a_recording_without_a_stored_length_is_as_long_as_its_player_says(room: Room) -> None:
    unmeasured = replace(VIDEO, facts=EvidenceFacts())
    video = room.add(unmeasured)
    room.play(video, 4)
    assert room.looking.looked_through(unmeasured) is None
    video.takes_ms = 8_000
    room.play(video, 4)
    found = room.looking.looked_through(unmeasured)
    assert found == LookedThrough(seen=2_000, total=8_000, unit="ms")
    assert misfit(found, unmeasured) == ""


def test_that_it_sleeps_when_nothing_moves_and_a_word_wakes_it(room: Room) -> None:
    video = room.add(VIDEO)
    room.looking.wake()
    assert room.looking._sample_timer.isActive()
    for _ in range(9):
        room.after(0.25)
    assert not room.looking._sample_timer.isActive()
    # Asleep, it does not know how time went on: only a player's first moment is believed.
    for at_ms in (700, 9_000):
        room.watch.now_s += 20.0
        video.at_ms = at_ms
        room.looking.wake()
        room.looking._sample_timer.stop()
    assert room.seen(VIDEO).spans == ((0, 700),)


def test_that_what_was_looked_at_is_saved_and_comes_back(desk: Desk, room: Room) -> None:
    video = room.add(VIDEO)
    room.play(video, 4)
    room.looking.begin(None)
    assert desk.read(looked, ONE) == {(VIDEO.id, VIDEO.sha256): Looked(spans=((0, 1_000),))}
    again = Room(desk)
    desk.qtbot.waitUntil(lambda: bool(again.seen(VIDEO)))
    video = again.add(VIDEO)
    video.at_ms = 2_000
    again.after(0.25)
    again.play(video, 2)
    again.looking.flush()
    assert desk.read(looked, ONE) == {(VIDEO.id, VIDEO.sha256): Looked(spans=((0, 1_000), (2_000, 2_500)))}
