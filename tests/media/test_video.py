import sys
from pathlib import Path

import pytest

from tests.media.conftest import Ask, opened
from tests.media.making import colour_at, is_red, make_clip, make_sound, turn_clip
from tests.media.test_workers import open_descriptors
from workbench.errors import EvidenceError
from workbench.media.answers import Answers
from workbench.media.jobs import FilmPictures, Inspect, ReadText, Thumbnail, VideoFrame
from workbench.model.submission import EvidenceKind


def test_that_the_facts_of_a_video_are_found(ask: Ask, tmp_path: Path) -> None:
    inspection = ask(make_clip(tmp_path / "clip.mp4"), Inspect())
    facts = inspection.facts
    assert inspection.kind is EvidenceKind.VIDEO
    assert (facts.width, facts.height, facts.rotation, facts.has_audio) == (320, 180, 0, True)
    assert facts.duration_ms == pytest.approx(2000, abs=100)


def test_that_a_recording_without_picture_is_sound(ask: Ask, tmp_path: Path) -> None:
    inspection = ask(make_sound(tmp_path / "talk.m4a"), Inspect())
    assert inspection.kind is EvidenceKind.AUDIO
    assert inspection.facts.media_type == "audio/mp4"


def test_that_the_frame_on_screen_at_a_time_is_the_one_that_arrives(ask: Ask, tmp_path: Path) -> None:
    clip = make_clip(tmp_path / "clip.mp4")
    shown = {at_ms: ask(clip, VideoFrame(at_ms, 320, 320)).at_ms for at_ms in (0, 39, 40, 41, 1000, 1959, 1960, 9000)}
    assert shown == {0: 0, 39: 0, 40: 40, 41: 40, 1000: 1000, 1959: 1920, 1960: 1960, 9000: 1960}


def test_that_frames_are_found_where_their_distance_varies(ask: Ask, tmp_path: Path) -> None:
    times = (0, 30, 700, 710, 1500)
    clip = make_clip(tmp_path / "clip.mp4", times_ms=times, sound=False)
    assert [ask(clip, VideoFrame(at_ms, 64, 64)).at_ms for at_ms in (29, 30, 699, 705, 1499, 1500)] == [
        *(0, 30, 30, 700, 710, 1500)
    ]


@pytest.mark.parametrize("name", ["clip.ts", "clip.mkv"])
def test_that_times_count_from_the_first_frame(ask: Ask, tmp_path: Path, name: str) -> None:
    clip = make_clip(tmp_path / name, first_ms=5000, sound=False)
    assert [ask(clip, VideoFrame(at_ms, 64, 64)).at_ms for at_ms in (0, 400, 1000)] == [0, 400, 1000]


def test_that_a_phone_held_sideways_gives_upright_pictures(ask: Ask, tmp_path: Path) -> None:
    clip = turn_clip(make_clip(tmp_path / "phone.mov"))
    facts = ask(clip, Inspect()).facts
    assert (facts.width, facts.height, facts.rotation) == (180, 320, 90)
    picture = ask(clip, VideoFrame(500, 160, 160))
    assert (picture.width, picture.height) == (90, 160)
    assert is_red(colour_at(picture, 0.75, 0.2))
    assert not is_red(colour_at(picture, 0.25, 0.8))


def test_that_a_strip_holds_key_frames_in_time_order(ask: Ask, tmp_path: Path) -> None:
    pictures = ask(make_clip(tmp_path / "clip.mp4"), FilmPictures(tuple(range(0, 2000, 200)), 45))
    times = [picture.at_ms for picture in pictures]
    assert times == sorted(set(times))
    assert times[0] == 0
    assert len(times) >= 4
    assert {(picture.width, picture.height) for picture in pictures} == {(80, 45)}
    for picture in pictures:
        picture.release()
        picture.release()


def test_that_a_cover_is_made_for_video_and_refused_for_sound(ask: Ask, tmp_path: Path) -> None:
    assert ask(make_clip(tmp_path / "clip.mp4"), Thumbnail(64, 64)).width == 64
    with pytest.raises(EvidenceError, match="no picture"):
        ask(make_sound(tmp_path / "talk.m4a"), Thumbnail(64, 64))


@pytest.mark.parametrize("name", ["clip.mp4", "clip.mkv", "clip.avi"])
def test_that_a_recording_cut_short_says_so(ask: Ask, tmp_path: Path, name: str) -> None:
    clip = make_clip(tmp_path / name)
    data = clip.read_bytes()
    clip.write_bytes(data[: len(data) * 2 // 3])
    assert ask(clip, Inspect(EvidenceKind.VIDEO)).facts.reason == "The file ends early."


def test_that_a_playlist_is_read_as_the_text_it_is_and_never_followed(ask: Ask, tmp_path: Path) -> None:
    path = tmp_path / "lesson.mp4"
    path.write_text("#EXTM3U\n#EXTINF:10,\nhttp://127.0.0.1:9/secret.ts\n")
    assert ask(path, Inspect(EvidenceKind.VIDEO)).kind is EvidenceKind.TEXT
    with pytest.raises(EvidenceError, match="not a recording"):
        ask(path, VideoFrame(0, 10, 10))


@pytest.mark.skipif(sys.platform != "linux", reason="counts descriptors in /proc")
def test_that_a_recording_is_let_go_when_another_file_is_asked_about(tmp_path: Path) -> None:
    before, answers = open_descriptors(), Answers()
    with opened(make_clip(tmp_path / "clip.mp4")) as clip:
        answers.answer(VideoFrame(0, 64, 64), clip)
        answers.answer(FilmPictures((0,), 36), clip)
    assert open_descriptors() == before + 2
    (tmp_path / "words.txt").write_text("A reflection.")
    with opened(tmp_path / "words.txt") as words:
        answers.answer(ReadText(), words)
    assert open_descriptors() == before
