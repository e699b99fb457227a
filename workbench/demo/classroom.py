"""Draws the rooms of the film: wall, window, board, tables. Each function paints one shot at one moment."""

import math
import random
from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QColor, QImage, QLinearGradient, QPainter, QPen, QPolygonF, Qt

from workbench.demo.cases import Bars, Board, Case, Fraction
from workbench.demo.figures import Pose, draw_looks, person
from workbench.demo.handwriting import text_width, write

WIDTH, HEIGHT = 640, 360
INKS = ("#2f5fb3", "#b3402f", "#2f7d4f", "#7a4a9c", "#a8701f")
WALLS = ("#f3e3c6", "#dbe7e4", "#efe0da", "#e3e6f0")


@dataclass(frozen=True, slots=True, kw_only=True)
class Moment:
    """Where the film stands: seconds from its start, who speaks (-1 nobody) and how far the board is written."""

    at_s: float
    speaker: int
    mouth: float
    written: float


class Room:
    """The cast and furniture of one film; drawn by lot from the case, the same on every run."""

    def __init__(self, case: Case) -> None:
        lot = random.Random(case.id)
        self.case = case
        self.wall = QColor(lot.choice(WALLS))
        self.teacher, *self.students = draw_looks(lot, 9)
        self.restless = [lot.uniform(0, 9) for _ in range(9)]
        self._still: dict[str, QImage] = {}

    def paint(self, painter: QPainter, shot: str, moment: Moment) -> None:
        """One frame of the shot `wide`, `board`, `table` or `meeting`."""
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        getattr(self, f"_{shot}")(painter, moment)

    def _pose(self, who: int, moment: Moment, *, back: bool = False, gaze: float = 0, lift: float = 0) -> Pose:
        """Breathing, blinking, talking; `lift` raises the right arm in degrees."""
        phase = moment.at_s + self.restless[who]
        talks = moment.speaker == who
        sway = 4 * math.sin(phase * 1.3)
        gesture = 32 + 22 * math.sin(phase * 3.1) if talks else 0
        return Pose(
            left=10 + sway,
            right=10 - sway + max(lift, gesture),
            left_bend=14,
            right_bend=-18 if lift else 40 if talks else 12,
            talk=moment.mouth if talks else 0,
            gaze=gaze + 0.25 * math.sin(phase * 0.7),
            blink=phase % 3.7 < 0.14,
            back=back,
        )

    def _background(self, painter: QPainter, name: str, draw: Sequence[object], moment: Moment) -> None:
        """Paint what does not move from a kept picture, once the board is fully written."""
        kept = self._still.get(name)
        if kept is not None:
            painter.drawImage(0, 0, kept)
            return
        picture = QImage(WIDTH, HEIGHT, QImage.Format.Format_RGB32)
        with_board = QPainter(picture)
        with_board.setRenderHint(QPainter.RenderHint.Antialiasing)
        _wall(with_board, self.wall)
        for piece in draw:
            _furnish(with_board, piece, self.case.board, moment.written)
        with_board.end()
        if moment.written >= 1:
            self._still[name] = picture
        painter.drawImage(0, 0, picture)

    def _wide(self, painter: QPainter, moment: Moment) -> None:
        pieces = ("window", "posters", "clock", QRectF(238, 52, 296, 158), "shelf")
        self._background(painter, "wide", pieces, moment)
        _sky(painter, QRectF(34, 58, 128, 96), moment.at_s)
        walk = 196 + 26 * math.sin(moment.at_s * 0.45)
        person(painter, walk, 292, 190, self.teacher, self._pose(0, moment, gaze=0.5, lift=72))
        for seat, x in enumerate((70, 196, 322, 448, 574)):
            raised = 158 if int(moment.at_s / 3.5 + seat * 1.7) % 4 == 0 else 0
            bob = 1.6 * math.sin(moment.at_s * 1.1 + seat)
            pose = self._pose(seat + 1, moment, back=True, lift=raised)
            person(painter, x, 420 + bob, 168, self.students[seat], pose)
            _desk(painter, x)

    def _board(self, painter: QPainter, moment: Moment) -> None:
        self._background(painter, "board", (QRectF(172, 22, 446, 268),), moment)
        reach = 78 + 14 * math.sin(moment.at_s * 1.7)
        lean = 4 * math.sin(moment.at_s * 0.8)
        person(painter, 92 + lean, 520, 452, self.teacher, self._pose(0, moment, gaze=0.5, lift=reach))

    def _table(self, painter: QPainter, moment: Moment) -> None:
        self._background(painter, "table", ("posters", QRectF(430, 26, 186, 106), "low shelf"), moment)
        for seat, x in enumerate((112, 250, 392, 530)):
            who = seat + 1
            turn = 0.8 if moment.speaker > who else -0.8 if 0 < moment.speaker < who else 0
            pose = self._pose(who, moment, gaze=turn)
            person(painter, x, 412 + 6 * (seat % 2), 262, self.students[seat], pose)
        _table_top(painter)
        for seat, x in enumerate((84, 226, 362, 500)):
            _sheet(painter, x, 296 + 8 * (seat % 2), seat, self.case.board, moment.at_s + self.restless[seat])

    def _meeting(self, painter: QPainter, moment: Moment) -> None:
        self._background(painter, "meeting", ("window", "art", "low shelf"), moment)
        _sky(painter, QRectF(34, 58, 128, 96), moment.at_s)
        seats = ((0, 150, 344, 0.8), (2, 330, 250, 0.1), (1, 492, 356, -0.8))
        for who, x, height, gaze in seats:
            look = self.teacher if who == 0 else self.students[who]
            person(painter, x, 330 + height * 0.36, height, look, self._pose(who, moment, gaze=gaze))
        _table_top(painter)
        for seat, x in enumerate((226, 356)):
            _sheet(painter, x, 296, seat, self.case.board, moment.at_s)


