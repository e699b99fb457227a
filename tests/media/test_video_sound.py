"""How loud a recording is, and the texts inside it."""

from pathlib import Path

import pytest

from tests.media.conftest import Ask
from tests.media.making import make_clip, make_sound, make_tone_mp3
from tests.media.making_recordings import has_encoder, make_sound_of, make_titled
from workbench.errors import EvidenceError
from workbench.media.jobs import Cue, ReadTracks, ReadWaveform

STEPS = (0.0, 1.0, 0.5, 0.0, 0.1, 0.25)
SOUNDS = [
    ("aac", "sound.m4a"),
    ("libmp3lame", "sound.mp3"),
    ("libopus", "sound.webm"),
    ("libvorbis", "sound.ogg"),
    ("flac", "sound.flac"),
    ("pcm_s16le", "sound.wav"),
    ("pcm_u8", "sound.wav"),
    ("pcm_s32le", "sound.mkv"),
    ("pcm_f32le", "sound.mkv"),
]


@pytest.mark.parametrize(("codec", "name"), SOUNDS)
def test_that_the_waveform_follows_the_loudness_whatever_the_codec(
    ask: Ask, tmp_path: Path, codec: str, name: str
) -> None:
    if not has_encoder(codec):
        pytest.skip(f"no encoder {codec} here")
    sound = make_sound_of(tmp_path / name, STEPS, codec)
    # Half a second each; in the middle of it, away from where codecs smear.
    peaks = [ask(sound, ReadWaveform(500 * place + 150, 500 * place + 350, 1)).peaks[0] for place in range(len(STEPS))]
    assert peaks == pytest.approx([round(255 * step) for step in STEPS], abs=24)


def test_that_parts_give_the_same_as_the_whole(ask: Ask, tmp_path: Path) -> None:
    sound = make_sound_of(tmp_path / "sound.m4a", STEPS, "aac")
    whole = ask(sound, ReadWaveform(0, 3000, 30)).peaks
    parts = [peak for part in range(3) for peak in ask(sound, ReadWaveform(part * 1000, part * 1000 + 1000, 10)).peaks]
    assert len(whole) == 30
    assert parts == pytest.approx(list(whole), abs=6)


def test_that_silence_is_zero_before_after_and_where_there_is_no_sound(ask: Ask, tmp_path: Path) -> None:
    silent = make_clip(tmp_path / "silent.mp4", sound=False)
    assert ask(silent, ReadWaveform(0, 2000, 5)).peaks == (0, 0, 0, 0, 0)
    sound = make_sound(tmp_path / "talk.m4a", 1000)
    assert ask(sound, ReadWaveform(5000, 9000, 4)).peaks == (0, 0, 0, 0)
    peaks = ask(sound, ReadWaveform(0, 4000, 4)).peaks
    assert peaks[0] > 40
    assert peaks[2:] == (0, 0)


def test_that_the_sound_of_a_video_counts_from_its_first_frame(ask: Ask, tmp_path: Path) -> None:
    clip = make_clip(tmp_path / "clip.mkv", first_ms=1000)
    assert ask(clip, ReadWaveform(0, 900, 9)).peaks == pytest.approx([51] * 9, abs=8)
    assert ask(clip, ReadWaveform(1100, 2000, 3)).peaks == (0, 0, 0)


@pytest.mark.parametrize("job", [ReadWaveform(5, 5, 1), ReadWaveform(-1, 5, 1), ReadWaveform(0, 5, 10**9)])
def test_that_senseless_parts_are_refused(ask: Ask, tmp_path: Path, job: ReadWaveform) -> None:
    with pytest.raises(EvidenceError, match="no such part"):
        ask(make_tone_mp3(tmp_path / "tone.mp3"), job)


def test_that_texts_inside_a_recording_are_found_without_their_markup(ask: Ask, tmp_path: Path) -> None:
    lines = [(400, b"<i>Guten Tag</i>, wir <font color=red>rechnen</font>\nheute"), (2000, b"Ende & aus")]
    clip = make_titled(tmp_path / "clip.mkv", "subrip", lines)
    (track,) = ask(clip, ReadTracks())
    assert track.language == "deu"
    assert track.cues == (
        Cue(start_ms=400, end_ms=1200, text="Guten Tag, wir rechnen\nheute"),
        Cue(start_ms=2000, end_ms=2800, text="Ende & aus"),
    )


@pytest.mark.parametrize(
    ("codec", "name", "line"),
    [
        ("mov_text", "clip.mp4", b"\x00\x0aOne, two\n3"),
        ("webvtt", "clip.mkv", b"<v Ann>One,</v> two\n<c.loud>3</c>"),
        ("ass", "clip.mkv", b"0,0,Default,,0,0,0,,{\\b1}One,{\\b0} two\\N3"),
    ],
)
def test_that_every_kind_of_text_track_reads_the_same(
    ask: Ask, tmp_path: Path, codec: str, name: str, line: bytes
) -> None:
    (track,) = ask(make_titled(tmp_path / name, codec, [(800, line)]), ReadTracks())
    assert track.cues == (Cue(start_ms=800, end_ms=1600, text="One, two\n3"),)


def test_that_broken_texts_are_left_out_and_there_may_be_none(ask: Ask, tmp_path: Path) -> None:
    clip = make_titled(
        tmp_path / "clip.mp4", "mov_text", [(0, b"\xff\xff"), (800, b"\x00\x02\xff\xfe"), (1600, b"\x00\x02ok")]
    )
    assert [cue.text for track in ask(clip, ReadTracks()) for cue in track.cues][-1:] == ["ok"]
    assert ask(make_clip(tmp_path / "plain.mp4"), ReadTracks()) == ()
