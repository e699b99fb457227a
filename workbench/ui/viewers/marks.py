"""Citations as viewers draw them: the criterion's letter and the stance as a shape. Owns no citation."""

from collections.abc import Sequence
from typing import NamedTuple

from PySide6.QtCore import QPointF, QRectF, QSizeF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen

from workbench.model.citation import Box, Citation, Stance
from workbench.ui import theme, words
from workbench.ui.theme import TextRole, scaled

BAR_PX = 14
WHOLE = Box(x=0.0, y=0.0, width=1.0, height=1.0)


class Mark(NamedTuple):
    """A citation of the shown evidence; `is_current` when it belongs to the criterion that is open."""

    letter: str
    citation: Citation
    is_current: bool

    @property
    def label(self) -> str:
        """The letter with the stance's sign."""
        return f"{self.letter} {words.stance_mark(self.citation.stance)}"


def paint_bar(painter: QPainter, box: QRectF, mark: Mark, *, on_evidence: bool = False) -> None:
    """Paint a bar in the mark's colour: solid supports, hatched contradicts, hollow absent."""
    colors = _Colors.of(mark, on_evidence=on_evidence)
    is_hollow = mark.citation.stance is Stance.ABSENT
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(colors.edge if is_hollow else colors.fill, 1.5))
    painter.setBrush(colors.ground if is_hollow else colors.fill)
    painter.drawRoundedRect(box.adjusted(0.75, 0.75, -0.75, -0.75), scaled(2), scaled(2))
    if mark.citation.stance is Stance.CONTRADICTS:
        _hatch(painter, box.adjusted(1, 1, -1, -1), colors.ink)
    _bar_label(painter, box, mark, colors)
    painter.restore()


def bar_label_width(mark: Mark) -> int:
    """The least width at which a bar shows letter and stance, in logical pixels."""
    hatch = scaled(14) if mark.citation.stance is Stance.CONTRADICTS else 0
    return scaled(18) + scaled(7) * len(mark.letter) + hatch


def paint_box(painter: QPainter, box: QRectF, mark: Mark) -> None:
    """Paint a citation's box on a page or an image: edge by stance, letter at its top left corner."""
    colors = _Colors.of(mark, on_evidence=True)
    is_hollow = mark.citation.stance is Stance.ABSENT
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    if mark.citation.stance is Stance.CONTRADICTS:
        painter.setClipPath(_frame(box, scaled(6)))
        _hatch(painter, box, colors.fill)
        painter.setClipping(False)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(colors.ground, 4))
    painter.drawRect(box)
    painter.setPen(QPen(colors.fill, 2, Qt.PenStyle.DashLine if is_hollow else Qt.PenStyle.SolidLine))
    painter.drawRect(box)
    painter.restore()
    tag = QRectF(box.left(), box.top(), bar_label_width(mark) + scaled(4), scaled(BAR_PX + 2))
    paint_bar(painter, tag, mark, on_evidence=True)


class TagMargin:
    """Where the letters of a page's quotations go: into its left margin, one beside the other, while that is in view.

    `paper` is the page in the view; None where its lines do not run across.
    """

    def __init__(self, paper: QRectF | None = None) -> None:
        self._paper = paper
        self._taken: list[QRectF] = []

    def tag(self, first: QRectF, size: QSizeF) -> QRectF:
        """The tag of a quotation with this first line; above that line where there is no margin."""
        if self._paper is not None and self._paper.left() >= 0:
            tag = QRectF(QPointF(self._paper.left() + scaled(4), first.center().y() - size.height() / 2), size)
            for taken in self._taken:
                if tag.intersects(taken):
                    tag.moveLeft(taken.right() + scaled(2))
            if tag.right() <= first.left():
                self._taken.append(tag)
                return tag
        return QRectF(QPointF(first.left(), max(0.0, first.top() - size.height())), size)


