"""Draws people, flat and friendly. Knows poses and looks; knows nothing of rooms or time."""

import math
import random
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen, QPolygonF, Qt

SKINS = ("#f2c9a5", "#e0a878", "#c68857", "#9a6240", "#6f4630", "#efd0b4")
HAIRS = ("#2b1d16", "#4a2f20", "#7a4a26", "#1d1a1f", "#a8682f", "#3a2a20")
SHIRTS = ("#d9694f", "#3f7cac", "#e0a33a", "#5a9367", "#8a5a9e", "#2f8f8b", "#c9527b", "#6b7fd7", "#b5793c")
STYLES = ("short", "bob", "curly", "bun", "short", "long", "scarf", "curly")


@dataclass(frozen=True, slots=True)
class Look:
    """What one person looks like, the whole film through."""

    skin: str
    hair: str
    shirt: str
    style: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Pose:
    """Arms in degrees from hanging (0) over sideways (90) to raised (170); `talk` 0 to 1; `gaze` -1 to 1."""

    left: float = 8
    right: float = 8
    left_bend: float = 10
    right_bend: float = 10
    talk: float = 0
    gaze: float = 0
    blink: bool = False
    back: bool = False
    smile: float = 0.6


def draw_looks(source: random.Random, count: int) -> list[Look]:
    """People drawn by lot, neighbours unlike each other."""
    turns = [source.randrange(9) for _ in range(4)]
    ways = tuple(zip((SKINS, HAIRS, SHIRTS, STYLES), turns, (1, 5, 4, 3), strict=True))
    return [
        Look(*(options[(turn + index * stride) % len(options)] for options, turn, stride in ways))
        for index in range(count)
    ]


def person(painter: QPainter, x: float, feet_y: float, height: float, look: Look, pose: Pose) -> None:
    """A whole person of `height` pixels, standing on (x, feet_y)."""
    painter.save()
    painter.translate(x, feet_y)
    painter.scale(height / 100, height / 100)
    _legs(painter)
    _arm(painter, look, -1, pose.left, pose.left_bend)
    _torso(painter, look)
    _arm(painter, look, 1, pose.right, pose.right_bend)
    _head(painter, look, pose)
    painter.restore()


def _solid(painter: QPainter, color: str | QColor) -> None:
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(color))


def _legs(painter: QPainter) -> None:
    _solid(painter, "#3a4150")
    painter.drawRoundedRect(QRectF(-12, -44, 11, 43), 4, 4)
    painter.drawRoundedRect(QRectF(1, -44, 11, 43), 4, 4)
    _solid(painter, "#23272f")
    painter.drawRoundedRect(QRectF(-15, -4, 14, 5), 2.5, 2.5)
    painter.drawRoundedRect(QRectF(1, -4, 14, 5), 2.5, 2.5)


def _torso(painter: QPainter, look: Look) -> None:
    shape = QPainterPath(QPointF(-13, -73))
    shape.cubicTo(-19, -72, -18, -60, -16, -40)
    shape.lineTo(16, -40)
    shape.cubicTo(18, -60, 19, -72, 13, -73)
    shape.closeSubpath()
    _solid(painter, look.shirt)
    painter.drawPath(shape)
    _solid(painter, QColor(look.shirt).darker(116))
    painter.drawPolygon(QPolygonF([QPointF(-5, -74), QPointF(5, -74), QPointF(0, -65)]))
    _solid(painter, look.skin)
    painter.drawRect(QRectF(-4, -79, 8, 8))


def _arm(painter: QPainter, look: Look, side: int, lift: float, bend: float) -> None:
    shoulder = QPointF(side * 14.5, -68)
    angle = math.radians(lift)
    elbow = shoulder + QPointF(side * math.sin(angle) * 17, math.cos(angle) * 17)
    further = math.radians(lift + bend)
    hand = elbow + QPointF(side * math.sin(further) * 15, math.cos(further) * 15)
    pen = QPen(QColor(look.shirt).darker(108), 8.5, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap)
    painter.setPen(pen)
    painter.drawLine(shoulder, elbow)
    pen.setWidthF(7)
    painter.setPen(pen)
    painter.drawLine(elbow, elbow + (hand - elbow) * 0.72)
    _solid(painter, look.skin)
    painter.drawEllipse(hand, 4.4, 4.4)


def _head(painter: QPainter, look: Look, pose: Pose) -> None:
    center = QPointF(pose.gaze * 1.2, -88)
    if look.style in ("long", "bob", "scarf"):
        length = {"long": 27, "bob": 19, "scarf": 24}[look.style]
        _solid(painter, QColor(look.hair).darker(112) if look.style != "scarf" else QColor(look.shirt).lighter(125))
        painter.drawRoundedRect(QRectF(center.x() - 12.5, center.y() - 11, 25, length), 10, 10)
    _solid(painter, look.skin)
    painter.drawEllipse(center, 11, 12)
    if pose.back:
        _hair(painter, look, center, covers=True)
        return
    _face(painter, look, pose, center)
    _hair(painter, look, center, covers=False)


def _face(painter: QPainter, look: Look, pose: Pose, center: QPointF) -> None:
    shift = QPointF(pose.gaze * 2.6, 0)
    _solid(painter, QColor(look.skin).darker(110))
    painter.drawEllipse(center + shift + QPointF(0, 2.6), 1.7, 1.4)
    _solid(painter, "#2a211d")
    for side in (-4, 4):
        eye = center + shift + QPointF(side, -0.6)
        painter.drawEllipse(eye, 1.35, 0.35 if pose.blink else 1.6)
    mouth = center + shift + QPointF(0, 6.4)
    if pose.talk > 0.15:
        _solid(painter, "#7d2f2f")
        painter.drawEllipse(mouth, 2.6, 0.7 + 1.9 * pose.talk)
        return
    curve = QPainterPath(mouth + QPointF(-3, -0.4))
    curve.quadTo(mouth + QPointF(0, 1.2 + 1.6 * pose.smile), mouth + QPointF(3, -0.4))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(QColor("#7d3a34"), 1.1, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
    painter.drawPath(curve)


def _hair(painter: QPainter, look: Look, center: QPointF, covers: bool) -> None:
    if look.style == "scarf":
        _scarf(painter, look, center, covers)
        return
    _solid(painter, look.hair)
    if look.style == "bun":
        painter.drawEllipse(center + QPointF(0, -13.5), 5, 5)
    if look.style == "curly":
        for step in range(9 if covers else 7):
            angle = math.pi * (1 + step / (8 if covers else 6))
            painter.drawEllipse(center + QPointF(math.cos(angle) * 10.5, math.sin(angle) * 9.5 - 3.5), 4.4, 4.4)
    if covers:
        painter.drawEllipse(center + QPointF(0, -1), 11.8, 12.2)
        return
    cap = QPainterPath()
    cap.addEllipse(center + QPointF(0, -1), 11.8, 12.4)
    lower = QPainterPath()
    lower.addEllipse(center + QPointF(2 if look.style == "short" else 0, 6.5), 12.6, 12)
    painter.drawPath(cap.subtracted(lower))


def _scarf(painter: QPainter, look: Look, center: QPointF, covers: bool) -> None:
    cloth = QColor(look.shirt).lighter(125)
    _solid(painter, cloth)
    ring = QPainterPath()
    ring.addEllipse(center + QPointF(0, -0.5), 12.6, 13.4)
    if not covers:
        face = QPainterPath()
        face.addEllipse(center + QPointF(0, 1), 8.8, 9.8)
        ring = ring.subtracted(face)
    painter.drawPath(ring)
