"""Time on task: counted while a window is active and somebody works, kept, and shown."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import pytest
from PySide6.QtCore import QObject, Qt
from pytestqt.qtbot import QtBot

from annotator.store import WorkDone
from tests.ui.sessions import make_project, me, open_session, store_of
from tests.ui.windows import dialog, open_window, press
from ui.session import Session
from ui.timekeeping import AWAY_SECONDS, KEPT_EVERY_SECONDS, Timekeeper

pytestmark = pytest.mark.usefixtures("qapp")


@dataclass
class Clock:
    """A clock that is set by hand."""

    seconds: float = 1000.0
    day: datetime = datetime(2026, 3, 2, 12)

    def __call__(self) -> float:
        return self.seconds


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return make_project(tmp_path / "time.annotator", {"one": "One court ruled.", "two": "Two courts."})


@pytest.fixture
def session(path: Path) -> Iterator[Session]:
    session = open_session(path, None)
    yield session
    session.close_project()


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def keeper(session: Session, clock: Clock) -> Iterator[Timekeeper]:
    parent = QObject()
    keeper = Timekeeper(session, parent, clock=clock, today=lambda: clock.day)
    keeper.set_active(True)
    session.open_document("one")
    yield keeper
    session.close_project()
    parent.deleteLater()


def pass_time(keeper: Timekeeper, clock: Clock, seconds: float) -> None:
    clock.seconds += seconds
    keeper.count()


def test_time_of_an_inactive_window_does_not_count(keeper: Timekeeper, clock: Clock) -> None:
    pass_time(keeper, clock, 30)
    keeper.set_active(False)
    pass_time(keeper, clock, 100)
    keeper.touch()
    keeper.set_active(True)
    pass_time(keeper, clock, 12)

    assert keeper.on_document().seconds == 42


def test_who_does_nothing_is_away(keeper: Timekeeper, clock: Clock) -> None:
    pass_time(keeper, clock, AWAY_SECONDS + 500)
    keeper.touch()
    pass_time(keeper, clock, 5)

    assert keeper.on_document().seconds == AWAY_SECONDS + 5


def test_each_document_has_its_own_time_which_lasts(
    session: Session, keeper: Timekeeper, clock: Clock, path: Path
) -> None:
    pass_time(keeper, clock, 70)
    session.open_document("two")
    pass_time(keeper, clock, 10)
    session.highlight("court", 0, 3)
    session.set_work_state("done")
    session.close_project()

    again = open_session(path)
    spent = [(row.id, row.seconds) for row in again.rows()]
    assert spent == [("one", 70), ("two", 10)]
    assert store_of(again).work_on("two", me(again)) == WorkDone(10, 1, 1)
    again.close_project()


def test_today_counts_spans_and_documents_done(session: Session, keeper: Timekeeper, clock: Clock) -> None:
    session.highlight("court", 0, 3)
    session.highlight("court", 4, 9)
    session.undo()
    session.set_work_state("done")
    pass_time(keeper, clock, 60)
    assert keeper.today == WorkDone(60, 1, 1)

    clock.day = datetime(2099, 3, 3, 8)
    keeper.touch()

    assert keeper.today == WorkDone()
    assert keeper.on_document() == WorkDone(60, 1, 1)


def test_crash_costs_minutes_at_most(session: Session, keeper: Timekeeper, clock: Clock) -> None:
    for _ in range(KEPT_EVERY_SECONDS // 10):
        keeper.touch()
        pass_time(keeper, clock, 10)

    assert store_of(session).work_on("one", me(session)).seconds == KEPT_EVERY_SECONDS


def test_window_shows_today_and_the_time_on_a_document(qtbot: QtBot, path: Path) -> None:
    with open_window(qtbot, path) as window:
        window.session.open_document("one")
        clock = Clock()
        window.time._clock = clock
        window.session.highlight("court", 4, 9)

        pass_time(window.time, clock, 65)

        assert window.status.today.text() == "Today 1 span · 1 min"
        window.session.select_span(None)
        window.details.show_now()
        assert window.details.document.progress.text().startswith("In progress · 1 span · 1 min")
        rows = window.documents.model.shown()
        assert window.documents.model.detail(rows[-1]).endswith("1 span · 1 min")


def test_skipped_document_is_listed_with_its_reason(qtbot: QtBot, path: Path) -> None:
    with open_window(qtbot, path) as window:
        window.session.open_document("one")
        press(
            qtbot,
            window,
            Qt.Key.Key_Return,
            Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier,
        )
        qtbot.keyClicks(dialog(qtbot, "reason").reason, "an advertisement")
        press(qtbot, window, Qt.Key.Key_Return)

        assert window.session.document is not None
        assert window.session.document.id == "two"
        assert {row.id: row.state for row in window.session.rows()} == {"one": "skipped", "two": "todo"}
        window.session.open_document("one")
        window.details.show_now()
        assert window.details.document.message.text() == "an advertisement"


def test_document_is_returned_to_who_has_marked_it(qtbot: QtBot, path: Path) -> None:
    with open_window(qtbot, path) as window:
        window.session.open_document("one")
        window.commands.actions["document.return"].trigger()
        asked = dialog(qtbot, "reason")
        qtbot.keyClicks(asked.reason, "see the second sentence")
        press(qtbot, window, Qt.Key.Key_Return)

        assert window.session.work_state == "returned"
        assert window.session.work_message == "see the second sentence"
