"""Where frames are painted: letterboxed on the stage colour, with captions over them. Decodes nothing."""

from PySide6.QtCore import QPointF, QRectF, QSize, QSizeF, Qt, Signal
from PySide6.QtGui import QColor, QImage, QMouseEvent, QPainter, QPainterPath, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from workbench.ui import theme
from workbench.ui.theme import TextRole, scaled
from workbench.ui.viewers.kind_signs import paint_sound


class VideoStage(QWidget):
    """Shows one frame, or a calm sign for sound alone, or a sentence while nothing is there yet."""

    pressed = Signal()
    view_size_changed = Signal(int, int)
    """Device pixels into which frames are painted."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("videoStage")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumSize(scaled(160), scaled(90))
        self._frame = QImage()
        self._rotation = 0
        self._caption = ""
        self._message = ""
        self._is_sound = False

    def clear(self) -> None:
        """Show nothing of what was."""
        self._frame = QImage()
        self._rotation = 0
        self._caption = self._message = ""
        self._is_sound = False
        self.update()

    @property
    def frame(self) -> QImage:
        """The frame on screen; null before the first one."""
        return self._frame

    @property
    def rotation(self) -> int:
        """Degrees clockwise that the person has turned the picture by."""
        return self._rotation

    @property
    def caption(self) -> str:
        """The caption on screen."""
        return self._caption

    def show_frame(self, frame: QImage) -> None:
        """Paint this frame."""
        self._frame = frame
        self._message = ""
        self.update()

    def show_message(self, message: str) -> None:
        """Paint a sentence where no frame is."""
        self._message = message
        self.update()

    def show_sound(self) -> None:
        """There is no picture: a calm sign."""
        self._is_sound = True
        self.update()

    def show_caption(self, text: str) -> None:
        """Paint what is said; empty for nothing."""
        if text != self._caption:
            self._caption = text
            self.update()

    def rotate(self) -> None:
        """Turn the picture by a quarter, clockwise."""
        self._rotation = (self._rotation + 90) % 360
        self.tell_size()
        self.update()

    def sizeHint(self) -> QSize:
        """A wide picture."""
        return QSize(scaled(640), scaled(360))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Tell which frames fit."""
        super().resizeEvent(event)
        self.tell_size()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A press plays or pauses."""
        if event.button() == Qt.MouseButton.LeftButton:
            self.pressed.emit()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint ground, frame or sign, caption."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        outline = QPainterPath()
        outline.addRoundedRect(QRectF(self.rect()), scaled(theme.RADIUS_PX), scaled(theme.RADIUS_PX))
        painter.setClipPath(outline)
        painter.fillRect(self.rect(), theme.current().color("stage"))
        if not self._frame.isNull():
            self._paint_frame(painter)
        elif self._is_sound:
            side = scaled(44)
            middle = QRectF(self.rect()).center() - QPointF(side / 2, side / 2)
            color = theme.current().color("on_stage")
            color.setAlphaF(0.6)
            paint_sound(painter, QRectF(middle, QSizeF(side, side)), color)
        elif self._message:
            self._paint_message(painter)
        if self._caption:
            self._paint_caption(painter)

    def _paint_frame(self, painter: QPainter) -> None:
        turned = self._rotation % 180 != 0
        room = QSizeF(self.height(), self.width()) if turned else QSizeF(self.size())
        size = QSizeF(self._frame.size()).scaled(room, Qt.AspectRatioMode.KeepAspectRatio)
        painter.save()
        painter.translate(QRectF(self.rect()).center())
        painter.rotate(self._rotation)
        painter.drawImage(QRectF(QPointF(-size.width() / 2, -size.height() / 2), size), self._frame)
        painter.restore()

    def _paint_message(self, painter: QPainter) -> None:
        painter.setFont(theme.current().font(TextRole.DESCRIPTOR))
        painter.setPen(theme.current().color("on_stage"))
        room = self.rect().adjusted(scaled(24), scaled(24), -scaled(24), -scaled(24))
        painter.drawText(room, Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap, self._message)

    def _paint_caption(self, painter: QPainter) -> None:
        painter.setFont(theme.current().font(TextRole.DESCRIPTOR))
        flags = Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap
        room = QRectF(self.rect()).adjusted(scaled(32), scaled(12), -scaled(32), -scaled(20))
        words = painter.boundingRect(room, flags, self._caption)
        words.moveBottom(room.bottom())
        ground = words.adjusted(-scaled(10), -scaled(5), scaled(10), scaled(5))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(0, 0, 0, 225))
        painter.drawRoundedRect(ground, scaled(4), scaled(4))
        painter.setPen(QColor("white"))
        painter.drawText(words, flags, self._caption)

    def tell_size(self) -> None:
        """Emit the size that frames should have."""
        ratio = self.devicePixelRatioF()
        width, height = round(self.width() * ratio), round(self.height() * ratio)
        if self._rotation % 180:
            width, height = height, width
        self.view_size_changed.emit(width, height)
