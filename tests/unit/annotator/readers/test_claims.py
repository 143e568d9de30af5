"""Spans that a file claims: which are kept, which are left out, and what is said of them."""

import pytest

from annotator.model import Fragment
from annotator.readers.claims import Claim, Claims
from annotator.readers.document import ReadRelation, ReadSet

TEXT = "A 😀 judge\nruled."


def taken(*claims: Claim, unit: str = "code points", raw: str = TEXT) -> tuple[ReadSet, tuple[str, ...]]:
    checked = Claims(raw, unit, place="line 3")  # type: ignore[arg-type]
    part = checked.part("Ana", claims)
    return part, checked.warnings


@pytest.mark.parametrize(
    ("unit", "pair"), [("code points", (4, 9)), ("UTF-16 units", (5, 10)), ("UTF-8 bytes", (7, 12))]
)
def test_offsets_are_taken_in_the_unit_of_the_file(unit: str, pair: tuple[int, int]) -> None:
    part, warnings = taken(Claim("1", "judge", (pair,), "judge"), unit=unit)

    assert [span.fragments for span in part.annotations] == [(Fragment(4, 9),)]
    assert warnings == ()


@pytest.mark.parametrize("pair", [(4, 90), (-2, 3), (9, 4), (4, 4)])
def test_what_is_no_place_in_the_text_is_left_out_and_listed(pair: tuple[int, int]) -> None:
    part, warnings = taken(Claim("1", "judge", (pair,)))

    assert part.annotations == ()
    assert warnings == (f"Line 3: Span judge left out: {pair[0]}-{pair[1]} is no place in the text.",)


def test_half_of_a_character_is_no_place() -> None:
    part, warnings = taken(Claim("1", "judge", ((3, 10),)), unit="UTF-16 units")

    assert part.annotations == ()
    assert "no place" in warnings[0]


def test_words_that_stand_elsewhere_are_never_shifted() -> None:
    part, warnings = taken(Claim("1", "judge", ((3, 8),), "judge"))

    assert part.annotations == ()
    assert warnings == ("Line 3: Span judge “judge” left out: 3-8 reads “judg”.",)


def test_words_with_other_white_space_are_kept_and_listed() -> None:
    part, warnings = taken(Claim("1", "judge", ((4, 15),), "judge ruled"))

    assert len(part.annotations) == 1
    assert warnings == (
        "Line 3: Kept, though their words are quoted with other white space: judge 4-15 “judge ruled”.",
    )


def test_label_with_tab_and_line_break_is_written_on_one_line() -> None:
    part, warnings = taken(Claim("1", "high\tcourt\njudge", ((4, 9),)))

    assert part.annotations[0].label == "high court judge"
    assert warnings == ("Line 3: Written on one line: 'high\\tcourt\\njudge'.",)


def test_span_without_a_label_is_listed_with_its_words() -> None:
    _, warnings = taken(Claim("1", "\t", ((4, 9),)))

    assert warnings[0] == "Line 3: Span “judge” left out: it has no label."


def test_the_same_span_twice_and_an_id_used_twice_are_listed() -> None:
    part, warnings = taken(
        Claim("1", "judge", ((4, 9),)), Claim("2", "judge", ((4, 9),)), Claim("1", "court", ((4, 9),))
    )

    assert [span.label for span in part.annotations] == ["judge"]
    assert [warning.split(": ")[2] for warning in warnings] == [
        "the same span stands there already.",
        "the id 1 is used twice.",
    ]


def test_link_is_kept_only_with_both_its_ends() -> None:
    claims = Claims(TEXT, "code points")
    spans = [Claim("1", "judge", ((4, 9),)), Claim("2", "x", ((0, 99),)), Claim("3", "verb", ((10, 15),))]
    links = [ReadRelation("does", "1", "3"), ReadRelation("is", "1", "2"), ReadRelation("has", "1", "9")]

    part = claims.part("Ana", spans, links)

    assert [link.type for link in part.relations] == ["does"]
    assert claims.warnings[1:] == (
        "Link is left out with a span that it joins.",
        "Link has left out: a span that it joins is not there.",
    )


def test_offsets_follow_the_text_when_its_line_breaks_are_changed() -> None:
    part, _ = taken(Claim("1", "n", ((10, 15),), "three"), raw="One\r\ntwo\r\nthree")

    assert part.annotations[0].fragments == (Fragment(8, 13),)
