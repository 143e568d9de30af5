"""Chips of one line keep clear of each other and say as much as they can."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ui.views.chips import GAP, SHIFT, Anchor, arrange, forms

CLAIM = (40.0, 26.0, 12.0, 6.0)
ORGANIZATION = (90.0, 28.0, 12.0, 6.0)

anchors = st.lists(
    st.builds(Anchor, st.floats(0, 600), st.sampled_from([CLAIM, ORGANIZATION])), max_size=12
).map(lambda each: sorted(each, key=lambda anchor: anchor.x))


@settings(deadline=None)
@given(anchors)
def test_chips_never_overlap(line: list[Anchor]) -> None:
    places = arrange(line, 640)

    for (anchor, place), after in zip(zip(line, places, strict=True), places[1:], strict=False):
        assert after.x >= place.x + anchor.widths[place.form] + GAP - 1e-6


@settings(deadline=None)
@given(anchors)
def test_chip_strays_to_the_left_by_no_more_than_its_share(line: list[Anchor]) -> None:
    for anchor, place in zip(line, arrange(line, 640), strict=True):
        assert place.x >= anchor.x - SHIFT * anchor.widths[place.form] - 1e-6


def test_chip_with_room_stands_at_its_anchor_in_full() -> None:
    places = arrange([Anchor(10, CLAIM), Anchor(200, ORGANIZATION)], 640)

    assert [(each.x, each.form) for each in places] == [(10, 0), (200, 0)]


def test_chip_moves_a_little_before_it_shortens() -> None:
    first, second = arrange([Anchor(30, CLAIM), Anchor(60, CLAIM)], 640)

    assert (first.x, first.form) == (17, 0)
    assert (second.x, second.form) == (60, 0)


def test_chip_shortens_where_the_next_is_near() -> None:
    first, _second = arrange([Anchor(100, ORGANIZATION), Anchor(130, CLAIM)], 640)

    assert first.form == 1


def test_chips_of_one_place_stand_side_by_side() -> None:
    places = arrange([Anchor(100, CLAIM), Anchor(100, CLAIM)], 640)

    assert [each.form for each in places] == [0, 0]
    assert places[1].x == 100 + CLAIM[0] + GAP


def test_chip_at_the_end_of_the_line_stays_inside() -> None:
    (place,) = arrange([Anchor(620, CLAIM)], 640)

    assert place.x + CLAIM[place.form] <= 640


@pytest.mark.parametrize(
    ("name", "expected"),
    [("Claim", ("CLAIM", "CLA", "C", "")), ("Law", ("LAW", "L", "")), ("… Cue", ("… CUE", "… C", "…", ""))],
)
def test_forms_of_a_name_end_in_a_dot(name: str, expected: tuple[str, ...]) -> None:
    assert forms(name) == expected
