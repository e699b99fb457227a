"""Cited quotations as they are painted: each stance its own shape, the letter beside the first line, words readable."""

import pytest
from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor, QImage, QPainter

from workbench.model.citation import Citation, PageQuote, Stance
from workbench.model.ids import CitationId, CriterionId, EvidenceHash, EvidenceId
from workbench.ui.viewers.marks import Mark, paint_quote

LINES = (QRectF(40, 60, 200, 18), QRectF(20, 84, 120, 18))


def mark(stance: Stance, *, is_current: bool = True) -> Mark:
    cited = Citation(
        id=CitationId("c"),
        criterion_id=CriterionId("q"),
        evidence_id=EvidenceId("e"),
        sha256=EvidenceHash("0" * 64),
        stance=stance,
        place=PageQuote(page=0, exact="four seconds", start=0),
    )
    return Mark("B", cited, is_current)


def painted(stance: Stance, lines: tuple[QRectF, ...] = LINES, *, is_current: bool = True) -> QImage:
    image = QImage(320, 140, QImage.Format.Format_RGB32)
    image.fill(QColor("white"))
    painter = QPainter(image)
    paint_quote(painter, lines, mark(stance, is_current=is_current))
    painter.end()
    return image


def is_white(image: QImage, x: float, y: float) -> bool:
    return image.pixelColor(int(x), int(y)) == QColor("white")


@pytest.mark.parametrize("stance", list(Stance))
def test_that_every_line_is_marked_and_nothing_between_them(stance: Stance) -> None:
    image = painted(stance)
    for line in LINES:
        assert not is_white(image, line.center().x(), line.center().y())
        assert image.pixelColor(line.center().toPoint()).lightness() > 180, "the words stay readable"
    assert is_white(image, 200, 81)
    assert is_white(image, 300, 69)


def test_that_the_letter_stands_at_the_first_line_even_at_the_top_of_a_page() -> None:
    image = painted(Stance.SUPPORTS)
    assert image.pixelColor(66, 46).lightness() < 160
    top = painted(Stance.SUPPORTS, (QRectF(40, 0, 200, 18),))
    assert top.pixelColor(66, 3).lightness() < 160


def test_that_no_two_stances_look_alike_nor_do_current_and_other_criteria() -> None:
    images = [painted(stance, is_current=is_current) for stance in Stance for is_current in (True, False)]
    assert all(left != right for at, left in enumerate(images) for right in images[:at])


def test_that_a_quotation_that_is_not_on_the_page_paints_nothing() -> None:
    assert painted(Stance.ABSENT, ()) == painted(Stance.SUPPORTS, ())
