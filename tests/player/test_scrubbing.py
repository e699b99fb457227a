"""Scrubbing, exact frames when the hand rests, stepping, and recordings that play badly or not at all."""

import os
from functools import partial
from pathlib import Path

import pytest
from PySide6.QtGui import QImage

from tests.media.making_recordings import frames_by_hand, has_encoder, make_frames
from tests.media.test_workers import seal
from tests.player.conftest import Listener
from workbench.sealed.reader import PlainFile

EVEN = range(0, 8000, 40)
UNEVEN = (0, 20, 40, 900, 910, 920, 3000, 3033, 3066, 3100, 5000, 5010, 9000, 9900)


def is_frame(frame: QImage, number: int) -> bool:
    """Whether it is as light as that frame, as far as a lossy codec keeps that."""
    green = frame.pixelColor(frame.width() // 2, frame.height() // 2).green()
    return abs(green - (20 + number * 7 % 200)) <= 3


@pytest.fixture(scope="session")
def long_clip(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Eight seconds with a key frame at least every 60 frames."""
    return make_frames(tmp_path_factory.mktemp("scrubbing") / "clip.mp4", EVEN, sc_threshold="0")


def test_that_a_scrub_shows_the_key_frame_before_and_a_seek_then_the_exact_one(
    listener: Listener, long_clip: Path
) -> None:
    keys = [number for number, (_, is_key, _) in enumerate(frames_by_hand(long_clip)) if is_key]
    listener.open(long_clip)
    for place in (3000, 7400, 2600):
        frame, arrived = listener.after(partial(listener.player.scrub, place))
        assert arrived == place
        assert is_frame(frame, max(key for key in keys if key * 40 <= place))
        frame, arrived = listener.after(partial(listener.player.seek, place))
        assert arrived == place
        assert is_frame(frame, place // 40)


def test_that_a_scrub_among_decoded_frames_is_exact_at_once(listener: Listener, long_clip: Path) -> None:
    listener.open(long_clip)
    listener.after(lambda: listener.player.seek(3000))
    frame, _ = listener.after(lambda: listener.player.scrub(2920))
    assert is_frame(frame, 73)


def test_that_many_scrubs_at_once_end_at_the_last_place(listener: Listener, long_clip: Path) -> None:
    listener.open(long_clip)
    for place in range(0, 8000, 10):
        listener.player.scrub(place)
    listener.until(lambda: listener.positions[-1] == 7990)
    listener.player.seek(7000)
    listener.until(lambda: is_frame(listener.frames[-1], 175))


def test_that_a_hand_that_moves_on_does_not_wait_for_the_exact_frame(listener: Listener, long_clip: Path) -> None:
    listener.open(long_clip)
    for place in range(2399, 7999, 400):
        listener.player.seek(place)
        listener.player.scrub(place + 200)
    listener.until(lambda: listener.positions[-1] == 7999 - 400 + 200)
    assert listener.after(lambda: listener.player.step(1))[1] == 7800


def test_that_a_scrub_pauses_and_playing_goes_on_from_there(listener: Listener, long_clip: Path) -> None:
    listener.open(long_clip)
    listener.player.play()
    listener.until(lambda: listener.positions[-1] >= 200)
    listener.player.scrub(6000)
    listener.until(lambda: listener.playing == [True, False])
    listener.until(lambda: listener.positions[-1] == 6000)
    places = len(listener.positions)
    listener.player.play()
    listener.until(lambda: listener.ends == 1)
    assert min(listener.positions[places:]) >= 5900


def test_that_a_step_after_a_scrub_counts_from_where_the_hand_is(listener: Listener, long_clip: Path) -> None:
    listener.open(long_clip)
    listener.after(lambda: listener.player.scrub(3010))
    frame, place = listener.after(lambda: listener.player.step(1))
    assert place == 3040
    assert is_frame(frame, 76)


def test_that_steps_over_key_frames_equal_decoding_by_hand(listener: Listener, long_clip: Path) -> None:
    listener.open(long_clip)
    listener.after(lambda: listener.player.seek(2600))
    back = [listener.after(lambda: listener.player.step(-1)) for _ in range(25)]
    assert [place for _, place in back] == list(range(2560, 1560, -40))
    assert all(is_frame(frame, place // 40) for frame, place in back)
    forward = [listener.after(lambda: listener.player.step(1)) for _ in range(25)]
    assert [place for _, place in forward] == list(range(1640, 2640, 40))
    assert all(is_frame(frame, place // 40) for frame, place in forward)


def test_that_steps_follow_frames_that_stand_for_seconds(listener: Listener, tmp_path: Path) -> None:
    listener.open(make_frames(tmp_path / "clip.mp4", UNEVEN))
    listener.after(lambda: listener.player.seek(8999))
    assert [listener.after(lambda: listener.player.step(-1))[1] for _ in range(4)] == [5000, 3100, 3066, 3033]
    assert [listener.after(lambda: listener.player.step(1))[1] for _ in range(6)] == [
        3066,
        3100,
        5000,
        5010,
        9000,
        9900,
    ]


def test_that_sealed_evidence_is_scrubbed_and_sought_alike(listener: Listener, long_clip: Path) -> None:
    source = seal(long_clip)
    listener.open_source(source)
    source.close()
    listener.after(lambda: listener.player.scrub(7000))
    assert is_frame(listener.after(lambda: listener.player.seek(7000))[0], 175)


def test_that_pictures_of_ten_bits_play_in_the_colours_they_stand_in(listener: Listener, tmp_path: Path) -> None:
    if not has_encoder("libx265"):
        pytest.skip("no encoder for HEVC here")
    clip = make_frames(tmp_path / "hdr.mp4", EVEN, codec="libx265", pixels="yuv420p10le")
    listener.open(clip)
    listener.player.play()
    listener.until(lambda: len(listener.frames) > 8)
    listener.player.pause()
    listener.until(lambda: listener.playing == [True, False])
    assert is_frame(listener.frames[-1], listener.positions[-1] // 40)


def test_that_a_recording_that_only_the_decoder_knows_says_that_pictures_remain(
    listener: Listener, tmp_path: Path
) -> None:
    if not has_encoder("libsvtav1"):
        pytest.skip("no encoder for AV1 here")
    clip = make_frames(tmp_path / "clip.mp4", EVEN, codec="libsvtav1")
    listener.open(clip)
    assert is_frame(listener.after(lambda: listener.player.seek(4000))[0], 100)
    listener.player.play()
    # On a system whose player knows the codec it simply plays to the end.
    listener.until(lambda: bool(listener.reasons) or listener.ends > 0)
    if listener.reasons:
        assert listener.reasons == ["This recording cannot be played."]
        assert (listener.player.has_refused, listener.player.has_shown) == (True, True)


def test_that_a_file_without_any_picture_says_that_none_remain(listener: Listener, tmp_path: Path) -> None:
    text = tmp_path / "clip.mp4"
    text.write_text("no recording")
    listener.refused(text)
    assert (listener.player.has_refused, listener.player.has_shown) == (True, False)


def test_that_a_recording_from_a_browser_has_a_length(listener: Listener, tmp_path: Path) -> None:
    listener.open(make_frames(tmp_path / "clip.webm", EVEN, codec="libvpx-vp9", muxing={"live": "1"}))
    assert listener.durations[-1] == pytest.approx(8000, abs=80)
    assert is_frame(listener.after(lambda: listener.player.seek(6000))[0], 150)


@pytest.mark.parametrize("seed", range(4))
def test_that_damage_in_the_middle_never_takes_the_player_with_it(
    listener: Listener, tmp_path: Path, long_clip: Path, seed: int
) -> None:
    data = bytearray(long_clip.read_bytes())
    begin = data.index(b"mdat") + 2000
    for place in range(begin + seed * 97, begin + (len(data) - begin) * 2 // 3, 311):
        data[place] ^= 0x5A
    damaged = tmp_path / "damaged.mp4"
    damaged.write_bytes(data)
    source = PlainFile(os.open(damaged, os.O_RDONLY))
    listener.player.open(source)
    source.close()
    pid = listener.player.pid
    listener.player.scrub(4000)
    listener.player.seek(6000)
    listener.player.step(-3)
    listener.player.play()
    listener.until(lambda: bool(listener.reasons) or listener.ends > 0)
    listener.open(long_clip)
    assert listener.player.pid == pid
