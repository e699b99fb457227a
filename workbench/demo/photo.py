"""Makes photographs of student work: a drawn sheet on a desk, in uneven light, held the way phones store it."""

import io
import random
from pathlib import Path

import numpy as np
from PIL import Image
from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QColor, QImage, QLinearGradient, QPainter, QPen, QPolygonF, Qt, QTransform

from workbench.demo.cases import Work
from workbench.demo.classroom import bars, strips
from workbench.demo.handwriting import wrapped, write

SHEET = (820, 1060)
PHOTO = (960, 1280)
_TURNS = {6: Image.Transpose.ROTATE_90, 8: Image.Transpose.ROTATE_270, 3: Image.Transpose.ROTATE_180}
"""How upright pixels are stored so that the EXIF orientation turns them upright again."""
_PENS = ("#2d3a66", "#4a4a50", "#27303f", "#5a3f6e")


def make_photo(work: Work, name: str, path: Path) -> None:
    """Write one JPEG whose EXIF orientation is 6, 8 or 3; the same bytes on every run."""
    lot = random.Random(name)
    upright = _lit(_on_desk(_sheet(work, lot), lot), lot)
    orientation = lot.choice(tuple(_TURNS))
    stored = upright.transpose(_TURNS[orientation])
    exif = Image.Exif()
    exif[0x0112] = orientation
    exif[0x0132] = "2026:11:12 10:24:00"
    buffer = io.BytesIO()
    stored.save(buffer, "JPEG", quality=84, exif=exif)
    path.write_bytes(buffer.getvalue())


def _sheet(work: Work, lot: random.Random) -> QImage:
    """The flat sheet: ruled paper, heading, handwriting, drawings and the teacher's remark."""
    width, height = SHEET
    sheet = QImage(width, height, QImage.Format.Format_ARGB32_Premultiplied)
    sheet.fill(QColor(lot.choice(("#fdfbf3", "#fbfaf6", "#fff9e8"))))
    painter = QPainter(sheet)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    _rules(painter, lot.random() < 0.7)
    pen = QColor(lot.choice(_PENS))
    write(painter, work.heading, (112, 116), 46, pen.darker(120), seed=lot.randrange(99), pen=0.12)
    y = _lines(painter, work, pen, lot)
    room = QRectF(120, y + 10, width - 210, min(340, height - y - 190))
    if work.strips:
        strips(painter, QRectF(room.left(), room.top(), room.width(), 96 * len(work.strips)), work.strips, pen)
        y += 96 * len(work.strips)
    if work.bars:
        bars(painter, room, work.bars, pen)
        y = room.bottom()
    if work.remark:
        _remark(painter, work.remark, y, lot)
    painter.end()
    return sheet


def _rules(painter: QPainter, ruled: bool) -> None:
    width, height = SHEET
    if ruled:
        painter.setPen(QPen(QColor(120, 160, 205, 105), 1.6))
        for y in range(136, height - 30, 60):
            painter.drawLine(0, y, width, y)
        painter.setPen(QPen(QColor(214, 96, 96, 140), 2))
        painter.drawLine(88, 0, 88, height)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor("#6d4f33"))
    for y in (150, height // 2, height - 150):
        painter.drawEllipse(QPointF(42, y), 13, 13)


def _lines(painter: QPainter, work: Work, pen: QColor, lot: random.Random) -> float:
    y = 192.0
    for line in work.lines:
        indent = len(line) - len(line.lstrip())
        for part in wrapped(line.strip(), 34, SHEET[0] - 190 - indent * 12):
            place = (112 + indent * 12 + lot.uniform(-5, 5), y + lot.uniform(-3, 3))
            write(painter, part, place, 34 + lot.uniform(-2, 2), pen, seed=lot.randrange(999), pen=0.12)
            y += 60
    return y


def _remark(painter: QPainter, remark: str, y: float, lot: random.Random) -> None:
    painter.save()
    painter.translate(lot.uniform(210, 300), min(SHEET[1] - 70, y + 92))
    painter.rotate(lot.uniform(-7, -3))
    write(painter, remark, (0, 0), 32, QColor("#2f7d4f"), seed=5, pen=0.14)
    painter.restore()


def _on_desk(sheet: QImage, lot: random.Random) -> QImage:
    """The sheet as a phone sees it lying on a desk."""
    width, height = PHOTO
    photo = QImage(width, height, QImage.Format.Format_RGB32)
    painter = QPainter(photo)
    painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform)
    _desk(painter, lot)
    corners = QPolygonF(
        [
            QPointF(x + lot.uniform(-26, 26), y + lot.uniform(-26, 26))
            for x, y in ((92, 86), (width - 82, 70), (width - 48, height - 70), (60, height - 84))
        ]
    )
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(20, 10, 0, 12))
    for spread in range(10):
        painter.drawPolygon(corners.translated(3 + spread * 1.6, 4 + spread * 1.9))
    flat = QPolygonF(QRectF(0, 0, *SHEET))
    flat.pop_back()
    painter.setTransform(_warp(flat, corners))
    painter.drawImage(0, 0, sheet)
    painter.resetTransform()
    _pencil(painter, lot)
    painter.end()
    return photo