def _wall(painter: QPainter, color: QColor) -> None:
    light = QLinearGradient(0, 0, WIDTH, HEIGHT)
    light.setColorAt(0, color.lighter(106))
    light.setColorAt(1, color.darker(106))
    painter.fillRect(QRectF(0, 0, WIDTH, HEIGHT), light)
    floor = QLinearGradient(0, 262, 0, HEIGHT)
    floor.setColorAt(0, QColor("#b98d5f"))
    floor.setColorAt(1, QColor("#96693f"))
    painter.fillRect(QRectF(0, 262, WIDTH, 98), floor)
    painter.fillRect(QRectF(0, 257, WIDTH, 6), QColor("#f7f1e6"))


def _furnish(painter: QPainter, piece: object, board: Board, written: float) -> None:
    match piece:
        case QRectF():
            _whiteboard(painter, piece, board, written)
        case "window":
            _window_frame(painter)
        case "posters":
            _posters(painter)
        case "clock":
            _clock(painter)
        case "art":
            _art(painter)
        case "shelf":
            _shelf(painter, 214)
        case _:
            _shelf(painter, 232)


def _solid(painter: QPainter, color: str | QColor) -> None:
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(color))


def _window_frame(painter: QPainter) -> None:
    _solid(painter, "#fbf8f0")
    painter.drawRoundedRect(QRectF(26, 50, 144, 112), 4, 4)


def _sky(painter: QPainter, area: QRectF, at_s: float) -> None:
    """The view: drifting clouds and a tree that sways."""
    painter.save()
    painter.setClipRect(area)
    painter.fillRect(area, QColor("#bfe0f2"))
    _solid(painter, "#ffffff")
    for cloud in range(3):
        x = area.left() + (at_s * 5 + cloud * 62) % (area.width() + 60) - 30
        y = area.top() + 18 + cloud * 13
        painter.drawEllipse(QRectF(x, y, 34, 11))
        painter.drawEllipse(QRectF(x + 8, y - 6, 18, 14))
    _solid(painter, "#8fb36a")
    painter.drawEllipse(QRectF(area.left() - 30, area.bottom() - 24, area.width() + 60, 60))
    sway = 3 * math.sin(at_s * 0.9)
    _solid(painter, "#7a5635")
    painter.drawRect(QRectF(area.left() + 86, area.bottom() - 52, 7, 44))
    _solid(painter, "#5d9450")
    for dx, dy, size in ((0, -62, 30), (-16, -50, 26), (15, -48, 28)):
        painter.drawEllipse(QPointF(area.left() + 89 + dx + sway, area.bottom() + dy), size / 2 + 4, size / 2)
    painter.restore()
    painter.fillRect(QRectF(area.center().x() - 2, area.top(), 4, area.height()), QColor("#fbf8f0"))
    painter.fillRect(QRectF(area.left(), area.center().y() - 2, area.width(), 4), QColor("#fbf8f0"))


