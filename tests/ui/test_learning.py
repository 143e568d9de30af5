"""Learning in the window: when enough is done, what it came to, what is suggested, and what is least sure."""

import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from annotator.learning_plots import gain
from annotator.progress import run
from annotator.services import learning
from annotator.suggest.learned.measuring import Figure
from annotator.suggest.learned.model import Model, packed
from annotator.suggest.learned.training import train
from tests import learned_projects, projects
from tests.learned_texts import example, examples
from tests.ui.sessions import store_of
from tests.ui.windows import dialog, open_window
from ui.dialogs.learned import LearnedDialog
from ui.main_window import MainWindow
from ui.standing.dialog import StandingDialog

STRANGE = "Whereupon Grumbold, of Sixways, did swear: Counsellor Pym took Harrow Court by ruse.\n" * 5
FRESH = example(600)
DONE = examples(5)


@pytest.fixture(scope="module")
def model() -> Model:
    return train(examples(8), None, lambda _: None).model


@pytest.fixture(scope="module")
def taught(tmp_path_factory: pytest.TempPathFactory, model: Model) -> Path:
    """A project that has learned from documents that are done, with two more that nobody has read."""
    with projects.new_project(tmp_path_factory.mktemp("taught")) as store:
        learned_projects.finish_all(store, DONE)
        learned_projects.add(store, FRESH, title="fresh")
        projects.add_document(store, "strange", text=STRANGE, title="strange")
        store.keep_learned_model(packed(model))
        return store.path


@pytest.fixture
def window(qtbot: QtBot, tmp_path: Path, taught: Path) -> Iterator[MainWindow]:
    path = shutil.copy(taught, tmp_path / "news.annotator")
    with open_window(qtbot, Path(path)) as window:
        yield window


def opened(qtbot: QtBot, window: MainWindow) -> LearnedDialog:
    window.commands.actions["suggest.learned"].trigger()
    found = dialog(qtbot, "learned")
    assert isinstance(found, LearnedDialog)
    return found


def rows(shown: LearnedDialog) -> list[list[str]]:
    table = shown.table
    return [
        [item.text() for column in range(table.columnCount()) if (item := table.item(row, column))]
        for row in range(table.rowCount())
    ]


def is_shown(widget: QWidget) -> bool:
    return not widget.isHidden()


# -- what it came to


def test_every_label_is_told_with_how_it_does_and_whether_it_is_suggested(
    qtbot: QtBot, window: MainWindow, model: Model
) -> None:
    figures = {"court": Figure(50, 20, 10, 6), "judge": Figure(50, 20, 10, 8), "claim": Figure(9, 4, 2, 2)}
    store_of(window.session).keep_learned_model(
        packed(replace(model, about=replace(model.about, figures=figures)))
    )

    shown = opened(qtbot, window)

    assert rows(shown) == [
        ["Claim", "9", "4", "100 %", "50 %", "no: too few to tell"],
        ["Court", "50", "20", "60 %", "30 %", "no: below 70 %"],
        ["Judge", "50", "20", "80 %", "40 %", "yes"],
    ]
    assert f"Learned from {len(model.about.texts)} documents" in shown.summary.text()
    shown.least.setValue(60)
    assert [row[-1] for row in rows(shown)] == ["no: too few to tell", "yes", "yes"]
    assert window.settings.number("least_precision") == 60
    shown.accept()


def test_the_learning_curve_is_drawn_there_and_on_the_progress_screen(
    qtbot: QtBot, window: MainWindow, model: Model
) -> None:
    shown = opened(qtbot, window)
    assert "F1 on" in shown.picture.svg
    assert shown.summary.text().endswith(gain(model.about))
    shown.accept()

    window.leading.show_standing()
    [screen] = window.findChildren(StandingDialog)
    qtbot.waitUntil(lambda: screen.distribution is not None)

    assert "F1 on" in screen.pictures["learning"].svg
    assert screen.gain.text() == gain(model.about) != ""
    curve = model.about.curve
    table = screen.tables["learning"]
    assert [table.item(row, 0).text() for row in range(table.rowCount())] == [str(p.texts) for p in curve]
    screen.accept()


@pytest.mark.parametrize("width", [500, 640, 720, 760, 900])
def test_the_curve_comes_to_rest_at_any_width(qtbot: QtBot, window: MainWindow, width: int) -> None:
    shown = opened(qtbot, window)

    shown.resize(width, 640)
    QCoreApplication.processEvents()

    assert shown.picture.height() == shown.picture.maximumHeight()
    assert not shown.picture.verticalScrollBar().isVisible()
    shown.accept()


def test_a_project_that_has_learned_nothing_says_how_much_it_takes(qtbot: QtBot, tmp_path: Path) -> None:
    with projects.new_project(tmp_path) as store:
        learned_projects.finish_all(store, DONE[:2])
    with open_window(qtbot, store.path) as window:
        shown = opened(qtbot, window)

        assert "2 of the 5 documents" in shown.summary.text()
        assert not is_shown(shown.table)
        shown.learn.click()
        qtbot.waitUntil(lambda: not window.learning.is_learning)

        assert "2 of at least 5 documents are done" in shown.fault.text()
        assert is_shown(shown.fault)
        assert shown.summary.geometry().bottom() < shown.least.geometry().top() < shown.height() / 4
        shown.accept()


