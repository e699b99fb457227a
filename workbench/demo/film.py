"""Makes one lesson film: pictures, sound and WebVTT captions from the same list of things said."""

import zlib
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

import av
import numpy as np
from av.video.reformatter import VideoReformatter
from PySide6.QtGui import QImage, QPainter

from workbench.demo import classroom, sound
from workbench.demo.cases import Case

FRAMES_PER_S = 10
LEAD_IN_S = 1.5
PAUSE_S = 0.5
_PITCHES_HZ = (182.0, 262.0, 294.0, 236.0, 310.0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One thing said, placed in time. `speaker`: 0 the teacher, then whoever spoke first."""

    start_s: float
    end_s: float
    speaker: int
    name: str
    words: str
    shot: str


def script(case: Case) -> tuple[Line, ...]:
    """Everything said in the film, in order."""
    cast = ["Teacher"]
    lines: list[Line] = []
    at_s = LEAD_IN_S
    for index, talk in enumerate(case.talk):
        if talk.speaker not in cast:
            cast.append(talk.speaker)
        speaker = cast.index(talk.speaker)
        end_s = at_s + 0.8 + 0.24 * len(talk.words.split())
        shot = _shot(case.scene, speaker, index)
        lines.append(Line(start_s=at_s, end_s=end_s, speaker=speaker, name=talk.speaker, words=talk.words, shot=shot))
        at_s = end_s + PAUSE_S
    return tuple(lines)


def captions(case: Case) -> str:
    """The film's captions as WebVTT."""
    cues = [
        f"{index}\n{_clock(line.start_s)} --> {_clock(line.end_s)}\n<v {line.name}>{line.words}"
        for index, line in enumerate(script(case), start=1)
    ]
    return "WEBVTT\n\n" + "\n\n".join(cues) + "\n"


def make_film(case: Case, path: Path) -> None:
    """Write the film as MP4: H.264 640 by 360 with AAC sound, the same bytes on every run on one machine."""
    lines = script(case)
    seconds = lines[-1].end_s + 1.5
    voices = _voices(case, lines, seconds)
    with av.open(str(path), "w", format="mp4", options={"movflags": "+faststart"}) as container:
        video = container.add_stream("libx264", rate=FRAMES_PER_S, options={"preset": "ultrafast", "crf": "25"})
        video.width, video.height, video.pix_fmt = classroom.WIDTH, classroom.HEIGHT, "yuv420p"
        video.codec_context.thread_count = 1
        video.codec_context.gop_size = FRAMES_PER_S * 2
        audio = container.add_stream("aac", rate=sound.RATE, options={"b": "48000"})
        audio.codec_context.layout = "mono"
        _write_pictures(container, video, case, lines, voices, seconds)
        _write_sound(container, audio, voices + sound.room_tone(seconds, _seed(case)))


def _write_pictures(
    container: "av.container.OutputContainer",
    stream: "av.VideoStream",
    case: Case,
    lines: tuple[Line, ...],
    voices: sound.Wave,
    seconds: float,
) -> None:
    room = classroom.Room(case)
    reformatter = VideoReformatter()
    canvas = QImage(classroom.WIDTH, classroom.HEIGHT, QImage.Format.Format_RGB32)
    for number in range(int(seconds * FRAMES_PER_S)):
        at_s = number / FRAMES_PER_S
        line = next((line for line in reversed(lines) if line.start_s <= at_s), None)
        moment = classroom.Moment(
            at_s=at_s,
            speaker=line.speaker if line and at_s < line.end_s else -1,
            mouth=sound.mouth_opening(voices, at_s),
            written=min(1.0, at_s / (0.45 * seconds)),
        )
        painter = QPainter(canvas)
        room.paint(painter, line.shot if line else _shot(case.scene, 0, 0), moment)
        painter.end()
        pixels = np.frombuffer(canvas.constBits(), np.uint8).reshape(classroom.HEIGHT, classroom.WIDTH, 4)
        frame = reformatter.reformat(av.VideoFrame.from_ndarray(pixels, format="bgra"), format="yuv420p")
        frame.pts, frame.time_base = number, Fraction(1, FRAMES_PER_S)
        container.mux(stream.encode(frame))
    container.mux(stream.encode(None))


def _write_sound(container: "av.container.OutputContainer", stream: "av.AudioStream", wave: sound.Wave) -> None:
    for start in range(0, wave.size, 1024):
        frame = av.AudioFrame.from_ndarray(wave[None, start : start + 1024], format="fltp", layout="mono")
        frame.sample_rate, frame.pts, frame.time_base = sound.RATE, start, Fraction(1, sound.RATE)
        container.mux(stream.encode(frame))
    container.mux(stream.encode(None))


def _voices(case: Case, lines: tuple[Line, ...], seconds: float) -> sound.Wave:
    track = np.zeros(int(seconds * sound.RATE), np.float32)
    for index, line in enumerate(lines):
        length_s = line.end_s - line.start_s - 0.3
        syllables = max(2, round(length_s * 4.4))
        wave = sound.murmur(syllables, length_s, _PITCHES_HZ[line.speaker % 5], _seed(case) + index)
        start = int((line.start_s + 0.1) * sound.RATE)
        track[start : start + wave.size] += wave
    return track


def _shot(scene: str, speaker: int, index: int) -> str:
    if scene == "meeting":
        return "meeting"
    if speaker > 0:
        return "table"
    return "board" if index % 3 == 2 else "wide"


def _seed(case: Case) -> int:
    return zlib.crc32(case.id.encode())


def _clock(at_s: float) -> str:
    milliseconds = round(at_s * 1000)
    return f"{milliseconds // 60000:02d}:{milliseconds // 1000 % 60:02d}.{milliseconds % 1000:03d}"