def _warp(flat: QPolygonF, corners: QPolygonF) -> QTransform:
    transform = QTransform()
    QTransform.quadToQuad(flat, corners, transform)
    return transform


def _desk(painter: QPainter, lot: random.Random) -> None:
    width, height = PHOTO
    wood = QLinearGradient(0, 0, width, height * 0.4)
    wood.setColorAt(0, QColor("#b98a59"))
    wood.setColorAt(1, QColor("#9b6f43"))
    painter.fillRect(0, 0, width, height, wood)
    for _ in range(70):
        y = lot.uniform(0, height)
        painter.setPen(QPen(QColor(70, 40, 15, lot.randrange(12, 46)), lot.uniform(1, 4)))
        painter.drawLine(QPointF(0, y), QPointF(width, y + lot.uniform(-26, 26)))


def _pencil(painter: QPainter, lot: random.Random) -> None:
    painter.translate(lot.uniform(560, 700), lot.uniform(1130, 1190))
    painter.rotate(lot.uniform(-22, -8))
    painter.setPen(Qt.PenStyle.NoPen)
    for box, color in (
        (QRectF(4, 7, 330, 16), "#4a331f40"),
        (QRectF(0, 0, 300, 16), "#e2a93b"),
        (QRectF(0, 10, 300, 6), "#c58a24"),
        (QRectF(-34, 0, 18, 16), "#d98a8a"),
        (QRectF(-16, 0, 16, 16), "#b9bfc6"),
    ):
        shade = QColor(74, 51, 31, 60) if len(color) > 7 else QColor(color)
        painter.setBrush(shade)
        painter.drawRoundedRect(box, 2, 2)
    painter.setBrush(QColor("#e9cda4"))
    painter.drawPolygon(QPolygonF([QPointF(300, 0), QPointF(340, 8), QPointF(300, 16)]))
    painter.setBrush(QColor("#333333"))
    painter.drawPolygon(QPolygonF([QPointF(328, 5.6), QPointF(340, 8), QPointF(328, 10.4)]))
    painter.resetTransform()


def _lit(photo: QImage, lot: random.Random) -> Image.Image:
    """Uneven light, a hand's shadow, a colour cast and the grain of a small sensor."""
    width, height = PHOTO
    pixels = np.frombuffer(photo.constBits(), np.uint8).reshape(height, width, 4)[..., 2::-1].astype(np.float32)
    down = np.linspace(-1, 1, height, dtype=np.float32)[:, None]
    across = np.linspace(-1, 1, width, dtype=np.float32)[None, :]
    bright_x, bright_y = lot.uniform(-0.7, 0.7), lot.uniform(-0.8, 0)
    light = 1.06 - 0.20 * ((across - bright_x) ** 2 + (down - bright_y) ** 2)
    edge = across * lot.uniform(0.5, 1) + down * lot.uniform(0.8, 1.2) - lot.uniform(0.75, 1.1)
    light -= 0.22 / (1 + np.exp(-edge * 9))
    cast = np.array((1.02, 0.985, lot.uniform(0.88, 0.95)), np.float32)
    grain = np.random.default_rng(lot.randrange(1 << 30)).standard_normal((160, 160), np.float32) * 5
    tiles = (-(-height // 160), -(-width // 160))
    lit = pixels * light[..., None] * cast + np.tile(grain, tiles)[:height, :width, None]
    return Image.fromarray(np.clip(lit, 0, 255).astype(np.uint8))