def _posters(painter: QPainter) -> None:
    for index, (x, word) in enumerate(((556, "Because"), (556, "I wonder"))):
        y = 62 + index * 72
        _solid(painter, ("#e9b64d", "#7fb2a6")[index])
        painter.drawRoundedRect(QRectF(x, y, 66, 58), 3, 3)
        write(painter, word, (x + 8, y + 26), 10, QColor("#3a3325"), seed=index)
        _solid(painter, "#ffffff")
        painter.drawRect(QRectF(x + 8, y + 36, 50, 3))
        painter.drawRect(QRectF(x + 8, y + 44, 36, 3))


def _clock(painter: QPainter) -> None:
    center = QPointF(204, 44)
    _solid(painter, "#4a5560")
    painter.drawEllipse(center, 17, 17)
    _solid(painter, "#ffffff")
    painter.drawEllipse(center, 14.5, 14.5)
    painter.setPen(QPen(QColor("#2a2f38"), 2, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
    painter.drawLine(center, center + QPointF(5, 5))
    painter.drawLine(center, center + QPointF(-2, -11))


def _art(painter: QPainter) -> None:
    lot = random.Random("art on the wall")
    for index in range(6):
        x, y = 214 + index % 3 * 84, 44 + index // 3 * 78
        _solid(painter, "#ffffff")
        painter.drawRect(QRectF(x, y, 70, 62))
        painter.fillRect(QRectF(x + 4, y + 4, 62, 54), QColor.fromHsv(lot.randrange(360), 46, 246))
        for _ in range(7):
            _solid(painter, QColor.fromHsv(lot.randrange(360), 150, 215))
            size = lot.uniform(5, 13)
            painter.drawEllipse(QPointF(x + lot.uniform(14, 56), y + lot.uniform(14, 48)), size, size * 0.7)


def _shelf(painter: QPainter, y: float) -> None:
    lot = random.Random(str(y))
    _solid(painter, "#a9774a")
    painter.drawRect(QRectF(560, y, 80, 76))
    x = 564.0
    while x < 632:
        width, height = lot.uniform(5, 10), lot.uniform(20, 30)
        _solid(painter, QColor.fromHsv(lot.randrange(360), 120, 190))
        painter.drawRect(QRectF(x, y + 34 - height, width, height))
        x += width + 1


def _whiteboard(painter: QPainter, area: QRectF, board: Board, written: float) -> None:
    _solid(painter, "#8d959e")
    painter.drawRoundedRect(area.adjusted(-5, -5, 5, 5), 4, 4)
    _solid(painter, "#fcfdfd")
    painter.drawRect(area)
    _solid(painter, "#b9bfc6")
    painter.drawRect(QRectF(area.left() + 20, area.bottom() + 5, area.width() - 40, 5))
    size = area.height() * 0.078
    left, y = area.left() + size, area.top() + size * 1.9
    _line(painter, board.title, (left, y), size * 1.1, INKS[0], written * 3, area)
    for index, line in enumerate(board.lines):
        y += size * 1.75
        shown = written * (len(board.lines) + 2) - index - 1
        _line(painter, line, (left, y), size * 0.92, INKS[(index + 1) % 5], shown, area)
    rest = QRectF(left, y + size * 0.9, area.width() - 2 * size, area.bottom() - y - size * 1.6)
    if board.bars:
        bars(painter, rest, board.bars, QColor("#40474f"), grown=min(1, written * 1.4))
    if board.strips:
        strips(painter, rest, board.strips, QColor("#40474f"), shown=min(1, written * 1.4))


def _line(
    painter: QPainter, text: str, place: tuple[float, float], size: float, ink: str, shown: float, area: QRectF
) -> None:
    fitting = min(1.0, (area.right() - place[0] - 6) / max(1.0, text_width(text, size)))
    write(painter, text, place, size * fitting, QColor(ink), shown=shown)


def bars(painter: QPainter, area: QRectF, chart: Bars, ink: QColor, *, grown: float = 1) -> None:
    """A drawn bar chart with its labels below; `grown` 0 to 1 lets the bars rise."""
    size = min(11.0, area.height() * 0.13)
    base = area.bottom() - size * 1.9
    slot = area.width() / len(chart.labels)
    for index, label in enumerate(chart.labels):
        pair = (chart.values[index], *(chart.later[index : index + 1]))
        for place, value in enumerate(pair):
            width = slot * 0.62 / len(pair)
            tall = (base - area.top() - size * 1.4) * value / 100 * grown
            box = QRectF(area.left() + slot * (index + 0.19) + place * width, base - tall, width - 2, tall)
            painter.setPen(QPen(ink, 1.2))
            painter.setBrush(QColor(("#9cc0ea", "#f0b27a")[place]))
            painter.drawRect(box)
            if grown >= 1:
                write(painter, str(value), (box.left() + 1, box.top() - 3), size * 0.8, ink)
        fitting = min(size, size * slot * 0.9 / max(1.0, text_width(label, size)))
        write(painter, label, (area.left() + slot * (index + 0.12), base + size * 1.5), fitting, ink)
    painter.setPen(QPen(ink, 2))
    painter.drawLine(QPointF(area.left(), base), QPointF(area.right(), base))


def strips(painter: QPainter, area: QRectF, parts: Sequence[Fraction], ink: QColor, *, shown: float = 1) -> None:
    """Fraction strips, one under another, each with its fraction at the left."""
    high = min(30.0, area.height() / len(parts) * 0.62)
    for row, (count, whole) in enumerate(parts):
        y = area.top() + row * area.height() / len(parts)
        write(painter, f"{count}/{whole}", (area.left(), y + high * 0.75), high * 0.5, ink, shown=shown * 3)
        left = area.left() + high * 1.9
        width = (area.right() - left) / whole
        for part in range(whole):
            painter.setPen(QPen(ink, 1.4))
            full = part < count and shown * whole > part
            painter.setBrush(QColor("#f0b27a" if row % 2 else "#9cc0ea") if full else QColor(255, 255, 255, 90))
            painter.drawRect(QRectF(left + part * width, y, width, high))


def _desk(painter: QPainter, x: float) -> None:
    _solid(painter, "#d8b384")
    painter.drawPolygon(
        QPolygonF([QPointF(x - 52, 338), QPointF(x + 52, 338), QPointF(x + 60, 362), QPointF(x - 60, 362)])
    )
    _solid(painter, "#f8f6ee")
    painter.drawPolygon(
        QPolygonF([QPointF(x + 14, 341), QPointF(x + 44, 341), QPointF(x + 48, 354), QPointF(x + 16, 354)])
    )


def _table_top(painter: QPainter) -> None:
    top = QLinearGradient(0, 286, 0, HEIGHT)
    top.setColorAt(0, QColor("#e0bd8d"))
    top.setColorAt(1, QColor("#c99c66"))
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(top)
    painter.drawRoundedRect(QRectF(-20, 286, WIDTH + 40, 120), 14, 14)


def _sheet(painter: QPainter, x: float, y: float, seat: int, board: Board, at_s: float) -> None:
    """A sheet of paper on the table with some writing, and a pencil that moves."""
    painter.save()
    painter.translate(x, y)
    painter.rotate((-5, 4, -3, 6)[seat])
    _solid(painter, "#fdfcf7")
    painter.drawRect(QRectF(0, 0, 62, 48))
    ink = QColor("#56606e")
    shown = min(1.0, at_s % 14 / 9)
    for row, line in enumerate((board.lines or (board.title,))[:2]):
        write(painter, line, (4, 12 + row * 13), min(6.0, 330 / text_width(line, 6)), ink, seed=seat, shown=shown)
    painter.setPen(QPen(QColor("#e0a33a"), 3, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
    tip = QPointF(10 + 40 * shown, 30 + 2 * math.sin(at_s * 9))
    painter.drawLine(tip, tip + QPointF(16, -15))
    painter.restore()
