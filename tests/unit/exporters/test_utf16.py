"""UTF-16 offsets: those of Python's own encoder."""

from hypothesis import given
from hypothesis import strategies as st

from exporters.utf16 import utf16_offsets


@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_offset_is_the_number_of_units_before_it(text: str) -> None:
    offset = utf16_offsets(text)

    assert [offset(place) for place in range(len(text) + 1)] == [
        len(text[:place].encode("utf-16-le")) // 2 for place in range(len(text) + 1)
    ]
