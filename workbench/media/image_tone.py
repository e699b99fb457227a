"""Brightness and contrast as lookup tables. Contrast spreads around the image's own mean: faint pencil on pale paper
leaves the paper where it is. Touches no image.
"""

from dataclasses import dataclass

_STRONGEST = 1.0
"""Powers of ten at contrast 100: differences become ten times as large."""
_BRIGHTEST = 0.5


@dataclass(frozen=True, slots=True)
class Tone:
    """`brightness` and `contrast` from -100 to 100; zeros leave the image as it is."""

    brightness: int = 0
    contrast: int = 0

    @classmethod
    def of(cls, brightness: int, contrast: int) -> "Tone":
        """With numbers beyond the limits brought within."""
        return cls(max(-100, min(100, brightness)), max(-100, min(100, contrast)))

    @property
    def is_plain(self) -> bool:
        """Whether it changes nothing."""
        return self.brightness == 0 and self.contrast == 0

    def line(self, mean: float) -> tuple[float, float]:
        """Slope and offset, on a scale from 0 to 1, for an image of that mean."""
        slope = 10.0 ** (self.contrast / 100 * _STRONGEST)
        return slope, mean * (1 - slope) + self.brightness / 100 * _BRIGHTEST

    def table(self, mean: float) -> list[int]:
        """From 8 bits to 8 bits."""
        slope, offset = self.line(mean)
        return [max(0, min(255, round((value / 255 * slope + offset) * 255))) for value in range(256)]


PLAIN = Tone()
