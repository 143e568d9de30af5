"""The set of spans that hands are counted on is what docs/hands.md says of it."""

from benchmarks import hand_peers
from benchmarks.hands import ROOT, WAYS, wanted_spans


def test_set_has_100_spans_in_order_and_none_twice() -> None:
    spans = wanted_spans()

    assert len(spans) == len(set(spans)) == 100
    assert spans == sorted(spans)
    assert all(place.start < place.end for place, _ in spans)


def test_page_has_the_counts_of_other_tools() -> None:
    page = (ROOT / "docs" / "hands.md").read_text("utf-8")
    spans = wanted_spans()

    assert f"| doccano | {hand_peers.doccano(spans)} |" in page
    assert f"| Label Studio, label after label | {hand_peers.label_studio_kept(spans)} |" in page
    assert f"| INCEpTION | {hand_peers.inception(spans)} |" in page


def test_page_counts_every_way_of_working() -> None:
    page = (ROOT / "docs" / "hands.md").read_text("utf-8")

    assert all(f"| {way} | " in page for way in WAYS)
