"""How far the work stands: status of documents, what is left, speed, and forecasts where there are any."""

import pytest

from annotator.model import WorkState
from annotator.standing import (
    PACE_DAYS,
    Forecast,
    Standing,
    TimeSpent,
    Titled,
    WorkFacts,
    standing_of,
    status_of,
)
from tests.factories import annotator

PEOPLE = (annotator("ana"), annotator("bo"), annotator("cy"))


def standing(
    *states: tuple[str, str, WorkState],
    marked: tuple[tuple[str, str], ...] = (),
    times: tuple[TimeSpent, ...] = (),
) -> Standing:
    documents = [Titled("a", "A", 1000), Titled("b", "B", 1000), Titled("c", "C", 4000)]
    said = [(who, state, [document]) for document, who, state in states]
    spans = [(who, [document]) for document, who in marked]
    return standing_of(WorkFacts(documents, said, spans, times), PEOPLE)


@pytest.mark.parametrize(
    ("states", "status"),
    [
        ((), "unassigned"),
        (("todo",), "todo"),
        (("todo", "skipped"), "todo"),
        (("todo", "done"), "in_progress"),
        (("in_progress",), "in_progress"),
        (("done", "skipped"), "done"),
        (("skipped",), "skipped"),
        (("done", "returned"), "returned"),
    ],
)
def test_a_documents_status_is_that_of_its_annotators_together(
    states: tuple[WorkState, ...], status: str
) -> None:
    assert status_of(states) == status


def test_who_marks_has_begun() -> None:
    found = standing(
        ("a", "ana", "todo"), ("b", "ana", "done"), marked=(("a", "ana"), ("b", "ana"), ("c", "bo"))
    )

    assert [document.status for document in found.documents] == ["in_progress", "done", "in_progress"]
    assert [(person.id, person.left) for person in found.people] == [("ana", 1), ("bo", 1)]


def test_forecast_goes_by_length_speed_and_pace() -> None:
    time = TimeSpent("ana", seconds=7200, spans=60, finished=1, lately=1)
    [ana] = standing(("a", "ana", "done"), ("c", "ana", "todo"), times=(time,)).people

    assert (ana.documents_an_hour, ana.spans_an_hour) == (0.5, 30)
    assert ana.forecast == Forecast(hours=8.0, days=4 * PACE_DAYS)  # as long as four usual ones


def test_what_nothing_tells_is_not_known() -> None:
    found = standing(("a", "ana", "done"), ("b", "ana", "todo"), ("c", "bo", "done"))
    ana, bo = found.people

    assert (ana.documents_an_hour, ana.forecast) == (None, Forecast(None, None))
    assert bo.forecast == Forecast(0.0, 0)
    assert found.forecast == Forecast(None, None)


def test_project_is_done_when_whoever_takes_longest_is() -> None:
    times = (TimeSpent("ana", 3600, 5, 1, 1), TimeSpent("bo", 3600, 5, 2, 2))
    found = standing(
        ("a", "ana", "done"), ("b", "ana", "todo"), ("a", "bo", "done"), ("b", "bo", "todo"), times=times
    )

    assert found.forecast == Forecast(hours=1.5, days=PACE_DAYS)


def test_documents_behind_a_number_are_found() -> None:
    found = standing(("a", "ana", "done"), ("b", "ana", "todo"), ("a", "bo", "todo"))

    assert [each.id for each in found.chosen(status="unassigned")] == ["c"]
    assert [each.id for each in found.chosen(annotator="ana", status="done")] == ["a"]
    assert [each.id for each in found.chosen(annotator="bo", status="left")] == ["a"]
    assert [each.id for each in found.chosen(annotator="bo")] == ["a"]
    assert [each.id for each in found.chosen(status="left")] == ["a", "b", "c"]
