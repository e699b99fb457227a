"""The parts of the viewers that count and measure, without a window."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from workbench.media.jobs import Cue
from workbench.model.citation import TimeRange
from workbench.ui.viewers.captions import Captions
from workbench.ui.viewers.cite_range import CiteRange
from workbench.ui.viewers.lane_rows import rows_for
from workbench.ui.viewers.page_layout import PageLayout, fit_width
from workbench.ui.viewers.text_quote import characters_before, find_quote, quote_at, unit_of

spans = st.lists(st.tuples(st.floats(0, 500), st.floats(1, 200)).map(lambda pair: (pair[0], pair[0] + pair[1])))


@given(spans)
def test_that_bars_in_one_row_never_overlap(found: list[tuple[float, float]]) -> None:
    rows = rows_for(found)
    for row in set(rows):
        mine = sorted(span for span, its_row in zip(found, rows, strict=True) if its_row == row)
        assert all(left[1] <= right[0] for left, right in pairwise(mine))


@given(st.text(max_size=80), st.integers(0, 80), st.integers(0, 80))
def test_that_a_quotation_is_found_where_it_was_taken(text: str, start: int, end: int) -> None:
    quote = quote_at(text, start, end)
    if quote is not None:
        assert find_quote(text, quote) == (quote.start, quote.start + len(quote.exact))


def test_that_a_quotation_is_found_by_its_neighbours_when_the_text_has_moved() -> None:
    quote = quote_at("first the gap, then the gap again", 24, 27)
    assert quote is not None
    assert find_quote("NEW: first the gap, then the gap again", quote) == (29, 32)


@given(st.text(max_size=60), st.data())
def test_that_positions_survive_the_way_to_qt_and_back(text: str, data: st.DataObject) -> None:
    place = data.draw(st.integers(0, len(text)))
    assert characters_before(text, unit_of(text, place)) == place


def test_that_the_last_ten_seconds_are_cited_when_nothing_is_marked() -> None:
    assert CiteRange().place(24_000, 60_000) == TimeRange(start_ms=14_000, end_ms=24_000)
    assert CiteRange().place(4_000, 60_000) == TimeRange(start_ms=0, end_ms=4_000)


def test_that_a_marked_range_is_cited_and_a_mark_in_alone_reaches_until_now() -> None:
    marked = CiteRange().with_in(5_000)
    assert marked.place(9_000, 60_000) == TimeRange(start_ms=5_000, end_ms=9_000)
    assert marked.with_out(7_000).place(30_000, 60_000) == TimeRange(start_ms=5_000, end_ms=7_000)


def test_that_an_end_before_the_beginning_drops_the_beginning() -> None:
    assert CiteRange().with_in(9_000).with_out(4_000).in_ms is None


def test_that_only_pages_in_view_count_as_visible() -> None:
    layout = PageLayout([(600.0, 800.0)] * 117, 1.0, 900.0)
    assert list(layout.visible(layout.spots[50].top, 700)) == [50]
    assert list(layout.visible(0, 0)) in ([], [0])
    assert layout.visible(layout.height, 500).stop <= 117


def test_that_the_widest_page_decides_what_fits_the_width() -> None:
    zoom = fit_width([(300.0, 400.0), (600.0, 400.0)], 824)
    assert round(PageLayout([(600.0, 400.0)], zoom, 824).spots[0].width) == 800


def test_that_captions_are_those_of_the_moment() -> None:
    captions = Captions([Cue(start_ms=4000, end_ms=8000, text="b"), Cue(start_ms=0, end_ms=3000, text="a")])
    assert [captions.at(at_ms) for at_ms in (0, 2999, 3500, 4000, 8000)] == ["a", "a", "", "b", ""]
