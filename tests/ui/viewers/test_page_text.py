"""Characters, carets, quotations and turned pages, without a window."""

import pytest

from workbench.media.jobs import PageText, TextLine
from workbench.model.citation import Box, PageQuote
from workbench.ui.viewers import page_text
from workbench.ui.viewers.page_selection import Caret, Selection
from workbench.ui.viewers.page_turn import turned_box, turned_point, upright_box, upright_point


def of_lines(*lines: str, leftward: bool = False) -> PageText:
    """Lines of letters, each a tenth of the page wide, from the top."""
    made, start = [], 0
    for number, words in enumerate(lines):
        count = len(words)
        lefts = tuple(index / count for index in range(count))
        rights = tuple((index + 1) / count for index in range(count))
        if leftward:
            lefts, rights = tuple(reversed(lefts)), tuple(reversed(rights))
        box = Box(x=0.1, y=0.1 + number * 0.1, width=count * 0.05, height=0.05)
        made.append(TextLine(start=start, box=box, lefts=lefts, rights=rights))
        start += count + 1
    return PageText(text="\n".join(lines), lines=tuple(made))


@pytest.mark.parametrize("rotation", [0, 90, 180, 270, 360])
def test_that_a_box_comes_back_from_every_rotation(rotation: int) -> None:
    box = Box(x=0.1, y=0.2, width=0.3, height=0.15)
    there = turned_box(box, rotation)
    back = upright_box(there, rotation)
    assert (back.x, back.y, back.width, back.height) == pytest.approx((0.1, 0.2, 0.3, 0.15))
    x, y = turned_point(0.1, 0.2, rotation)
    assert upright_point(x, y, rotation) == pytest.approx((0.1, 0.2))


def test_that_a_quarter_turn_takes_the_top_left_to_the_top_right() -> None:
    assert turned_point(0.0, 0.0, 90) == (1.0, 0.0)
    corner = turned_box(Box(x=0.0, y=0.0, width=0.2, height=0.1), 90)
    assert (corner.x, corner.y, corner.width, corner.height) == pytest.approx((0.9, 0.0, 0.1, 0.2))


def test_that_a_point_means_the_nearer_side_of_a_character() -> None:
    text = of_lines("abcd")
    assert page_text.caret_at(text, 0.1 + 0.05 * 1.3, 0.12) == 1
    assert page_text.caret_at(text, 0.1 + 0.05 * 1.7, 0.12) == 2
    assert page_text.caret_at(text, 0.9, 0.12) == 4


def test_that_right_to_left_text_is_selected_in_reading_order() -> None:
    text = of_lines("אבגד", leftward=True)
    assert page_text.caret_at(text, 0.29, 0.12) == 0
    assert page_text.caret_at(text, 0.11, 0.12) == 4
    (box,) = page_text.boxes_between(text, 0, 1)
    assert box.x == pytest.approx(0.25)


def test_that_words_and_lines_are_found_around_a_caret() -> None:
    text = of_lines("two words", "don't stop")
    assert text.text[slice(*page_text.word_around(text, 5))] == "words"
    assert text.text[slice(*page_text.word_around(text, 12))] == "don't"
    assert text.text[slice(*page_text.line_around(text, 12))] == "don't stop"


def test_that_carets_go_up_and_down_and_stop_at_the_edges() -> None:
    text = of_lines("abcdef", "ghijkl")
    assert page_text.other_line(text, 2, 1) == 9
    assert page_text.other_line(text, 9, -1) == 2
    assert page_text.other_line(text, 2, -1) is None
    assert page_text.other_line(text, 9, 1) is None


def test_that_far_apart_words_of_a_line_are_marked_in_two_pieces() -> None:
    lefts, rights = (0.0, 0.02, 0.8, 0.82), (0.02, 0.04, 0.82, 0.84)
    line = TextLine(start=0, box=Box(x=0.0, y=0.0, width=1.0, height=0.02), lefts=lefts, rights=rights)
    assert len(page_text.boxes_between(PageText(text="abcd", lines=(line,)), 0, 4)) == 2


def test_that_a_quotation_is_found_again_by_what_stands_around_it() -> None:
    text = of_lines("one stone", "two stone", "three stone")
    moved = PageQuote(page=0, exact="stone", start=2, prefix="stone\ntwo ", suffix="\nthree")
    assert page_text.find_on_page(text, moved) == (14, 19)


def test_that_a_quotation_is_found_though_its_lines_broke_elsewhere() -> None:
    text = of_lines("pupils counted", "aloud and well")
    quote = PageQuote(page=0, exact="counted aloud  and", start=3)
    found = page_text.find_on_page(text, quote)
    assert found is not None
    assert text.text[slice(*found)] == "counted\naloud and"
    assert page_text.find_on_page(text, PageQuote(page=0, exact="never said", start=0)) is None


def test_that_a_quotation_has_no_white_space_at_its_edges() -> None:
    quote = page_text.page_quote(4, of_lines("we counted aloud"), 2, 11)
    assert quote is not None
    assert (quote.page, quote.exact, quote.start, quote.prefix, quote.suffix) == (4, "counted", 3, "we ", " aloud")
    assert page_text.page_quote(4, of_lines("a b"), 1, 2) is None


def test_that_a_selection_over_pages_has_a_part_on_each() -> None:
    selection = Selection(Caret(3, 5), Caret(1, 7))
    assert [selection.part_on(page, 20) for page in range(5)] == [None, (7, 20), (0, 20), (0, 5), None]
    assert selection.first == Caret(1, 7)
    assert Selection(Caret(1, 7), Caret(1, 7)).is_empty


def test_that_a_drag_in_the_margin_beside_words_means_words_and_one_far_from_them_does_not() -> None:
    text = of_lines("abcd")
    assert page_text.touches(text, 0.08, 0.12, 1.4)
    assert not page_text.touches(text, 0.7, 0.12, 1.4)
    assert not page_text.touches(text, 0.15, 0.4, 1.4)
