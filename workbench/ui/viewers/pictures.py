"""Pictures of the decode workers as images to paint, without a copy. Never lets an image outlive its memory."""

from PySide6.QtGui import QImage

from workbench.media.jobs import Picture


class HeldPicture:
    """`image` lies over the picture's shared memory and is null after `release()`. Paint it, keep no copy."""

    def __init__(self, picture: Picture) -> None:
        self._picture = picture
        self.at_ms = picture.at_ms
        self.image = QImage(
            picture.pixels,
            picture.width,
            picture.height,
            picture.stride,
            QImage.Format.Format_ARGB32_Premultiplied,
        )

    def release(self) -> None:
        """Give the memory back. Calling it twice does no harm."""
        self.image = QImage()
        self._picture.release()


def copied(picture: Picture) -> QImage:
    """An image of its own, for small pictures that are kept; releases the picture."""
    held = HeldPicture(picture)
    image = held.image.copy()
    held.release()
    return image