def paint_quote(painter: QPainter, rects: Sequence[QRectF], mark: Mark, margin: TagMargin | None = None) -> None:
    """Paint a cited quotation, one rectangle a line: ground and underline by stance, letter beside its first line."""
    if not rects:
        return
    colors = _Colors.of(mark, on_evidence=True)
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    for rect in rects:
        _quote_line(painter, rect, mark.citation.stance, colors.fill)
    painter.restore()
    tag = QSizeF(bar_label_width(mark) + scaled(4), scaled(BAR_PX + 2))
    paint_bar(painter, (margin or TagMargin()).tag(rects[0], tag), mark, on_evidence=True)


def _quote_line(painter: QPainter, rect: QRectF, stance: Stance, color: QColor) -> None:
    is_hollow = stance is Stance.ABSENT
    soft = QColor(color)
    soft.setAlphaF(0.06 if is_hollow else 0.2)
    painter.fillRect(rect, soft)
    if stance is Stance.CONTRADICTS:
        # At the foot only: the words stay easy to read.
        _hatch(painter, rect.adjusted(0, rect.height() - scaled(6), 0, 0), color)
    pen = QPen(color, max(1.5, scaled(2)), Qt.PenStyle.DashLine if is_hollow else Qt.PenStyle.SolidLine)
    pen.setCapStyle(Qt.PenCapStyle.FlatCap)
    painter.setPen(pen)
    painter.drawLine(rect.bottomLeft(), rect.bottomRight())


def paint_drawn_box(painter: QPainter, box: QRectF) -> None:
    """Paint the box that the person has drawn and not yet cited."""
    color = QColor(theme.LIGHT.accent)
    soft = QColor(color)
    soft.setAlphaF(0.14)
    painter.save()
    painter.setPen(QPen(QColor("white"), 4))
    painter.drawRect(box)
    painter.setPen(QPen(color, 2, Qt.PenStyle.DashLine))
    painter.setBrush(soft)
    painter.drawRect(box)
    painter.restore()


class _Colors(NamedTuple):
    fill: QColor
    ink: QColor
    ground: QColor
    edge: QColor

    @classmethod
    def of(cls, mark: Mark, *, on_evidence: bool) -> "_Colors":
        """Paper stays white in a dark window: on evidence the light tokens serve in every theme."""
        look = theme.LIGHT if on_evidence else theme.current().tokens
        if mark.is_current:
            names = (look.accent, look.on_accent, look.surface, look.accent)
        else:
            names = (look.badge, look.on_badge, look.surface, look.muted)
        return cls(*(QColor(name) for name in names))


def _hatch(painter: QPainter, box: QRectF, color: QColor) -> None:
    faint = QColor(color)
    faint.setAlphaF(0.45)
    painter.save()
    painter.setClipRect(box, Qt.ClipOperation.IntersectClip)
    painter.setPen(QPen(faint, 2))
    left = box.left() - box.height()
    while left < box.right():
        painter.drawLine(QPointF(left, box.bottom()), QPointF(left + box.height(), box.top()))
        left += scaled(7)
    painter.restore()


def _bar_label(painter: QPainter, box: QRectF, mark: Mark, colors: _Colors) -> None:
    painter.setFont(theme.current().font(TextRole.META, bold=True))
    if mark.citation.stance is Stance.CONTRADICTS:
        width = painter.fontMetrics().horizontalAdvance(mark.label) + scaled(6)
        plain = box.adjusted(1.5, 1.5, -1.5, -1.5)
        painter.fillRect(QRectF(plain.topLeft(), QSizeF(min(width, plain.width()), plain.height())), colors.fill)
    painter.setPen(colors.edge if mark.citation.stance is Stance.ABSENT else colors.ink)
    painter.setClipRect(box)
    room = box.adjusted(scaled(4), 0, 0, 0)
    painter.drawText(room, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, mark.label)


def _frame(box: QRectF, width: float) -> QPainterPath:
    path = QPainterPath()
    path.addRect(box)
    path.addRect(box.adjusted(width, width, -width, -width))
    return path
