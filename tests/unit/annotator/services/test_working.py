"""Time on task is kept and summed up, undo passes it by, and a document can be returned."""

from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest

from annotator.errors import InvalidEdit
from annotator.model import WorkInterval
from annotator.services import annotating, working
from annotator.store import WorkDone
from storage.store import ProjectStore, open_project
from tests.factories import ANA, DOCUMENT
from tests.projects import WORKSTATION, add_document, new_project

EARLIER, LATER = "2026-03-01T22:00:00.000Z", "2026-03-02T09:00:00.000Z"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "rulings.annotator"
    with new_project(path) as store:
        add_document(store)
    return path


def mark(store: ProjectStore, start: int = 0) -> str:
    change = annotating.highlight(
        store, annotator=ANA, document=DOCUMENT, label="court", fragments=[(start, start + 5)]
    )
    return change.after[-1].id


def test_sitting_kept_again_replaces_itself_and_lasts(path: Path) -> None:
    with open_project(path, workstation=WORKSTATION) as store:
        working.keep(store, WorkInterval("sitting", DOCUMENT, ANA, LATER, 60, 2))
        working.keep(store, WorkInterval("sitting", DOCUMENT, ANA, LATER, 90, 3, 1))
        working.keep(store, WorkInterval("other", DOCUMENT, ANA, EARLIER, 10, 1))

    with open_project(path, workstation=WORKSTATION) as store:
        assert store.work_on(DOCUMENT, ANA) == WorkDone(100, 4, 1)
        assert store.work_since(ANA, LATER) == WorkDone(90, 3, 1)
        assert [row.seconds for row in store.document_rows(ANA)] == [100]
        assert store.verify() == ()


def test_undo_and_redo_pass_by_the_time_spent(path: Path) -> None:
    with open_project(path, workstation=WORKSTATION) as store:
        span = mark(store)
        working.keep(store, WorkInterval("sitting", DOCUMENT, ANA, LATER, 60))

        annotating.undo(store, annotator=ANA, document=DOCUMENT)
        working.keep(store, WorkInterval("sitting", DOCUMENT, ANA, LATER, 70))
        assert store.annotations(DOCUMENT) == ()
        assert store.undoable(None) is None

        annotating.redo(store, annotator=ANA, document=DOCUMENT)
        assert [found.id for found in store.annotations(DOCUMENT)] == [span]


def test_time_on_a_document_that_is_gone_is_refused(path: Path) -> None:
    with (
        open_project(path, workstation=WORKSTATION) as store,
        pytest.raises(InvalidEdit, match="not in the project any more"),
    ):
        working.keep(store, WorkInterval("sitting", "gone", ANA, LATER, 60))


def test_day_begins_at_midnight_of_the_clock() -> None:
    moment = datetime(2026, 3, 2, 1, 30, tzinfo=timezone(timedelta(hours=2)))

    assert working.day_began(moment) == "2026-03-01T22:00:00.000Z"
    assert working.day_began(datetime(2026, 3, 2, 1, 30, tzinfo=UTC)) == "2026-03-02T00:00:00.000Z"


def test_who_leads_returns_a_document_to_somebody_else(path: Path) -> None:
    with open_project(path, workstation=WORKSTATION) as store:
        annotating.add_annotator(store, annotator=ANA, name="Bo")
        bo = next(person.id for person in store.annotators() if person.name == "Bo")

        working.give_back(store, annotator=ANA, document=DOCUMENT, to=bo, message="see p. 2")

        assert [row.state for row in store.document_rows(bo)] == ["returned"]
        assert [row.state for row in store.document_rows(ANA)] == ["todo"]
        assert [given.message for given in store.assignments(DOCUMENT)] == ["see p. 2"]
        with pytest.raises(InvalidEdit, match="leads or reviews"):
            working.give_back(store, annotator=bo, document=DOCUMENT, to=ANA, message="")


def test_document_with_spans_is_in_progress_though_nobody_said_so(path: Path) -> None:
    with open_project(path, workstation=WORKSTATION) as store:
        mark(store)

        assert [row.state for row in store.document_rows(ANA)] == ["in_progress"]
