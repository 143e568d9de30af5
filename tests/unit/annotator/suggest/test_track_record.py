"""What a suggester said is set against what was marked, and the next is as sure as that makes it."""

import pytest

from annotator.model import Annotation, Fragment
from annotator.suggest.suggestion import Suggestion
from annotator.suggest.track_record import TrackRecord
from tests import factories
from tests.unit.annotator.suggest.test_dictionary import SCHEMA

TEXT = "Acme sued Bolt, and Acme won against Bolt.\n"
PLACES = ((0, 4), (10, 14), (20, 24), (37, 41))


def suggestion(place: tuple[int, int], label: str = "organization", sure: float = 0.8) -> Suggestion:
    return Suggestion((Fragment(*place),), label, sure, "rules", "a name")


def span(place: tuple[int, int], label: str = "organization") -> Annotation:
    start, end = place
    return factories.annotation(f"{place}", start=start, end=end, label=label, text=TEXT)


def judged(record: TrackRecord, label: str = "organization", sure: float = 0.8) -> list[tuple[float, str]]:
    found = record.judged([suggestion((0, 4), label, sure)])
    return [(round(each.confidence, 2), each.reason) for each in found]


def test_what_was_right_is_surer_and_says_how_often() -> None:
    record = TrackRecord()
    assert judged(record) == [(0.8, "a name")]

    record.compare("one", map(suggestion, PLACES), map(span, PLACES), SCHEMA)

    assert judged(record) == [(0.93, "a name, right 4 of 4 times in documents done")]
    assert judged(record, sure=0.6) == [(0.6, "a name")]  # another rule
    assert judged(record, label="person") == [(0.8, "a name")]


def test_what_was_wrong_falls_silent_until_it_is_forgotten() -> None:
    record = TrackRecord()

    record.compare("one", map(suggestion, PLACES), [span(PLACES[0], "person")], SCHEMA)

    assert judged(record) == []
    record.compare("one", map(suggestion, PLACES[:2]), [span(PLACES[0])], SCHEMA)  # the document anew
    assert judged(record) == [(0.65, "a name, right 1 of 2 times in documents done")]
    record.forget("one")
    assert record.documents == ()
    assert judged(record) == [(0.8, "a name")]


@pytest.mark.parametrize("times", [1, 2])
def test_once_wrong_is_not_silent_yet(times: int) -> None:
    record = TrackRecord()

    record.compare("one", map(suggestion, PLACES[:times]), (), SCHEMA)

    assert judged(record) == [
        (round(1.6 / (times + 2), 2), f"a name, right 0 of {times} times in documents done")
    ]
