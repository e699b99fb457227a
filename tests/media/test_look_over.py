"""What is found in recordings, images and PDFs, by the real worker: within a second, and nothing where nothing is."""

from collections.abc import Iterable
from pathlib import Path

import cv2
import numpy as np
import pytest

from tests.media import making_facts
from tests.media.conftest import Ask
from tests.media.making import make_bomb, make_pdf, make_sound
from workbench.errors import EvidenceError
from workbench.media.fingerprints import fingerprint
from workbench.media.jobs import LookOver
from workbench.model.findings import Finding, FindingKind, Fingerprint, LookedOver, told
from workbench.model.likeness import NEAR, alike

SECOND = 1_000


def looked(ask: Ask, path: Path) -> tuple[LookedOver, ...]:
    first = ask(path, LookOver())
    return (first, *(ask(path, LookOver(part, first.length)) for part in range(1, first.parts)))


def facts(ask: Ask, path: Path) -> tuple[Finding, ...]:
    return told(finding for part in looked(ask, path) for finding in part.findings)


def stretches(findings: Iterable[Finding]) -> list[tuple[str, int, int]]:
    return [(each.kind.value, each.start_ms or 0, each.end_ms or 0) for each in findings]


def assert_near(found: list[tuple[str, int, int]], wanted: list[tuple[str, int, int]]) -> None:
    assert [kind for kind, *_ in found] == [kind for kind, *_ in wanted]
    for (kind, *times), (_, *meant) in zip(found, wanted, strict=True):
        assert all(abs(one - other) <= SECOND for one, other in zip(times, meant, strict=True)), (kind, times, meant)


@pytest.mark.parametrize("gop", [10, 25, 60, 300])
def test_that_each_stretch_is_found_within_a_second(ask: Ask, tmp_path: Path, gop: int) -> None:
    parts = [("moving", 4), ("black", 2), ("moving", 3), ("frozen", 3), ("moving", 3), ("dark", 4), ("moving", 3)]
    parts += [("blurred", 5), ("moving", 3), ("silent", 7), ("moving", 2)]
    clip = making_facts.make_lesson(tmp_path / "clip.mp4", parts, gop=gop)
    first = ask(clip, LookOver())
    assert (first.unit, first.parts) == ("ms", 2)
    assert abs(first.length - 39_000) < 200
    wanted = [("black", 4, 6), ("frozen", 9, 12), ("dark", 15, 19), ("blurred", 22, 27), ("silent", 30, 37)]
    assert_near(stretches(facts(ask, clip)), [(kind, start * SECOND, end * SECOND) for kind, start, end in wanted])


def test_that_a_stretch_over_two_parts_is_told_once(ask: Ask, tmp_path: Path) -> None:
    parts = [("moving", 18), ("black", 4), ("moving", 2), ("silent", 18), ("moving", 3)]
    clip = making_facts.make_lesson(tmp_path / "clip.mp4", parts)
    wanted = [("black", 18_000, 22_000), ("silent", 24_000, 42_000)]
    assert_near(stretches(facts(ask, clip)), wanted)


def test_that_a_recording_in_which_nothing_stands_out_has_no_facts(ask: Ask, tmp_path: Path) -> None:
    assert facts(ask, making_facts.make_lesson(tmp_path / "clip.mp4", [("moving", 9)])) == ()
    assert facts(ask, make_sound(tmp_path / "voice.m4a", 6000)) == ()


def test_that_a_recording_without_a_sound_track_says_so_once(ask: Ask, tmp_path: Path) -> None:
    clip = making_facts.make_lesson(tmp_path / "clip.mp4", [("moving", 23)], sound=False)
    assert facts(ask, clip) == (Finding(kind=FindingKind.NO_SOUND),)


def test_that_a_part_beyond_the_end_is_refused(ask: Ask, tmp_path: Path) -> None:
    clip = making_facts.make_lesson(tmp_path / "clip.mp4", [("moving", 3)])
    for job in (LookOver(1, 3000), LookOver(-1), LookOver(10**9)):
        with pytest.raises(EvidenceError, match="no such part"):
            ask(clip, job)
    with pytest.raises(EvidenceError, match="no such part"):
        ask(make_pdf(tmp_path / "plan.pdf"), LookOver(1))


