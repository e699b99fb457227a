"""A picture of Qt's player as pixels of our own, through the same converter as the pictures that stand still.

So colours stay when playing stops, and kinds of pixels that Qt cannot turn into an image without a graphics card
(what phones record in HDR) are shown as well.
"""

from typing import TYPE_CHECKING

from PySide6.QtGui import QImage
from PySide6.QtMultimedia import QVideoFrame, QVideoFrameFormat

from workbench.decoding.frames import Raster, upright

if TYPE_CHECKING:
    from av.video.frame import VideoFrame

_Pixels = QVideoFrameFormat.PixelFormat
_NAMES = {
    _Pixels.Format_YUV420P: "yuv420p",
    _Pixels.Format_YUV422P: "yuv422p",
    _Pixels.Format_YUV420P10: "yuv420p10le",
    _Pixels.Format_NV12: "nv12",
    _Pixels.Format_P010: "p010le",
    _Pixels.Format_P016: "p016le",
}
_Spaces = QVideoFrameFormat.ColorSpace
_SPACES = {_Spaces.ColorSpace_BT709: 1, _Spaces.ColorSpace_BT601: 6, _Spaces.ColorSpace_BT2020: 9}
_UNSAID, _FULL = 2, 2


def raster_of(shown: QVideoFrame, max_width: int, max_height: int, at_ms: int) -> Raster | None:
    """The upright picture to fit; None for pixels of a kind that cannot be converted."""
    name = _NAMES.get(shown.pixelFormat())
    if name is None or not shown.map(QVideoFrame.MapMode.ReadOnly):
        return _by_image(shown, max_width, max_height, at_ms)
    try:
        frame = _copied(shown, name)
    finally:
        shown.unmap()
    turns = shown.surfaceFormat().rotation().value // 90
    return upright(frame, max_width, max_height, at_ms, turns=turns)


def _copied(shown: QVideoFrame, name: str) -> "VideoFrame":
    from av.video.frame import VideoFrame

    form = shown.surfaceFormat()
    frame = VideoFrame(shown.width(), shown.height(), name)
    for number, plane in enumerate(frame.planes):
        _fill(memoryview(plane), plane.line_size, memoryview(shown.bits(number)), shown.bytesPerLine(number))
    frame.colorspace = _SPACES.get(form.colorSpace(), _UNSAID)
    frame.color_range = _FULL if form.colorRange() == QVideoFrameFormat.ColorRange.ColorRange_Full else 1
    return frame


def _fill(target: memoryview, target_row: int, source: memoryview, source_row: int) -> None:
    if target_row == source_row and len(source) >= len(target):
        target[:] = source[: len(target)]
        return
    width = min(target_row, source_row)
    for row in range(min(len(target) // target_row, len(source) // source_row)):
        target[row * target_row : row * target_row + width] = source[row * source_row : row * source_row + width]


def _by_image(shown: QVideoFrame, max_width: int, max_height: int, at_ms: int) -> Raster | None:
    from av.video.frame import VideoFrame

    image = shown.toImage().convertToFormat(QImage.Format.Format_RGB32)
    if image.isNull():
        return None
    frame = VideoFrame(image.width(), image.height(), "bgra")
    _fill(memoryview(frame.planes[0]), frame.planes[0].line_size, image.constBits(), image.bytesPerLine())  # type: ignore[arg-type]
    return upright(frame, max_width, max_height, at_ms)
