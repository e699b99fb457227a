"""The files of the evidence benchmark: made anew for each run, each one only when a row asks for it."""

import shutil
import subprocess
from io import BytesIO
from pathlib import Path

from scripts.benches.evidence_report import Plan

WORDS = "the learners explain their thinking to each other and then ask what would happen if"
_H264 = ("-c:v", "libx264", "-preset", "veryfast", "-pix_fmt", "yuv420p", "-b:v", "3M")
CODECS = {
    "h264-gop60": (*_H264, "-g", "60", "-keyint_min", "60", "-sc_threshold", "0"),
    "h264-gop300": (*_H264, "-g", "300", "-keyint_min", "300", "-sc_threshold", "0"),
    "hevc": ("-c:v", "libx265", "-preset", "ultrafast", "-x265-params", "log-level=none:keyint=60", "-b:v", "3M"),
    "vp9": ("-c:v", "libvpx-vp9", "-deadline", "realtime", "-cpu-used", "8", "-g", "60", "-b:v", "3M"),
}
_SCENE = "testsrc2=size=1920x1080:rate=30:duration={},noise=alls=8:allf=t"
_PIECE_S = 20


def has_ffmpeg() -> bool:
    """Whether recordings can be made here."""
    return shutil.which("ffmpeg") is not None


def video(plan: Plan, codec: str, length_s: int) -> Path:
    """1080p at 30 frames a second with a tone; a piece of twenty seconds, repeated."""
    path = plan.folder / f"{codec}-1080p30-{length_s}s.{'webm' if codec == 'vp9' else 'mp4'}"
    if path.exists():
        return path
    piece = plan.folder / f"piece-{path.name}"
    seconds = min(_PIECE_S, length_s)
    sound = ("-c:a", "libopus" if codec == "vp9" else "aac", "-b:a", "96k", "-shortest")
    scene = ("-f", "lavfi", "-i", _SCENE.format(seconds), "-f", "lavfi", "-i", f"sine=440:duration={seconds}")
    _ffmpeg(*scene, *CODECS[codec], *sound, str(piece))
    _ffmpeg("-stream_loop", str(max(0, length_s // seconds - 1)), "-i", str(piece), "-c", "copy", str(path))
    piece.unlink()
    return path


def text_pdf(plan: Plan, pages: int) -> Path:
    """Fifty lines of text on each page."""
    import pymupdf

    path = plan.folder / f"text-{pages}-pages.pdf"
    if not path.exists():
        with pymupdf.open() as document:
            for number in range(pages):
                page = document.new_page(width=595, height=842)
                for line in range(50):
                    page.insert_text((50, 60 + line * 15), f"Page {number + 1}, line {line + 1}: {WORDS}", fontsize=9)
            document.save(path, deflate=True)
    return path


def scans_pdf(plan: Plan, pages: int = 24) -> Path:
    """Grey A4 pages at 300 dots an inch, as JPEG, each a different one."""
    import numpy
    import pymupdf
    from PIL import Image, ImageDraw

    path = plan.folder / f"scans-{pages}-pages-300dpi-grey.pdf"
    if path.exists():
        return path
    random = numpy.random.default_rng(7)
    grain = random.integers(-9, 9, (3508, 2480), dtype=numpy.int16)
    with pymupdf.open() as document:
        for number in range(pages):
            sheet = Image.new("L", (2480, 3508), 240)
            pen = ImageDraw.Draw(sheet)
            for line in range(60):
                pen.text((200, 180 + line * 52), f"{number + 1}.{line + 1} {WORDS}", fill=45, font_size=38)
            grey = numpy.roll(grain, number * 97) + numpy.asarray(sheet)
            stream = BytesIO()
            Image.fromarray(grey.clip(0, 255).astype(numpy.uint8)).save(stream, "JPEG", quality=80)
            page = document.new_page(width=595, height=842)
            page.insert_image(page.rect, stream=stream.getvalue())
        document.save(path)
    return path


def photo(plan: Plan) -> Path:
    """48 megapixels, baseline JPEG, held sideways by the camera."""
    import numpy
    from PIL import Image

    path = plan.folder / "photo-48mp-baseline.jpg"
    if not path.exists():
        random = numpy.random.default_rng(7)
        rough = Image.fromarray(random.integers(0, 255, (375, 500, 3), dtype=numpy.uint8))
        fine = numpy.asarray(rough.resize((8000, 6000), Image.Resampling.BICUBIC), dtype=numpy.int16)
        fine = fine + random.integers(-6, 6, fine.shape, dtype=numpy.int16)
        picture = Image.fromarray(fine.clip(0, 255).astype(numpy.uint8))
        exif = picture.getexif()
        exif[0x0112] = 6
        picture.save(path, exif=exif, quality=88, progressive=False)
    return path


def _ffmpeg(*arguments: str) -> None:
    subprocess.run(["ffmpeg", "-hide_banner", "-loglevel", "error", "-y", *arguments], check=True)
