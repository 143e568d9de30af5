"""The set of spans that hands are counted on is what docs/hands.md says of it."""

import pytest

from benchmarks.hand_peers import PEERS, Count
from benchmarks.hands import BY_CURSOR, ROOT, WAYS, wanted_spans


def test_set_has_100_spans_in_order_and_none_twice() -> None:
    spans = wanted_spans()

    assert len(spans) == len(set(spans)) == 100
    assert spans == sorted(spans)
    assert all(place.start < place.end for place, _ in spans)


def test_page_has_the_counts_of_every_tool() -> None:
    page = (ROOT / "docs" / "hands.md").read_text("utf-8")

    assert [name for name in (*PEERS, *BY_CURSOR) if f"| {name} | " not in page] == []


def test_seconds_are_those_of_the_keystroke_level_model() -> None:
    assert Count(100, 10, 1).together == 111
    assert Count(100, 10, 1).seconds == pytest.approx(100 * 0.28 + 10 * 1.3 + 2.4)


def test_page_counts_every_way_of_working() -> None:
    page = (ROOT / "docs" / "hands.md").read_text("utf-8")

    assert all(f"| {way} | " in page for way in WAYS)
