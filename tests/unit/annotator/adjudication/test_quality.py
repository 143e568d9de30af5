"""What is reported of an annotator is what was decided of the work, counted by hand here."""

import pytest

from annotator.adjudication.decisions import Verdict
from annotator.adjudication.quality import Judged, Marked, Nearness, Scope, nearness
from annotator.agreement.undefined import Undefined
from annotator.model import Fragment
from annotator.progress import run


def _marked(label: str, start: int, end: int) -> Marked:
    return Marked(label, (Fragment(start, end),))


def _judged(
    own: Marked | None,
    *gold: Marked,
    verdict: Verdict,
    document: str = "d1",
    week: str = "2026-W13",
    contested: bool = True,
) -> Judged:
    return Judged(document, week, own, gold, verdict, contested)


COURT, JUDGE = _marked("court", 10, 20), _marked("judge", 30, 40)
WORK = (
    _judged(COURT, COURT, verdict="correct", contested=False),
    _judged(_marked("judge", 28, 40), JUDGE, verdict="boundary_wrong"),
    _judged(_marked("law", 50, 60), _marked("citation", 50, 60), verdict="label_wrong", week="2026-W14"),
    _judged(_marked("law", 70, 80), verdict="spurious"),
    _judged(None, _marked("court", 90, 99), verdict="missed", week="2026-W14"),
    _judged(_marked("claim", 100, 140), _marked("claim", 100, 150), verdict="acceptable_variant"),
)


def _nearness(scope: Scope = "all", work: tuple[Judged, ...] = WORK) -> Nearness:
    return run(nearness(work, scope))


def _value(found: Nearness, name: str) -> float:
    value = found.figures[name].value
    assert isinstance(value, float)
    return value


def test_exact_figures_count_the_same_spans_of_the_same_label() -> None:
    found = _nearness()
    assert found.units == 6
    assert _value(found, "precision") == pytest.approx(1 / 5)
    assert _value(found, "recall") == pytest.approx(1 / 5)
    assert _value(found, "f1") == pytest.approx(1 / 5)
    assert found.figures["f1"].spans == 5


def test_relaxed_figures_count_any_overlap_under_the_same_label() -> None:
    found = _nearness()
    assert _value(found, "relaxed_precision") == pytest.approx(3 / 5)
    assert _value(found, "relaxed_recall") == pytest.approx(3 / 5)


def test_missed_is_a_share_of_gold_and_spurious_of_own_spans() -> None:
    found = _nearness()
    assert _value(found, "missed") == pytest.approx(1 / 5)
    assert _value(found, "spurious") == pytest.approx(1 / 5)
    assert _value(found, "variant") == pytest.approx(1 / 5)


def test_what_all_agreed_on_is_left_out_of_the_contested() -> None:
    found = _nearness("contested")
    assert found.units == 5
    assert _value(found, "f1") == 0.0


def test_labels_are_counted_for_themselves() -> None:
    labels = _nearness().labels
    assert labels["court"]["recall"].value == pytest.approx(1 / 2)
    assert labels["court"]["precision"].value == pytest.approx(1.0)
    assert labels["citation"]["precision"].value == Undefined("no_spans")


def test_confusion_pairs_own_labels_with_those_of_gold() -> None:
    assert _nearness().confusion == {
        ("court", "court"): 1,
        ("judge", "judge"): 1,
        ("law", "citation"): 1,
        ("claim", "claim"): 1,
    }


def test_ends_before_those_of_gold_are_below_zero() -> None:
    found = _nearness()
    assert found.start is not None
    assert found.end is not None
    assert (found.start.median, found.start.spans) == (0.0, 3)
    assert (found.end.low, found.end.median) == (-5.0, 0.0)


def test_weeks_follow_the_work() -> None:
    weeks = _nearness().weeks
    assert weeks["2026-W13"].value == pytest.approx(2 * 1 / (4 + 3))
    assert weeks["2026-W14"].value == 0.0


def test_five_documents_give_an_interval_and_four_none() -> None:
    four = tuple(_judged(COURT, COURT, verdict="correct", document=f"d{n}") for n in range(4))
    missed = _judged(None, JUDGE, verdict="missed", document="d9")
    assert _nearness(work=four).figures["f1"].interval is None
    interval = _nearness(work=(*four, missed)).figures["f1"].interval
    assert interval is not None
    assert interval.low < 8 / 9 <= interval.high


def test_nothing_decided_has_no_figures_but_a_reason() -> None:
    found = _nearness(work=())
    assert found.figures["f1"].value == Undefined("no_spans")
    assert (found.units, found.start, found.weeks) == (0, None, {})
