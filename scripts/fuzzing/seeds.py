"""Whole files to break: real ones from the folder beside the repository where it stands, and small ones made here."""

import hashlib
import io
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import Any

SHARED = Path(__file__).parents[3] / "shared" / "evidence"
LARGEST = 400_000
"""Bytes. Larger files of the folder are left out: each would cost as much as ten others."""

PDF, IMAGE, RECORDING, TEXT = "pdf", "image", "recording", "text"
_GROUPS = {
    PDF: ("pdf",),
    IMAGE: ("jpg", "png", "tiff", "webp", "gif", "heic"),
    RECORDING: ("mp4", "mov", "webm", "m4a"),
    TEXT: ("md", "vtt", "srt", "csv", "docx", "pptx"),
}
_LIBRARIES = {"pdf": "MuPDF", "heic": "libheif", "docx": "lxml and python-docx", "pptx": "lxml and python-pptx"}
# The writer of captions opens only with a style.
_CAPTION_STYLE = b"""[Script Info]
ScriptType: v4.00+
[V4+ Styles]
Format: Name, Fontname, Fontsize, PrimaryColour, SecondaryColour, OutlineColour, BackColour, Bold, Italic, Underline, \
StrikeOut, ScaleX, ScaleY, Spacing, Angle, BorderStyle, Outline, Shadow, Alignment, MarginL, MarginR, MarginV, Encoding
Style: Default,Arial,16,16777215,16777215,0,0,0,0,0,0,100,100,0,0,1,1,0,2,10,10,10,0
[Events]
Format: Layer, Start, End, Style, Name, MarginL, MarginR, MarginV, Effect, Text
"""
_STARTED_AT = (2026, 1, 1, 0, 0, 0)


@dataclass(frozen=True, slots=True)
class Seed:
    """A whole file: its name, its ending, its group and its bytes."""

    name: str
    ending: str
    group: str
    data: bytes

    @property
    def digest(self) -> str:
        """SHA-256, by which another run knows whether it breaks the same bytes."""
        return hashlib.sha256(self.data).hexdigest()

    @property
    def library(self) -> str:
        """Which library reads such a file in a decode worker."""
        return {RECORDING: "FFmpeg (PyAV)", IMAGE: "Pillow", TEXT: "our own"}.get(
            self.group if self.ending not in _LIBRARIES else "", _LIBRARIES.get(self.ending, "")
        )


def all_seeds() -> dict[str, dict[str, list[Seed]]]:
    """By group, then by ending; each ending has at least one seed."""
    found: dict[str, dict[str, list[Seed]]] = {
        group: {ending: [] for ending in endings} for group, endings in _GROUPS.items()
    }
    for name, data in _with_open_streams([*_shared(), *_made()]):
        ending = name.rpartition(".")[2]
        group = next((group for group, endings in _GROUPS.items() if ending in endings), None)
        if group is not None:
            found[group][ending].append(Seed(name, ending, group, data))
    return found


def _shared() -> Iterator[tuple[str, bytes]]:
    if SHARED.is_dir():
        for file in sorted(SHARED.iterdir()):
            if file.stat().st_size <= LARGEST and file.name != "README.md":
                yield file.name, file.read_bytes()


def _with_open_streams(files: list[tuple[str, bytes]]) -> Iterator[tuple[str, bytes]]:
    """The files, and each PDF once more with its streams unpacked: what is broken there reaches the interpreter."""
    import pymupdf

    pymupdf.TOOLS.mupdf_display_errors(False)
    for name, data in files:
        yield name, data
        if name.endswith(".pdf") and data.startswith(b"%PDF"):
            with pymupdf.open(stream=data) as document:
                unpacked = (
                    b"" if document.needs_pass or not len(document) else document.tobytes(expand=255, no_new_id=True)
                )
            if 0 < len(unpacked) <= LARGEST:
                yield f"unpacked-{name}", unpacked


def _made() -> Iterator[tuple[str, bytes]]:
    yield "made.pdf", _pdf()
    for ending, form in (("jpg", "JPEG"), ("png", "PNG"), ("tiff", "TIFF"), ("webp", "WEBP"), ("gif", "GIF")):
        yield f"made.{ending}", _image(form)
    yield "made.heic", _heic()
    for ending, video, sound in (("mp4", "libx264", "aac"), ("mov", "libx264", "aac"), ("webm", "libvpx", "libopus")):
        yield f"made.{ending}", _recording(ending, video, sound)
    yield "made.m4a", _recording("m4a", "", "aac")
    yield "captioned.mp4", _recording("mp4", "libx264", "aac", has_captions=True)
    yield "made.md", b"# Reflection\n\nMarker one: the *wait time*.\n\n- a\n- b\n\n| a | b |\n|---|---|\n" * 8
    yield "made.vtt", b"WEBVTT\n\n" + _cues(".")
    yield "made.srt", _cues(",")
    yield "made.csv", b"pupil,score\n" + b"".join(b"%d,%d\n" % (number, number * 7 % 100) for number in range(60))
    yield "made.docx", _docx()
    yield "made.pptx", _pptx()


def _pdf() -> bytes:
    import pymupdf

    with pymupdf.open() as document:
        for number in range(4):
            page = document.new_page(width=300, height=400)
            page.draw_rect(pymupdf.Rect(20, 20, 150, 200), color=None, fill=(0.8, 0.1 * number, 0))
            page.insert_text((30, 300), f"The lesson plan, page {number}")
        page.insert_image(pymupdf.Rect(160, 20, 280, 140), stream=_image("JPEG"))
        document.set_toc([[1, "Plan", 1], [2, "Details", 2]])
        data: bytes = document.tobytes(no_new_id=True)
        return data


