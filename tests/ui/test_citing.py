"""Citations in the window: walked, changed by keys, taken back, and said of what was looked through."""

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPlainTextEdit, QWidget

from tests.ui import sample
from tests.ui.conftest import Desk
from workbench.model.citation import Citation, LookedThrough, Place, Stance, TextQuote, TimeRange
from workbench.model.ids import AssignmentId, CitationId, CriterionId, EvidenceHash, EvidenceId
from workbench.model.looked import Looked
from workbench.operations.cite import cite
from workbench.operations.looking import note_looked
from workbench.queries.citations import citations
from workbench.ui.citation_chip import CitationChip
from workbench.ui.tick_line import TickLine

ONE, VIDEO, TEXT = AssignmentId("assignment-1"), EvidenceId("video-1"), EvidenceId("text-1")
SHIFT, ALT = Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.AltModifier
PLAIN = Qt.KeyboardModifier.NoModifier
_EVIDENCE = {item.id: item for item in sample._submission(1).evidence}


def made(name: str, place: Place, *, of: EvidenceId = VIDEO, stance: Stance = Stance.SUPPORTS) -> Citation:
    return Citation(
        id=CitationId(name),
        criterion_id=CriterionId("criterion-0"),
        evidence_id=of,
        sha256=EvidenceHash(_EVIDENCE[of].sha256),
        stance=stance,
        place=place,
    )


EARLY = made("c2", TimeRange(start_ms=60_000, end_ms=70_000))
LATE = made("c1", TimeRange(start_ms=300_000, end_ms=310_000))
QUOTE = made("c0", TextQuote(exact="exit tickets", start=15), of=TEXT)


@pytest.fixture
def at_work(desk: Desk) -> Desk:
    """The first submission with three citations of its first criterion, made in another order than they are read."""
    assert desk.account is not None
    for each in (QUOTE, LATE, EARLY):
        desk.account.store.write(cite, ONE, each)
    desk.account.store.write(note_looked, ONE, VIDEO, EARLY.sha256, Looked(spans=((0, 700_000),)))
    desk.open(1)
    desk.qtbot.waitUntil(lambda: bool(desk.score.citing.looking.looked(_EVIDENCE[VIDEO])), timeout=10_000)
    return desk


def chips(desk: Desk) -> list[CitationChip]:
    found = [chip for chip in desk.score.rubric.findChildren(CitationChip) if chip.isVisible()]
    return sorted(found, key=lambda chip: chip.objectName())


def kept(desk: Desk) -> dict[str, Citation]:
    found = desk.read(citations, ONE)
    assert isinstance(found, tuple)
    return {each.citation.id: each.citation for each in found}


def press(desk: Desk, which: int, key: Qt.Key, modifier: Qt.KeyboardModifier = PLAIN) -> None:
    """Press a key on that chip, which has the focus."""
    if not chips(desk)[which].hasFocus():
        chips(desk)[which].setFocus()
    QTest.keyClick(chips(desk)[which], key, modifier)


def undo(desk: Desk) -> None:
    desk.press(Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)


def shown(desk: Desk) -> dict[str, Citation]:
    return {chip.citation.id: chip.citation for chip in chips(desk)}


def settled(desk: Desk, name: str, citation: Citation | None) -> bool:
    """Whether the store and the screen both say this, now or soon."""
    desk.qtbot.waitUntil(lambda: kept(desk).get(name) == citation)
    desk.qtbot.waitUntil(lambda: shown(desk).get(name) == citation)
    return True


def test_that_chips_stand_in_reading_order_and_g_walks_them_over_all_evidence(at_work: Desk) -> None:
    assert [chip.citation for chip in chips(at_work)] == [EARLY, LATE, QUOTE]
    walked = []
    for key in ("G", "G", "G", "G"):
        at_work.press(key)
        walked.append((at_work.score.stage.current_evidence_id(), current(at_work)))
    assert walked == [(VIDEO, "c2"), (VIDEO, "c1"), (TEXT, "c0"), (VIDEO, "c2")]
    at_work.press("g", SHIFT)
    assert current(at_work) == "c0"


def current(desk: Desk) -> str:
    (found,) = [chip.citation.id for chip in chips(desk) if chip._is_current]
    return found


def test_that_keys_on_a_chip_move_its_times_and_change_its_stance(at_work: Desk) -> None:
    for _ in range(3):
        press(at_work, 0, Qt.Key.Key_Left, ALT)
    press(at_work, 0, Qt.Key.Key_Right, ALT)
    press(at_work, 0, Qt.Key.Key_Right, ALT | SHIFT)
    press(at_work, 0, Qt.Key.Key_Minus)
    changed = replace(EARLY, place=TimeRange(start_ms=58_000, end_ms=71_000), stance=Stance.CONTRADICTS)
    assert settled(at_work, "c2", changed)
    assert chips(at_work)[0].hasFocus()
    press(at_work, 0, Qt.Key.Key_O)
    assert settled(at_work, "c2", replace(changed, stance=Stance.ABSENT))
    undo(at_work)
    assert settled(at_work, "c2", EARLY)


