"""The sets that hands are counted on are what docs/hands.md says of them."""

from collections import Counter
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from annotator.adjudication.types import TYPES
from benchmarks.hand_peers import PEERS, Count
from benchmarks.hands import BY_CURSOR, ROOT, WAYS, wanted_spans
from benchmarks.hands_page import SUGGESTED
from benchmarks.hands_review import OURS, THEIRS, disagreements, outcomes, prepare
from benchmarks.series import DAM, LENGTH, MILL, PORT, marked_up, own


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

    assert all(f"| {way} | " in page for way in WAYS | SUGGESTED)


def test_prepared_disagreements_are_50_of_all_types(tmp_path: Path) -> None:
    with prepare(tmp_path) as store:
        types = [unit.type for unit in disagreements(store)]

    assert types == [outcome.type for outcome in outcomes()]
    assert len(types) == 50
    assert set(types) == set(TYPES) - {"agree"}


def test_page_counts_how_the_prepared_disagreements_are_decided() -> None:
    page = " ".join((ROOT / "docs" / "hands.md").read_text("utf-8").split())

    kinds = Counter(outcome.kind for outcome in outcomes())
    assert kinds == {"take": 33, "none": 9, "edit": 5, "new": 2, "several": 1}
    assert "33 times somebody's is taken, 9 times none is right, 5 are edited" in page
    assert all(f"| {name} | " in page for name in OURS | THEIRS)


def test_every_prepared_disagreement_is_settled_by_keys_as_it_was_fixed(qtbot: QtBot) -> None:
    [count] = [play() for play in OURS.values()]

    assert f"| {count.keys} | 0 | 0 | **{count.keys}** |" in (ROOT / "docs" / "hands.md").read_text("utf-8")


def test_marks_of_a_series_may_stand_within_each_other() -> None:
    text, spans = marked_up("[The [Authority|1] shall pay|r].", {"1": "organization", "r": "order"})

    assert text == "The Authority shall pay."
    assert spans == ((0, 23, "order"), (4, 13, "organization"))
    with pytest.raises(ValueError, match="not closed"):
        marked_up("[The Authority", {})


@pytest.mark.parametrize("folder", [DAM, PORT, MILL])
def test_series_is_ten_opinions_of_30_to_80_spans_that_the_page_counts(folder: Path) -> None:
    documents = own(folder).documents
    page = (ROOT / "docs" / "hands.md").read_text("utf-8")

    assert len(documents) == LENGTH
    assert all(30 <= len(document.spans) <= 80 for document in documents)
    assert all(len(set(document.spans)) == len(document.spans) for document in documents)
    spans = [len(document.spans) for document in documents]
    assert f"| spans | {' | '.join(map(str, (*spans, sum(spans))))} |" in page
