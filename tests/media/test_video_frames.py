"""The exact frame, whatever the codec, however far the jump: compared with decoding by hand."""

from contextlib import suppress
from pathlib import Path

import pytest

from tests.media.conftest import Ask, opened
from tests.media.making_recordings import SIZE, frames_by_hand, has_encoder, make_frames
from tests.media.test_workers import seal
from workbench.decoding.frames import FrameSource
from workbench.decoding.recordings import open_recording
from workbench.errors import EvidenceError
from workbench.media.client import MediaWorkers
from workbench.media.jobs import FilmPictures, Inspect, VideoFrame
from workbench.model.submission import EvidenceKind
from workbench.sealed.reader import open_reader

EVEN = range(0, 6000, 40)
UNEVEN = (0, 20, 40, 900, 910, 920, 3000, 3033, 3066, 3100, 5000, 5001, 5010, 9000, 9900)
CODECS = ["libx264", "libx265", "libvpx-vp9", "mpeg4", "libsvtav1"]


def make_of(folder: Path, codec: str) -> Path:
    if not has_encoder(codec):
        pytest.skip(f"no encoder {codec} here")
    return make_frames(folder / ("clip.webm" if "vp9" in codec else "clip.mp4"), EVEN, codec=codec)


@pytest.mark.parametrize("codec", CODECS)
def test_that_jumps_land_on_the_frame_that_decoding_by_hand_finds(tmp_path: Path, codec: str) -> None:
    clip = make_of(tmp_path, codec)
    by_hand = frames_by_hand(clip)
    with opened(clip) as source:
        frames = FrameSource(open_recording(open_reader(source)))
        for number in (0, 100, 3, 99, 101, 140, 149, 20, 61, 59, 60, 119, 120, 121, 0, 149):
            frame = frames.at(by_hand[number][0])
            plane = frame.planes[0]
            shade = bytes(plane)[SIZE[1] // 2 * plane.line_size + SIZE[0] // 2]
            assert (frames.time_ms(frame), shade) == (by_hand[number][0], by_hand[number][2])


@pytest.mark.parametrize("codec", CODECS)
def test_that_steps_both_ways_meet_every_frame_once(tmp_path: Path, codec: str) -> None:
    clip = make_of(tmp_path, codec)
    times = [at_ms for at_ms, _, _ in frames_by_hand(clip)]
    with opened(clip) as source:
        frames = FrameSource(open_recording(open_reader(source)))
        frames.at(times[75])
        forward = [frames.time_ms(frame) for frame in iter(frames.next, None)]
        back = [frames.time_ms(frame) for frame in iter(frames.previous, None)]
    assert forward == times[76:]
    assert back == times[-2::-1]


def test_that_frames_that_stand_long_are_found_from_every_side(tmp_path: Path) -> None:
    clip = make_frames(tmp_path / "clip.mp4", UNEVEN)
    with opened(clip) as source:
        frames = FrameSource(open_recording(open_reader(source)))
        for at_ms in (899, 8999, 2999, 5005, 30, 9899, 9900, 60_000, 905, 0, 4999, 3066):
            shown = max(time for time in UNEVEN if time <= at_ms)
            assert frames.time_ms(frames.at(at_ms)) == shown
        walked = [frames.time_ms(frame) for frame in iter(frames.previous, None)]
    assert walked == [3033, 3000, 920, 910, 900, 40, 20, 0]


def test_that_a_key_frame_is_at_or_before_the_place_and_does_not_disturb_the_exact_one(tmp_path: Path) -> None:
    clip = make_frames(tmp_path / "clip.mp4", EVEN)
    keys = [at_ms for at_ms, is_key, _ in frames_by_hand(clip) if is_key]
    with opened(clip) as source:
        frames = FrameSource(open_recording(open_reader(source)))
        for at_ms in (0, 39, 2399, 2400, 2401, 5999, 1000):
            key = frames.key_frame(at_ms)
            assert key is not None
            assert frames.time_ms(key) == max(time for time in keys if time <= at_ms)
            assert frames.time_ms(frames.at(at_ms)) == at_ms // 40 * 40
        assert frames.key_frame(1000, known={0}) is None


def test_that_giving_up_on_the_way_leaves_a_source_that_answers_again(tmp_path: Path) -> None:
    class ImpatientError(Exception):
        pass

    clip, packets = make_frames(tmp_path / "clip.mp4", EVEN), iter(range(100))

    def on_frame() -> None:
        if next(packets, None) == 20:
            raise ImpatientError

    with opened(clip) as source:
        frames = FrameSource(open_recording(open_reader(source)), on_frame=on_frame)
        with pytest.raises(ImpatientError):
            frames.at(2300)
        assert frames.time_ms(frames.at(2300)) == 2280
        before = frames.previous()
        assert before is not None
        assert frames.time_ms(before) == 2240


def test_that_a_film_holds_the_key_frames_of_the_times_none_twice(ask: Ask, tmp_path: Path) -> None:
    clip = make_frames(tmp_path / "clip.mp4", EVEN, gop=25)
    last = max(at_ms for at_ms, is_key, _ in frames_by_hand(clip) if is_key)
    pictures = ask(clip, FilmPictures((4100, 0, 999, 1000, 2500, 90_000), 54))
    assert [picture.at_ms for picture in pictures] == [4000, 0, 1000, 2000, last]
    assert {(picture.width, picture.height) for picture in pictures} == {(96, 54)}
    assert [picture.at_ms for picture in ask(clip, FilmPictures((0, 1100, 3000), 54, (0, 1000)))] == [3000]
    assert ask(clip, FilmPictures((0, 1100), 54, (0, 1000))) == ()
    again = ask(clip, FilmPictures((0, 4000), 54))
    assert [bytes(picture.pixels) for picture in again] == [bytes(pictures[1].pixels), bytes(pictures[0].pixels)]


def test_that_files_that_take_turns_are_not_mistaken_for_each_other(ask: Ask, tmp_path: Path) -> None:
    one = make_frames(tmp_path / "one.mp4", EVEN, gop=25)
    other = make_frames(tmp_path / "other.mp4", UNEVEN, gop=5)
    for _ in range(3):
        assert ask(one, VideoFrame(910, 99, 99)).at_ms == 880
        assert ask(other, VideoFrame(910, 99, 99)).at_ms == 910
        assert [picture.at_ms for picture in ask(one, FilmPictures((0, 1000), 30))] == [0, 1000]


def test_that_sealed_and_plain_recordings_give_the_same_frames(workers: MediaWorkers, ask: Ask, tmp_path: Path) -> None:
    clip = make_frames(tmp_path / "clip.mp4", EVEN)
    sealed = seal(clip)
    for at_ms in (3000, 40):
        plain = ask(clip, VideoFrame(at_ms, 192, 192))
        same = workers.submit(VideoFrame(at_ms, 192, 192), sealed).result()
        assert bytes(plain.pixels) == bytes(same.pixels)
    sealed.close()


def test_that_a_recording_from_a_browser_without_length_is_measured(ask: Ask, tmp_path: Path) -> None:
    clip = make_frames(tmp_path / "clip.webm", EVEN, codec="libvpx-vp9", muxing={"live": "1"})
    assert ask(clip, Inspect()).facts.duration_ms == pytest.approx(6000, abs=80)
    assert ask(clip, VideoFrame(5000, 99, 99)).at_ms == 5000


def test_that_a_recording_cut_behind_its_index_is_refused_at_once(ask: Ask, tmp_path: Path) -> None:
    clip = make_frames(tmp_path / "clip.mp4", EVEN, muxing={"movflags": "faststart"})
    data = clip.read_bytes()
    clip.write_bytes(data[: len(data) * 2 // 3])
    assert ask(clip, Inspect(EvidenceKind.VIDEO)).facts.reason == "The file ends early."
    for job in (VideoFrame(5000, 99, 99), FilmPictures((0, 5000), 30)):
        with pytest.raises(EvidenceError, match="ends early"):
            ask(clip, job)


@pytest.mark.parametrize("seed", range(6))
def test_that_damage_in_the_middle_costs_frames_and_never_the_worker(
    workers: MediaWorkers, ask: Ask, tmp_path: Path, seed: int
) -> None:
    pids = workers.worker_pids()
    clip = make_frames(tmp_path / "clip.mp4", EVEN, gop=25)
    data = bytearray(clip.read_bytes())
    begin = data.index(b"mdat") + 8
    for place in range(begin + seed * 97, begin + (len(data) - begin) * 2 // 3, 211):
        data[place] ^= 0x5A
    clip.write_bytes(data)
    for job in (FilmPictures(tuple(range(0, 6000, 500)), 30), VideoFrame(3000, 99, 99), VideoFrame(10, 99, 99)):
        with suppress(EvidenceError):
            ask(clip, job)
    assert workers.worker_pids() == pids