def test_that_a_time_never_leaves_the_recording_nor_turns_around(at_work: Desk) -> None:
    for _ in range(12):
        press(at_work, 0, Qt.Key.Key_Right, ALT)
    assert settled(at_work, "c2", replace(EARLY, place=TimeRange(start_ms=70_000, end_ms=70_000)))


def test_that_a_removed_citation_comes_back_with_undo(at_work: Desk) -> None:
    press(at_work, 1, Qt.Key.Key_Delete)
    assert settled(at_work, "c1", None)
    undo(at_work)
    assert settled(at_work, "c1", LATE)


def test_that_a_citation_takes_a_short_note(at_work: Desk) -> None:
    press(at_work, 0, Qt.Key.Key_F2)
    field = at_work.find("citationNote_A")
    assert isinstance(field, QPlainTextEdit)
    assert field.hasFocus()
    QTest.keyClicks(field, "waits 3 s, then asks again")
    QTest.keyClick(field, Qt.Key.Key_Return)
    assert settled(at_work, "c2", replace(EARLY, note="waits 3 s, then asks again"))
    assert chips(at_work)[0].hasFocus()
    assert chips(at_work)[0].accessibleName().endswith("waits 3 s, then asks again")


def test_that_a_criterion_is_cited_as_absent_by_what_was_looked_through(at_work: Desk) -> None:
    at_work.press("J")
    at_work.press("c", SHIFT)
    video, text = at_work.find("absent_B_1"), at_work.find("absent_B_2")
    assert isinstance(video, TickLine)
    assert video.accessibleName() == "Lesson video, 96 % watched"
    assert video.hasFocus()
    assert (text.isEnabled(), text.accessibleName()) == (False, "Reflection, not looked at yet")
    assert not at_work.find("absenceCite_B").isEnabled()
    QTest.keyClick(video, Qt.Key.Key_Space)
    QTest.keyClick(video, Qt.Key.Key_Return)
    at_work.qtbot.waitUntil(lambda: len(kept(at_work)) == 4)
    (found,) = [cited for cited in kept(at_work).values() if cited.criterion_id == "criterion-1"]
    assert (found.evidence_id, found.stance) == (VIDEO, Stance.ABSENT)
    assert found.place == LookedThrough(seen=700_000, total=724_000, unit="ms")
    at_work.qtbot.waitUntil(lambda: len(chips(at_work)) == 1)
    assert chips(at_work)[0].text() == "Lesson video · 96 % watched"
    panels = at_work.window.findChildren(QWidget, "absence_B")
    assert not any(panel.isVisible() for panel in panels)


def test_that_saying_it_again_says_the_same_citation_anew(at_work: Desk) -> None:
    for _ in range(2):
        at_work.press("c", SHIFT)
        box = at_work.find("absent_A_1")
        QTest.keyClick(box, Qt.Key.Key_Space)
        QTest.keyClick(box, Qt.Key.Key_Return)
        at_work.qtbot.waitUntil(lambda: len(chips(at_work)) == 4)
    assert len(kept(at_work)) == 4
    assert [chip.citation.stance for chip in chips(at_work)][2] is Stance.ABSENT


def test_that_what_was_looked_through_stays_an_absence(at_work: Desk) -> None:
    at_work.press("c", SHIFT)
    QTest.keyClick(at_work.find("absent_A_1"), Qt.Key.Key_Space)
    QTest.keyClick(at_work.find("absent_A_1"), Qt.Key.Key_Return)
    at_work.qtbot.waitUntil(lambda: len(chips(at_work)) == 4)
    which = [isinstance(chip.citation.place, LookedThrough) for chip in chips(at_work)].index(True)
    before = kept(at_work)
    press(at_work, which, Qt.Key.Key_Plus)
    press(at_work, which, Qt.Key.Key_Right, ALT)
    assert kept(at_work) == before


def test_that_many_citations_are_folded_and_walking_unfolds_them(desk: Desk) -> None:
    assert desk.account is not None
    for number in range(30):
        at_ms = number * 20_000
        place = TimeRange(start_ms=at_ms, end_ms=at_ms + 5_000)
        desk.account.store.write(cite, ONE, replace(EARLY, id=CitationId(f"m{number:02}"), place=place))
    desk.open(1)
    desk.qtbot.waitUntil(lambda: len(chips(desk)) == 12)
    assert desk.find("moreCitations_A").accessibleName() == "Show 18 more citations"
    desk.press("g", SHIFT)
    assert current(desk) == "m29"
    assert len(chips(desk)) == 30
