"""Charts are well-formed, the same every time, and true to their values."""

from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.charts import DARK, LIGHT, Bar, Dot, Inks, bar_chart, dot_chart, heatmap, line_chart

SVG = "{http://www.w3.org/2000/svg}"
BARS = (Bar("judge", (120, 12, 15)), Bar("claim <x> & “y”", (5, 0, 1)))
SERIES = ("train", "validation", "test")


def boxes(svg: str, kind: str) -> list[float]:
    found = ElementTree.fromstring(svg).iter(f"{SVG}rect")
    return [
        float(one.attrib["width"]) for one in found if one.get("class") == kind and one.get("height") == "14"
    ]


def luminance(colour: str) -> float:
    """Relative luminance as WCAG 2.2 defines it."""
    channels = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [one / 12.92 if one <= 0.04045 else ((one + 0.055) / 1.055) ** 2.4 for one in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def test_bars_are_as_long_as_their_values_and_say_them() -> None:
    svg = bar_chart("Spans by label", BARS, series=SERIES)

    first, second = boxes(svg, "s0")
    assert first / second == pytest.approx(120 / 5, rel=0.01)
    assert len(boxes(svg, "s1")) == 1
    words = ["".join(one.itertext()) for one in ElementTree.fromstring(svg).iter(f"{SVG}text")]
    assert words == ["Spans by label", *SERIES, "judge", "147", "claim <x> & “y”", "6"]


def test_what_is_seen_is_told_to_those_who_cannot_see_it() -> None:
    root = ElementTree.fromstring(bar_chart("Spans by label", BARS, series=SERIES))

    assert root.get("role") == "img"
    assert root.findtext(f"{SVG}title") == "Spans by label"
    assert root.findtext(f"{SVG}desc") == "judge: 147; claim <x> & “y”: 6"


def test_light_and_dark_come_in_one_picture_unless_one_is_chosen() -> None:
    both = bar_chart("T", BARS, series=SERIES)

    assert "prefers-color-scheme: dark" in both
    assert LIGHT.ink in both
    assert DARK.ink in both
    assert DARK.ink not in bar_chart("T", BARS, series=SERIES, inks=LIGHT)
    assert "style" not in bar_chart("T", BARS, series=SERIES, inks=DARK)


@pytest.mark.parametrize("inks", [LIGHT, DARK])
def test_words_and_bars_stand_out_from_the_ground(inks: Inks) -> None:
    assert min(contrast(inks.paper, words) for words in (inks.ink, inks.muted)) >= 4.5
    assert min(contrast(inks.paper, colour) for colour in inks.series) >= 3


names = st.text(max_size=60)


@given(st.lists(st.builds(Bar, names, st.tuples(st.integers(0, 10**6))), max_size=8), names)
def test_any_words_make_well_formed_svg_that_stays_inside(bars: list[Bar], title: str) -> None:
    svg = bar_chart(title, bars)

    root = ElementTree.fromstring(svg)
    ends = [float(one.get("x", 0)) + float(one.attrib["width"]) for one in root.iter(f"{SVG}rect")]
    assert max(ends) <= 720
    assert svg == bar_chart(title, bars)


def test_long_name_is_cut_and_told_whole() -> None:
    name = "a label with a name that is much too long for its place"

    svg = bar_chart("T", [Bar(name, (1,))])

    assert ">a label with a name that is muc…<" in svg
    assert f"<title>{name}</title>" in svg


def test_bar_with_another_number_of_values_is_refused() -> None:
    with pytest.raises(ValueError, match="one value for each"):
        bar_chart("T", [Bar("a", (1, 2))])


def test_dots_stand_at_their_values_and_tell_what_is_missing() -> None:
    dots = (Dot("exact", 0.5, 0.25, 0.75, "n=9"), Dot("overlap", 1.0), Dot("u-α", None, note="no spans"))

    root = ElementTree.fromstring(dot_chart("Agreement", dots, lines=(0.8,), inks=LIGHT))

    shapes = [one for one in root.iter(f"{SVG}rect") if one.get("class") == "s0"]
    half, whole = (float(one.attrib["x"]) for one in shapes if one.get("height") == "9")
    [between] = [one for one in shapes if one.get("height") == "3"]
    assert float(between.attrib["width"]) == pytest.approx(whole - half, abs=0.1)
    assert root.findtext(f"{SVG}desc") == "exact: 0.500 n=9; overlap: 1.000; u-α: no spans"


def test_cells_are_as_strong_as_their_share_of_the_greatest() -> None:
    svg = heatmap("Labels", ("court", "judge"), ("court", "judge"), ((8, 2), (2, None)), inks=LIGHT)

    cells = [one for one in ElementTree.fromstring(svg).iter(f"{SVG}rect") if one.get("class") == "s0"]
    assert [one.get("fill-opacity") for one in cells] == ["0.4", "0.15", "0.15"]
    assert dot_chart("Nothing", ()) == dot_chart("Nothing", ())
    assert "<svg" in heatmap("Nothing", (), (), ())


def test_a_line_goes_through_its_points_and_says_them() -> None:
    svg = line_chart("Curve", [(0, 0), (5, 0.5), (20, 0.875)], across="documents")
    root = ElementTree.fromstring(svg)
    words = [each.text for each in root.iter(f"{SVG}text")]
    lines = [each.get("points", "") for each in root.iter(f"{SVG}polygon")]

    assert {"0.50", "0.88", "20", "documents"} <= set(words)
    assert len(lines) == 2
    assert root.findtext(f"{SVG}desc") == "0: 0.00; 5: 0.50; 20: 0.88"
    middles = [float(each.attrib["y"]) for each in root.iter(f"{SVG}rect") if each.get("class") == "s0"]
    assert middles == sorted(middles, reverse=True)


def test_the_value_of_a_point_at_the_top_stands_clear_of_the_title() -> None:
    root = ElementTree.fromstring(line_chart("Curve", [(9, 1)], across="documents"))

    title, value = (
        float(each.attrib["y"]) for each in root.iter(f"{SVG}text") if each.text in ("Curve", "1.00")
    )

    assert value - title > 13  # pixels of a letter


def test_a_line_of_one_point_or_none_is_drawn() -> None:
    assert ElementTree.fromstring(line_chart("One", [(0, 0.2)], across="n")) is not None
    assert ElementTree.fromstring(line_chart("None", [], across="n")) is not None
