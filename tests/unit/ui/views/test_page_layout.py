"""Pages below each other."""

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ui.views.page_layout import GAP, MARGIN, PageLayout, PageSize, fitting_scale

LETTER, SMALL, WIDE = PageSize(612, 792), PageSize(300, 200), PageSize(1000, 500)

sizes = st.lists(st.builds(PageSize, st.floats(1, 15_000), st.floats(1, 15_000)), min_size=1, max_size=30)


@given(sizes, st.floats(0.05, 8), st.sampled_from([1.0, 1.25, 1.5, 2.0]))
def test_pages_neither_overlap_nor_leave_the_view(pages: list[PageSize], scale: float, ratio: float) -> None:
    layout = PageLayout(pages, scale, width=700, ratio=ratio)
    rects = [layout.rect(number) for number in range(len(layout))]

    assert all(below.top() > above.bottom() for above, below in itertools.pairwise(rects))
    assert all(rect.left() >= 0 and rect.right() <= layout.width for rect in rects)
    assert rects[-1].bottom() < layout.height


@given(sizes, st.floats(0.05, 8), st.sampled_from([1.0, 1.25, 1.5, 2.0]))
def test_pages_begin_and_end_on_device_pixels(pages: list[PageSize], scale: float, ratio: float) -> None:
    layout = PageLayout(pages, scale, width=701, ratio=ratio)

    for number in range(len(layout)):
        rect = layout.rect(number)
        for side in (rect.left(), rect.top(), rect.right(), rect.bottom()):
            assert side * ratio == pytest.approx(round(side * ratio), abs=1e-6)


@given(sizes, st.floats(0.05, 8))
def test_page_is_found_at_its_own_heights(pages: list[PageSize], scale: float) -> None:
    layout = PageLayout(pages, scale, width=700)

    for number in range(len(layout)):
        assert layout.at(layout.rect(number).top()) == number
        assert number in layout.between(layout.rect(number).top(), layout.rect(number).bottom())


def test_only_pages_in_view_are_between() -> None:
    layout = PageLayout([LETTER] * 100, 1, width=700)
    top = layout.rect(50).top()

    assert layout.between(top + 10, top + 700) == range(50, 51)
    assert layout.between(top + 10, top + 800 + GAP) == range(50, 52)


def test_small_pages_stand_in_the_middle() -> None:
    layout = PageLayout([LETTER, SMALL], 1, width=800)

    assert layout.rect(1).center().x() == pytest.approx(400, abs=1)


def test_widest_page_fills_the_view() -> None:
    scale = fitting_scale([SMALL, WIDE, LETTER], 628, most=4)

    assert WIDE.width * scale == pytest.approx(628 - 2 * MARGIN)


def test_small_pages_are_not_blown_up_without_end() -> None:
    assert fitting_scale([SMALL], 4000, most=2) == 2
