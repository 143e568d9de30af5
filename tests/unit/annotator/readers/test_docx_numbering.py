"""Numbers and bullets of lists, counted as Word counts them."""

import pytest
from defusedxml.ElementTree import fromstring
from hypothesis import given
from hypothesis import strategies as st

from annotator.readers.docx_numbering import Numbering, numbering_of, written
from annotator.readers.docx_styles import styles_of
from tests.unit.annotator.readers.word_files import part


def _level(place: int, how: str, text: str, *, start: int = 1, more: str = "") -> str:
    return (
        f'<w:lvl w:ilvl="{place}"><w:start w:val="{start}"/><w:numFmt w:val="{how}"/>'
        f'<w:lvlText w:val="{text}"/>{more}</w:lvl>'
    )


def _abstract(number: int, *levels: str) -> str:
    return f'<w:abstractNum w:abstractNumId="{number}">{"".join(levels)}</w:abstractNum>'


def _list(number: int, abstract: int, overrides: str = "") -> str:
    return f'<w:num w:numId="{number}"><w:abstractNumId w:val="{abstract}"/>{overrides}</w:num>'


def _numbering(*pieces: str, style_lists: dict[str, str] | None = None) -> Numbering:
    return numbering_of(fromstring(part("numbering", "".join(pieces))), style_lists or {})


DECIMAL = _abstract(
    0, _level(0, "decimal", "%1."), _level(1, "decimal", "%1.%2"), _level(2, "bullet", "\uf0b7")
)


def test_levels_count_apart_and_start_anew_under_a_new_parent() -> None:
    numbering = _numbering(DECIMAL, _list(1, 0))

    shown = [numbering.marker("1", level, "") for level in (0, 1, 1, 2, 0, 1, 0)]

    assert shown == ["1.", "1.1", "1.2", "•", "2.", "2.1", "3."]


def test_lists_of_one_kind_count_on_unless_one_starts_anew() -> None:
    anew = '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="5"/></w:lvlOverride>'
    numbering = _numbering(DECIMAL, _list(1, 0), _list(2, 0), _list(3, 0, anew))

    shown = [numbering.marker(list_id, 0, "") for list_id in ("1", "2", "3", "3")]

    assert shown == ["1.", "2.", "5.", "6."]


def test_a_list_may_replace_a_level_of_its_kind() -> None:
    other = f'<w:lvlOverride w:ilvl="0">{_level(0, "upperLetter", "%1)", start=3)}</w:lvlOverride>'

    assert _numbering(DECIMAL, _list(1, 0, other)).marker("1", 0, "") == "C)"


def test_a_level_below_one_that_was_not_counted_shows_its_start() -> None:
    kind = _abstract(0, _level(0, "upperRoman", "%1", start=4), _level(1, "decimal", "%1.%2"))

    assert _numbering(kind, _list(1, 0)).marker("1", 1, "") == "IV.1"


def test_legal_numbering_is_decimal_throughout() -> None:
    kind = _abstract(0, _level(0, "upperRoman", "%1"), _level(1, "decimal", "%1.%2", more="<w:isLgl/>"))
    numbering = _numbering(kind, _list(1, 0))
    numbering.marker("1", 0, "")

    assert numbering.marker("1", 1, "") == "1.1"


def test_a_style_finds_its_level() -> None:
    kind = _abstract(
        0, _level(0, "decimal", "%1."), _level(1, "lowerLetter", "(%2)", more='<w:pStyle w:val="Sub"/>')
    )
    numbering = _numbering(kind, _list(1, 0))

    assert [numbering.marker("1", None, style) for style in ("Top", "Sub", "Sub")] == ["1.", "(a)", "(b)"]


def test_a_list_style_lends_its_levels() -> None:
    lent = '<w:abstractNum w:abstractNumId="5"><w:numStyleLink w:val="Lent"/></w:abstractNum>'
    numbering = _numbering(DECIMAL, lent, _list(1, 0), _list(2, 5), style_lists={"Lent": "1"})

    assert numbering.marker("2", 0, "") == "1."


@pytest.mark.parametrize("list_id", ["0", "", "99"])
def test_a_paragraph_of_no_list_has_no_marker(list_id: str) -> None:
    assert _numbering(DECIMAL, _list(1, 0)).marker(list_id, 0, "") == ""


def test_a_level_without_numbers_shows_none() -> None:
    assert _numbering(_abstract(0, _level(0, "none", "")), _list(1, 0)).marker("1", 0, "") == ""


@pytest.mark.parametrize(
    ("number", "how", "shown"),
    [
        (1, "lowerLetter", "a"),
        (26, "lowerLetter", "z"),
        (28, "upperLetter", "BB"),
        (1994, "lowerRoman", "mcmxciv"),
        (4, "upperRoman", "IV"),
        (7, "decimalZero", "07"),
        (12, "ordinal", "12th"),
        (22, "ordinal", "22nd"),
        (3, "chineseCounting", "3"),
        (0, "lowerRoman", "0"),
        (2_000_000_000, "lowerRoman", "2000000000"),
    ],
)
def test_numbers_are_written_in_their_format(number: int, how: str, shown: str) -> None:
    assert written(number, how) == shown


@given(st.integers(1, 3999))
def test_roman_numerals_add_up(number: int) -> None:
    worth = {"i": 1, "v": 5, "x": 10, "l": 50, "c": 100, "d": 500, "m": 1000}
    digits = [worth[letter] for letter in written(number, "lowerRoman")]
    signed = [
        -digit if digit < following else digit
        for digit, following in zip(digits, [*digits[1:], 0], strict=True)
    ]

    assert sum(signed) == number


def test_styles_inherit_their_list_and_a_ring_of_styles_ends() -> None:
    numbering = '<w:pPr><w:numPr><w:ilvl w:val="2"/><w:numId w:val="4"/></w:numPr></w:pPr>'
    styles = styles_of(
        fromstring(
            part(
                "styles",
                '<w:style w:type="paragraph" w:styleId="Base" w:default="1"><w:name w:val="List"/>'
                f"{numbering}</w:style>"
                '<w:style w:styleId="Sub"><w:name w:val="Sub"/><w:basedOn w:val="Base"/></w:style>'
                '<w:style w:styleId="A"><w:basedOn w:val="B"/></w:style>'
                '<w:style w:styleId="B"><w:basedOn w:val="A"/></w:style>',
            )
        )
    )

    assert styles.numbering("Sub") == styles.numbering("") == ("4", 2)
    assert styles.numbering("A") == styles.numbering("unknown") == ("", None)
    assert (styles.name(""), styles.lists()) == ("list", {"Base": "4"})
