"""Places on a page that is turned by quarters. Pure geometry in fractions; `rotation` in degrees, clockwise."""

from collections.abc import Sequence

from workbench.model.citation import Box


def turned_box(box: Box, rotation: int) -> Box:
    """Where a box of the upright page stands once the page is turned."""
    match rotation % 360:
        case 90:
            return Box(x=_rest(box.y, box.height), y=box.x, width=box.height, height=box.width)
        case 180:
            x, y = _rest(box.x, box.width), _rest(box.y, box.height)
            return Box(x=x, y=y, width=box.width, height=box.height)
        case 270:
            return Box(x=box.y, y=_rest(box.x, box.width), width=box.height, height=box.width)
        case _:
            return box


def upright_box(box: Box, rotation: int) -> Box:
    """The box of the upright page that stands there on the turned one."""
    return turned_box(box, -rotation)


def upright_point(x: float, y: float, rotation: int) -> tuple[float, float]:
    """The point of the upright page that stands there on the turned one."""
    match rotation % 360:
        case 90:
            return y, 1 - x
        case 180:
            return 1 - x, 1 - y
        case 270:
            return 1 - y, x
        case _:
            return x, y


def turned_point(x: float, y: float, rotation: int) -> tuple[float, float]:
    """Where a point of the upright page stands once the page is turned."""
    return upright_point(x, y, -rotation)


def turned_sizes(sizes: Sequence[tuple[float, float]], rotation: int) -> tuple[tuple[float, float], ...]:
    """The sizes of turned pages."""
    return tuple((height, width) for width, height in sizes) if rotation % 180 else tuple(sizes)


def _rest(start: float, length: float) -> float:
    """What is left behind an edge, free of the noise of subtracting."""
    return max(0.0, round(1 - start - length, 9))