def test_that_blank_and_unreadable_pages_are_told_page_by_page(ask: Ask, tmp_path: Path) -> None:
    texts = [f"Page {number}. What the groups did. What came of it" for number in range(11)]
    texts[2] = texts[9] = ""
    plan = making_facts.make_pages(tmp_path / "plan.pdf", texts)
    first = ask(plan, LookOver())
    assert (first.unit, first.parts, first.length) == ("pages", 2, 11)
    assert [(each.kind.value, each.page) for each in facts(ask, plan)] == [("blank", 2), ("blank", 9)]


def test_that_a_page_that_cannot_be_drawn_does_not_end_the_others(ask: Ask, tmp_path: Path) -> None:
    plan = making_facts.make_pages(tmp_path / "plan.pdf", ["First", "Second", "Third"])
    data = plan.read_bytes()
    second = data.index(b"/Type/Page/", data.index(b"/Type/Page/") + 1)
    plan.write_bytes(data[:second] + b"/Type/Pagf/" + data[second + 11 :])
    first = ask(plan, LookOver())
    assert first.length in (2, 3)
    assert all(finding.kind is FindingKind.UNREADABLE for finding in first.findings)


def test_that_a_dark_and_a_blurred_image_are_told_and_a_good_one_is_not(ask: Ask, tmp_path: Path) -> None:
    good = making_facts.scene(5)
    dark = (good // 6).astype(np.uint8)
    blurred = cv2.GaussianBlur(good, (0, 0), 16)
    images = {
        name: making_facts.make_image(tmp_path / f"{name}.jpg", each)
        for name, each in (("good", good), ("dark", dark), ("blurred", blurred))
    }
    found = {name: [each.kind.value for each in facts(ask, path)] for name, path in images.items()}
    assert found == {"good": [], "dark": ["dark"], "blurred": ["blurred"]}


def test_that_a_file_that_cannot_be_read_is_refused_with_its_reason(ask: Ask, tmp_path: Path) -> None:
    with pytest.raises(EvidenceError, match="too large"):
        ask(make_bomb(tmp_path / "bomb.png"), LookOver())


def test_that_copies_of_pictures_are_near_and_other_pictures_are_not() -> None:
    scenes = [making_facts.scene(seed) for seed in range(20)]
    prints = [bits_of(each) for each in scenes]
    for picture, bits in zip(scenes, prints, strict=True):
        for copy in copies(picture):
            assert (bits ^ bits_of(copy)).bit_count() <= NEAR["whole"]
    apart = [(one ^ other).bit_count() for at, one in enumerate(prints) for other in prints[:at]]
    assert min(apart) > 2 * NEAR["whole"]


def test_that_a_recording_that_was_made_smaller_is_near_and_another_is_not(ask: Ask, tmp_path: Path) -> None:
    parts = [("moving", 41)]
    first = making_facts.make_lesson(tmp_path / "one.mp4", parts, gop=30)
    small = making_facts.make_smaller(first, tmp_path / "small.mp4", gop=150)
    other = making_facts.make_lesson(tmp_path / "other.mp4", parts, gop=30, seed=2)
    mine, copied, others = (prints_of(ask, path) for path in (first, small, other))
    assert len(mine) == len(copied) == 5
    assert alike(mine, (each.bits for each in copied), "ms") >= 4
    assert alike(mine, (each.bits for each in others), "ms") == 0


def prints_of(ask: Ask, path: Path) -> list[Fingerprint]:
    return [each for part in looked(ask, path) for each in part.fingerprints]


def test_that_a_plain_picture_has_no_fingerprint() -> None:
    assert fingerprint(np.full((300, 400), 250, np.uint8)) is None


def bits_of(picture: object) -> int:
    bits = fingerprint(cv2.cvtColor(picture, cv2.COLOR_BGR2GRAY))  # type: ignore[call-overload]
    assert bits is not None
    return int(bits)


def copies(picture: object) -> Iterable[object]:
    """Smaller, compressed harder, a little lighter."""
    for side, quality, lighter in ((800, 60, 0), (480, 30, 0), (1200, 75, 12)):
        small = cv2.resize(picture, (side, side * 2 // 3), interpolation=cv2.INTER_AREA)  # type: ignore[call-overload]
        small = cv2.convertScaleAbs(small, alpha=1.0, beta=lighter)
        yield cv2.imdecode(cv2.imencode(".jpg", small, [cv2.IMWRITE_JPEG_QUALITY, quality])[1], cv2.IMREAD_COLOR)
