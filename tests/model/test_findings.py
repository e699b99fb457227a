"""Findings of parts become what people are told: joined, long enough, said once; nonsense is not believed."""

from dataclasses import replace

from workbench.model.findings import EvidenceFindings, Finding, FindingKind, Fingerprint, LookedOver, told, unreadable
from workbench.model.likeness import alike


def stretch(kind: FindingKind, start_ms: int, end_ms: int, measure: float = 0.0) -> Finding:
    return Finding(kind=kind, start_ms=start_ms, end_ms=end_ms, measure=measure)


def test_that_touching_stretches_are_one_with_the_measure_of_the_longest() -> None:
    parts = [stretch(FindingKind.DARK, 8_000, 10_000, 30.0), stretch(FindingKind.DARK, 4_000, 7_200, 20.0)]
    assert told(parts) == (stretch(FindingKind.DARK, 4_000, 10_000, 20.0),)


def test_that_short_stretches_are_not_told_and_unreadable_ones_always_are() -> None:
    short = [stretch(FindingKind.BLACK, 0, 1_000), stretch(FindingKind.SILENT, 9_000, 13_000)]
    broken = stretch(FindingKind.UNREADABLE, 500, 900)
    assert told([*short, broken]) == (broken,)


def test_that_black_is_not_told_again_as_standing_still() -> None:
    black, still = stretch(FindingKind.BLACK, 0, 6_000), stretch(FindingKind.FROZEN, 500, 6_000)
    longer = stretch(FindingKind.FROZEN, 500, 60_000)
    assert told([black, still]) == (black,)
    assert told([black, longer]) == (black, longer)


def test_that_what_is_true_of_the_whole_comes_first_and_pages_in_their_order() -> None:
    blank = [Finding(kind=FindingKind.BLANK, page=page) for page in (9, 2)]
    whole = Finding(kind=FindingKind.NO_SOUND)
    assert told([*blank, whole, whole]) == (whole, blank[1], blank[0])


def test_that_a_part_that_stopped_the_program_is_said_to_be_unreadable_up_to_the_end() -> None:
    video = EvidenceFindings(done=1, parts=2, unit="ms", length=27_000)
    assert unreadable(1, video).findings == (stretch(FindingKind.UNREADABLE, 20_000, 27_000),)
    pages = EvidenceFindings(done=1, parts=2, unit="pages", length=10)
    assert [each.page for each in unreadable(1, pages).findings] == [8, 9]


def test_that_numbers_beyond_any_file_are_not_believed() -> None:
    sound = LookedOver(parts=2, unit="ms", length=30_000, fingerprints=(Fingerprint(at=0, bits=(1 << 64) - 1),))
    assert sound.is_sound
    assert not replace(sound, parts=0).is_sound
    assert not replace(sound, length=-1).is_sound
    assert not replace(sound, fingerprints=(Fingerprint(at=0, bits=1 << 64),)).is_sound
    assert not replace(sound, findings=(stretch(FindingKind.DARK, -5, 10),)).is_sound


def test_that_half_of_the_pictures_must_be_alike() -> None:
    mine = [Fingerprint(at=at, bits=0xA5A5_5A5A_0F0F_F0F0 >> at * 9) for at in range(4)]
    assert alike(mine, [each.bits for each in mine[:2]] + [1, 2], "ms") == 2
    assert alike(mine, [mine[0].bits, 1, 2, 4], "ms") == 0
    assert alike([], [1], "whole") == 0
