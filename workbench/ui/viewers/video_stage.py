"""Where frames, or the shape of a sound, are painted on the stage colour, captions over them. Decodes nothing."""

from PySide6.QtCore import QPointF, QRectF, QSize, QSizeF, Qt, Signal
from PySide6.QtGui import QColor, QImage, QMouseEvent, QPainter, QPainterPath, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from workbench.ui import theme
from workbench.ui.theme import TextRole, scaled
from workbench.ui.viewers.kind_signs import paint_sound
from workbench.ui.viewers.sound_shape import SoundShape
from workbench.ui.viewers.waveform import paint_waveform

_BAR_PX = 4


class VideoStage(QWidget):
    """Shows one frame, or the waveform of sound alone, or a sentence while nothing is there yet."""

    pressed = Signal()
    time_pressed = Signal(float)
    """On sound alone: the fraction of its length that was pressed or dragged to."""
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
        self._preview = QImage()
        self._sound: SoundShape | None = None
        self._show_sound(None)
        self._played = 0.0

    def clear(self) -> None:
        """Show nothing of what was."""
        self._frame = QImage()
        self._rotation = 0
        self._preview = QImage()
        self._caption = self._message = ""
        self._show_sound(None)
        self._played = 0.0
        self.update()

    @property
    def frame(self) -> QImage:
        """The frame on screen; null before the first one."""
        return self._frame

    @property
    def shown_picture(self) -> QImage:
        """The frame, or the small picture that stands for the one on its way."""
        return self._frame if self._preview.isNull() else self._preview

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
        self._frame, self._preview = frame, QImage()
        self._message = ""
        self.update()

    def show_preview(self, picture: QImage) -> None:
        """Paint this small picture over the frame until the next frame comes; a null one changes nothing."""
        if not picture.isNull() and picture.cacheKey() != self._preview.cacheKey():
            self._preview = picture
            self.update()

    def show_message(self, message: str) -> None:
        """Paint a sentence where no frame is."""
        self._message = message
        self.update()

    def show_sound(self, sound: SoundShape) -> None:
        """There is no picture: how it sounds fills the stage."""
        self._show_sound(sound)

    def set_played(self, played: float) -> None:
        """The fraction of a sound that lies behind the playhead."""
        if self._sound is not None and played != self._played:
            self.update()
        self._played = played

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
        """A press plays or pauses; on the shape of a sound it goes there."""
        if event.button() != Qt.MouseButton.LeftButton:
            return
        if self._sound is None:
            self.pressed.emit()
        else:
            self._press_time(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Dragging over the shape of a sound goes along."""
        if self._sound is not None and event.buttons() & Qt.MouseButton.LeftButton:
            self._press_time(event)

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
            self._paint_frame(painter, self.shown_picture)
        elif self._sound is not None:
            self._paint_sound(painter, self._sound)
        elif self._message:
            self._paint_message(painter)
        if self._caption:
            self._paint_caption(painter)

    def _paint_sound(self, painter: QPainter, sound: SoundShape) -> None:
        rest = theme.current().color("on_stage")
        rest.setAlphaF(0.6)
        if not sound.peaks:
            side = scaled(44)
            middle = QRectF(self.rect()).center() - QPointF(side / 2, side / 2)
            paint_sound(painter, QRectF(middle, QSizeF(side, side)), rest)
            return
        # The stage is dark in every theme: its accent is the one of the dark look.
        colors = QColor(theme.DARK.accent), rest
        paint_waveform(painter, self._sound_box(), sound, colors, played=self._played, step=scaled(_BAR_PX))
        x = self._sound_box().left() + self._played * self._sound_box().width()
        painter.fillRect(QRectF(x - 1, scaled(8), 2, self.height() - scaled(16)), theme.current().color("on_stage"))

    def _sound_box(self) -> QRectF:
        high = min(self.height() * 0.55, scaled(220))
        return QRectF(scaled(16), self.height() / 2 - high / 2, max(1, self.width() - scaled(32)), high)

    def _show_sound(self, sound: SoundShape | None) -> None:
        if self._sound is not None:
            self._sound.grew.disconnect(self.update)
        self._sound = sound
        if sound is not None:
            sound.grew.connect(self.update)
        self.setAccessibleName(self.tr("Sound of the recording") if sound else self.tr("Picture of the recording"))
        self.update()

    def _press_time(self, event: QMouseEvent) -> None:
        box = self._sound_box()
        self.time_pressed.emit(max(0.0, min(1.0, (event.position().x() - box.left()) / box.width())))

    def _paint_frame(self, painter: QPainter, picture: QImage) -> None:
        turned = self._rotation % 180 != 0
        room = QSizeF(self.height(), self.width()) if turned else QSizeF(self.size())
        size = QSizeF(self._frame.size()).scaled(room, Qt.AspectRatioMode.KeepAspectRatio)
        painter.save()
        painter.translate(QRectF(self.rect()).center())
        painter.rotate(self._rotation)
        painter.drawImage(QRectF(QPointF(-size.width() / 2, -size.height() / 2), size), picture)
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
