"""Turns text into drawn strokes. Owns the pen's wobble; knows no font and needs no display."""

import random
from collections.abc import Iterator
from functools import cache, lru_cache

from PySide6.QtCore import QPointF
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen, Qt

from workbench.demo.glyphs import GLYPHS

CAPITAL = 9.0
"""Height of a capital in glyph units."""

Points = tuple[tuple[float, float], ...]


@cache
def _strokes(character: str) -> tuple[tuple[bool, Points], ...]:
    text = GLYPHS[character][1]
    strokes = []
    for part in filter(None, text.split("|")):
        points = tuple((float(pair.split(",")[0]), float(pair.split(",")[1])) for pair in part.lstrip("=").split())
        strokes.append((part.startswith("="), points))
    return tuple(strokes)


def text_width(text: str, height: float) -> float:
    """Width in pixels of a line whose capitals are `height` pixels high."""
    return sum(GLYPHS[character][0] for character in text) * height / CAPITAL


def wrapped(text: str, height: float, width: float) -> tuple[str, ...]:
    """The text in lines that fit `width` pixels; a longer word keeps its own line."""
    lines = [""]
    for word in text.split():
        longer = f"{lines[-1]} {word}".strip()
        if lines[-1] and text_width(longer, height) > width:
            lines.append(word)
        else:
            lines[-1] = longer
    return tuple(lines)


def stroke_paths(text: str, x: float, y: float, height: float, wobble: random.Random) -> Iterator[QPainterPath]:
    """One path per pen stroke, left to right; (x, y) is the start of the base line."""
    unit = height / CAPITAL
    pen_x, drift = x, 0.0
    for character in text:
        drift = drift * 0.7 + wobble.gauss(0, 0.12)
        size = unit * (1 + wobble.gauss(0, 0.03))
        lean = 0.07 + wobble.gauss(0, 0.015)
        for straight, points in _strokes(character):
            placed = [
                QPointF(
                    pen_x + (px + py * lean + wobble.gauss(0, 0.1)) * size,
                    y - (py + drift + wobble.gauss(0, 0.1)) * size,
                )
                for px, py in points
            ]
            yield _through(placed, straight)
        pen_x += GLYPHS[character][0] * unit


@lru_cache(maxsize=400)
def _kept_paths(text: str, place: tuple[float, float], height: float, seed: int) -> tuple[QPainterPath, ...]:
    return tuple(stroke_paths(text, place[0], place[1], height, random.Random(f"{seed}{text}")))


def write(
    painter: QPainter,
    text: str,
    place: tuple[float, float],
    height: float,
    color: QColor,
    *,
    seed: int = 0,
    pen: float = 0.13,
    shown: float = 1.0,
) -> None:
    """Draw a line of handwriting; `shown` (0 to 1) is how much of it is written already."""
    if shown <= 0:
        return
    paths = _kept_paths(text, place, height, seed)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(color, height * pen, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin))
    for path in paths[: max(1, round(len(paths) * min(1.0, shown)))]:
        painter.drawPath(path)


def _through(points: list[QPointF], straight: bool) -> QPainterPath:
    """A path through the points: lines, or a Catmull-Rom curve."""
    path = QPainterPath(points[0])
    if straight or len(points) < 3:
        for point in points[1:]:
            path.lineTo(point)
        return path
    padded = [points[0], *points, points[-1]]
    for before, start, end, after in zip(padded, padded[1:], padded[2:], padded[3:], strict=False):
        path.cubicTo(start + (end - before) / 6, end - (after - start) / 6, end)
    return path