def test_what_came_of_learning_is_told_as_no_fault(qtbot: QtBot, window: MainWindow) -> None:
    shown = opened(qtbot, window)

    with qtbot.waitSignal(window.learning.ended, timeout=100_000):
        shown.learn.click()

    assert "F1" in shown.outcome.text()
    assert is_shown(shown.outcome)
    assert not is_shown(shown.fault)
    shown.accept()


# -- learning


def test_it_learns_by_itself_when_enough_is_done_and_tells(qtbot: QtBot, tmp_path: Path) -> None:
    with projects.new_project(tmp_path) as store:
        learned_projects.finish_all(store, DONE[:4])
        last = learned_projects.finish(store, DONE[4])
        row = store.assignments(last)[0]
        learned_projects.reopen(store, row)
    with open_window(qtbot, store.path) as window:
        window.session.open_document(last)
        window.session.set_work_state("done")
        with qtbot.waitSignal(window.learning.ended, timeout=100_000) as ended:
            window.learning.look()

        assert "Learned from 4 documents" in ended.args[0]
        assert learning.known_about(store_of(window.session)) is not None


def test_it_does_not_learn_by_itself_where_that_is_off(qtbot: QtBot, window: MainWindow) -> None:
    shown = opened(qtbot, window)
    shown.learns.setChecked(False)
    shown.accept()

    window.session.documents_changed.emit()
    window.learning.look()

    assert not window.learning.is_learning


def test_learning_can_be_cancelled_and_what_was_learned_stays(qtbot: QtBot, window: MainWindow) -> None:
    before = store_of(window.session).learned_model()
    shown = opened(qtbot, window)
    shown.learn.click()
    assert is_shown(shown.progress)
    assert shown.learn.text() == "Cancel learning"

    with qtbot.waitSignal(window.learning.ended, timeout=60_000):
        shown.learn.click()

    assert not is_shown(shown.progress)
    assert store_of(window.session).learned_model() == before
    shown.accept()


# -- suggesting


def found(window: MainWindow) -> set[tuple[int, int, str]]:
    return {
        (each.start, each.end, each.label) for each in window.suggesting.found if each.origin == "learned"
    }


def test_what_was_learned_is_suggested_and_nothing_is_marked_unasked(
    qtbot: QtBot, window: MainWindow
) -> None:
    window.session.open_document(learned_projects.name(FRESH))
    window.suggesting.toggle()
    window.suggesting.look()
    qtbot.waitUntil(lambda: not window.suggesting.is_looking, timeout=20_000)

    wanted = {tuple(span[:3]) for spans in FRESH.spans.values() for span in spans}
    assert found(window) & wanted
    assert window.session.annotations == {}
    assert any(
        "times on documents held out" in each.reason
        for each in window.suggesting.found
        if each.origin == "learned"
    )


def test_below_the_precision_asked_for_it_is_silent(qtbot: QtBot, window: MainWindow, model: Model) -> None:
    poor = {label: replace(each, right=0) for label, each in model.about.figures.items()}
    store_of(window.session).keep_learned_model(
        packed(replace(model, about=replace(model.about, figures=poor)))
    )
    window.session.open_document(learned_projects.name(FRESH))
    window.suggesting.toggle()
    window.suggesting.look()
    qtbot.waitUntil(lambda: not window.suggesting.is_looking, timeout=20_000)

    assert found(window) == set()


# -- the next best document


def test_the_least_sure_document_is_listed_first_and_comes_next(qtbot: QtBot, window: MainWindow) -> None:
    window.session.open_document(learned_projects.name(DONE[0]))
    assert window.documents.next_to_do() == learned_projects.name(FRESH)

    window.commands.actions["documents.unsure"].trigger()
    qtbot.waitUntil(lambda: window.documents.model.doubt("strange") is not None, timeout=20_000)

    todo = [row for row in window.documents.model.shown() if row.state == "todo"]
    assert [row.title for row in todo] == ["strange", "fresh"]
    assert "unsure of" in window.documents.model.detail(todo[0])
    assert window.documents.next_to_do() == "strange"
    window.commands.actions["documents.unsure"].trigger()
    assert [row.title for row in window.documents.model.shown() if row.state == "todo"] == [
        "fresh",
        "strange",
    ]


def test_without_anything_learned_that_is_told(qtbot: QtBot, tmp_path: Path) -> None:
    with projects.new_project(tmp_path) as store:
        learned_projects.add(store, FRESH)
    with open_window(qtbot, store.path) as window:
        window.learning.toggle_unsure()
        qtbot.waitUntil(lambda: not window.learning.is_unsure_first)

        assert "Nothing was learned yet" in window.status.currentMessage()
        assert run(learning.examples(store_of(window.session))) == ()