def _pixels(shift: int = 0, size: tuple[int, int] = (96, 64)) -> Any:
    import numpy as np

    rows, columns = np.mgrid[0 : size[1], 0 : size[0]]
    return np.dstack([rows * 3 + shift, columns * 2, (rows + columns) * 2 - shift]).astype(np.uint8)


def _image(form: str) -> bytes:
    from PIL import Image

    image, stream = Image.fromarray(_pixels()), io.BytesIO()
    exif = image.getexif()
    exif[0x0112] = 6
    more = {"save_all": True, "append_images": [Image.fromarray(_pixels(40))]} if form in ("TIFF", "GIF") else {}
    with_exif = {"exif": exif} if form in ("JPEG", "PNG", "WEBP") else {}
    image.save(stream, form, **with_exif, **more)
    return stream.getvalue()


def _heic() -> bytes:
    import pillow_heif

    stream = io.BytesIO()
    pillow_heif.from_bytes("RGB", (96, 64), _pixels().tobytes()).save(stream, quality=60)
    return stream.getvalue()


def _recording(ending: str, video_codec: str, sound_codec: str, *, has_captions: bool = False) -> bytes:
    """Two seconds, a key frame each half second; encoded in one thread, so that it is always the same."""
    import av

    stream = io.BytesIO()
    form = {"m4a": "ipod"}.get(ending, ending)
    with av.open(stream, "w", format=form, container_options={"fflags": "+bitexact"}) as container:
        video = container.add_stream(video_codec, rate=25) if video_codec else None
        sound = container.add_stream(sound_codec, rate=48000, layout="mono")
        captions = container.add_stream("mov_text") if has_captions else None
        if captions is not None:
            captions.codec_context.subtitle_header = _CAPTION_STYLE
            captions.codec_context.time_base = Fraction(1, 1000)
        if video is not None:
            _add_pictures(container, video)
        _add_tone(container, sound)
        if captions is not None:
            _add_captions(container, captions)
    return stream.getvalue()


def _add_pictures(container: Any, video: Any) -> None:
    import av

    video.width, video.height, video.pix_fmt = 160, 96, "yuv420p"
    video.codec_context.thread_count = 1
    video.codec_context.gop_size = 12
    if video.codec_context.name == "libx264":
        video.codec_context.options = {"preset": "ultrafast", "tune": "zerolatency", "x264-params": "threads=1"}
    video.codec_context.flags |= av.codec.context.Flags.bitexact
    for number in range(50):
        frame = av.VideoFrame.from_ndarray(_pixels(number * 4, (160, 96)), format="rgb24")
        frame.pts, frame.time_base = number, Fraction(1, 25)
        container.mux(video.encode(frame))
    container.mux(video.encode(None))


def _add_tone(container: Any, sound: Any) -> None:
    import av
    import numpy as np

    sound.codec_context.flags |= av.codec.context.Flags.bitexact
    wave = (np.sin(np.arange(96_000) / 17) * 0.2).astype(np.float32)[None]
    for start in range(0, wave.shape[1], 960):
        frame = av.AudioFrame.from_ndarray(wave[:, start : start + 960], format="flt", layout="mono")
        frame.rate, frame.pts, frame.time_base = 48000, start, Fraction(1, 48000)
        container.mux(sound.encode(frame))
    container.mux(sound.encode(None))


def _add_captions(container: Any, captions: Any) -> None:
    import av

    for number in range(4):
        words = f"Cue {number}: <b>why</b>?".encode()
        packet = av.Packet(len(words).to_bytes(2, "big") + words)
        packet.stream, packet.pts, packet.dts = captions, number * 500, number * 500
        packet.duration, packet.time_base = 400, Fraction(1, 1000)
        container.mux(packet)


def _cues(point: str) -> bytes:
    return "".join(
        f"{number}\n00:00:{number:02}{point}000 --> 00:00:{number:02}{point}900\nPupil {number}: <i>why</i>?\n\n"
        for number in range(1, 30)
    ).encode()


def _docx() -> bytes:
    from docx import Document

    document, stream = Document(), io.BytesIO()
    document.add_heading("Lesson plan", 1)
    for number in range(6):
        document.add_paragraph(f"Step {number}: ask, wait, listen.", style="List Bullet" if number % 2 else None)
    document.add_table(rows=3, cols=2).cell(0, 0).text = "Aim"
    document.add_picture(io.BytesIO(_image("PNG")))
    document.save(stream)
    return _without_times(stream.getvalue())


def _pptx() -> bytes:
    from pptx import Presentation

    show, stream = Presentation(), io.BytesIO()
    for number in range(2):
        slide = show.slides.add_slide(show.slide_layouts[1])
        slide.shapes.title.text = f"Slide {number}"
        slide.placeholders[1].text_frame.text = "Wait time"
    slide.shapes.add_picture(io.BytesIO(_image("PNG")), 0, 0)
    show.save(stream)
    return _without_times(stream.getvalue())


def _without_times(package: bytes) -> bytes:
    """The same package with one date for all parts: made twice, it is the same twice."""
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(package)) as old, zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as new:
        for name in sorted(old.namelist()):
            new.writestr(zipfile.ZipInfo(name, _STARTED_AT), old.read(name), zipfile.ZIP_DEFLATED)
    return stream.getvalue()
