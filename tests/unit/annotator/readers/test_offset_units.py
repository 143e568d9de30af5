"""Offsets in code points, UTF-16 units and UTF-8 bytes, and which of them a file means."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.readers.offset_units import (
    UNITS,
    Unit,
    UnitVotes,
    after_newlines,
    converter,
    merged,
    placed,
    quotes,
)

TEXT = "A 😀 judge\nruled."
texts = st.text(st.characters(codec="utf-8"), max_size=40)


@pytest.mark.parametrize(
    ("unit", "pair"), [("code points", (4, 9)), ("UTF-16 units", (5, 10)), ("UTF-8 bytes", (7, 12))]
)
def test_judge_is_found_in_every_unit(unit: Unit, pair: tuple[int, int]) -> None:
    assert placed([pair], converter(TEXT, unit)) == ((4, 9),)


@pytest.mark.parametrize("pair", [(3, 5), (5, 4), (6, 6), (-1, 3), (16, 30)])
def test_pair_inside_a_character_turned_round_empty_or_outside_is_no_place(pair: tuple[int, int]) -> None:
    assert placed([pair], converter(TEXT, "UTF-16 units")) is None


@given(texts, st.data())
def test_every_code_point_comes_back_from_every_unit(text: str, data: st.DataObject) -> None:
    place = data.draw(st.integers(0, len(text)))
    before = text[:place]

    assert converter(text, "code points")(place) == place
    assert converter(text, "UTF-16 units")(len(before.encode("utf-16-le")) // 2) == place
    assert converter(text, "UTF-8 bytes")(len(before.encode())) == place


@pytest.mark.parametrize(("unit", "start"), [("code points", 4), ("UTF-16 units", 5), ("UTF-8 bytes", 7)])
def test_unit_is_what_most_quotes_of_the_file_agree_with(unit: Unit, start: int) -> None:
    votes = UnitVotes()

    votes.add(TEXT, [([(start, start + 5)], "judge"), ([(start, start + 5)], "no such words")])

    assert votes.unit() == unit


def test_ascii_alone_leaves_code_points() -> None:
    votes = UnitVotes()

    votes.add("A judge ruled.", [([(2, 7)], "judge")])

    assert votes.unit() == UNITS[0] == "code points"


def test_words_are_compared_without_regard_to_how_white_space_is_written() -> None:
    assert quotes("the\nsupreme  court", [(0, 11), (13, 18)], "the supreme court")
    assert not quotes("the supreme court", [(0, 11)], "the supreme court")


@given(st.text("a\r\n", max_size=30))
def test_offsets_follow_the_text_when_line_breaks_become_one(raw: str) -> None:
    changed = raw.replace("\r\n", "\n")
    follow = after_newlines(raw)

    for place, character in enumerate(raw):
        inside = character == "\n" and raw[place - 1 : place] == "\r"
        if not inside:
            wanted = "\n" if raw[place : place + 2] == "\r\n" else character
            assert changed[follow(place)] == wanted
    assert follow(len(raw)) == len(changed)


def test_fragments_come_in_text_order_and_those_that_touch_are_one() -> None:
    assert merged([(10, 12), (0, 4), (4, 6), (5, 8)]) == ((0, 8), (10, 12))
