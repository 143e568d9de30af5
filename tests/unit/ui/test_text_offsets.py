"""Code points and UTF-16 units say the same place in both directions."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ui.text_offsets import TextOffsets

EMOJI = "a😀b😀😀c"


@settings(deadline=None)
@given(st.text(st.characters(exclude_categories=())), st.data())
def test_offset_survives_the_way_to_qt_and_back(text: str, data: st.DataObject) -> None:
    offset = data.draw(st.integers(0, len(text)))
    offsets = TextOffsets(text)

    assert offsets.from_qt(offsets.to_qt(offset)) == offset


@settings(deadline=None)
@given(st.text())
def test_qt_position_counts_utf16_units(text: str) -> None:
    offsets = TextOffsets(text)

    positions = [offsets.to_qt(offset) for offset in range(len(text) + 1)]

    assert positions == [len(text[:offset].encode("utf-16-le")) // 2 for offset in range(len(text) + 1)]


@pytest.mark.parametrize(("utf16", "code_point"), [(1, 1), (2, 1), (3, 2), (5, 3), (7, 4), (9, 6)])
def test_position_inside_a_surrogate_pair_counts_as_before_it(utf16: int, code_point: int) -> None:
    assert TextOffsets(EMOJI).from_qt(utf16) == code_point


@pytest.mark.parametrize("text", ["", "plain", EMOJI])
def test_positions_outside_the_text_are_drawn_to_its_ends(text: str) -> None:
    offsets = TextOffsets(text)
    last = len(text.encode("utf-16-le")) // 2

    assert (offsets.to_qt(-1), offsets.to_qt(99)) == (0, last)
    assert (offsets.from_qt(-1), offsets.from_qt(99)) == (0, len(text))
