"""The export dialog: what it offers and shows, what it says will be written, and what it refuses."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDialog, QWidget
from pytestqt.qtbot import QtBot

from annotator.model import Metadata
from annotator.recipes import Recipe, recipe_values
from annotator.services import annotating
from annotator.services.recipes import recipe_called, save_recipe
from exporters import EXPORTERS
from tests.factories import TEXT, find
from tests.ui.sessions import make_project, me, open_session, store_of
from tests.ui.showing import shown
from ui.export.dialog import ExportDialog
from ui.jobs import JobRunner
from ui.session import Session

EVERYTHING = Recipe(
    format="chat",
    options={"attributes": "no", "max_characters": "900"},
    gold=True,
    arrange="side-by-side",
    states=("done", "todo"),
    document_labels={"topic": "privacy"},
    metadata={"publisher": "Post", "language": "en"},
    layers=("entity",),
    labels=("judge", "court"),
    unit="sentence",
    discard="spans",
    include=("sealed",),
    split="80/20",
    seed=7,
    split_by=("publisher", "desk"),
    card=True,
    strict=True,
)


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two documents; Lee has marked two spans, Ben one."""
    path = make_project(tmp_path_factory.mktemp("project") / "news.annotator", {"one": TEXT, "two": TEXT})
    session = open_session(path)
    for words in ("Judge Ada Romero", "District Court"):
        session.highlight("judge", *find(words))
    session.edit(lambda store: annotating.add_annotator(store, annotator=me(session), name="Ben"))
    session.switch_annotator(person(session, "Ben"))
    session.highlight("judge", *find("Judge Ada Romero"))
    session.close_project()
    return path


@pytest.fixture
def session(project: Path, tmp_path: Path) -> Iterator[Session]:
    session = open_session(Path(shutil.copy(project, tmp_path)))
    yield session
    session.close_project()


@pytest.fixture
def jobs() -> Iterator[JobRunner]:
    jobs = JobRunner()
    yield jobs
    jobs.cancel_all()


def person(session: Session, name: str) -> str:
    return next(who.id for who in store_of(session).annotators() if who.name == name)


def make_dialog(session: Session, jobs: JobRunner, qtbot: QtBot, last: Recipe | None = None) -> ExportDialog:
    return shown(ExportDialog(session, jobs, last), qtbot, width=960, height=640)


def choose(dialog: ExportDialog, title: str) -> None:
    dialog.form.whose.setCurrentIndex(dialog.form.whose.findText(title))


def test_own_annotations_come_first_then_all_gold_and_the_others(
    session: Session, jobs: JobRunner, qtbot: QtBot
) -> None:
    dialog = make_dialog(session, jobs, qtbot)
    whose = dialog.form.whose

    titles = [whose.itemText(row) for row in range(whose.count())]

    assert titles == ["Mine (Lee)", "All annotators and gold", "Gold only", "Only Ben", "Several…"]


@pytest.mark.parametrize(
    ("whose", "says"),
    [
        ("Mine (Lee)", "2 records and 2 spans"),
        ("All annotators and gold", "2 records and 3 spans"),
        ("Only Ben", "2 records and 1 span "),
    ],
)
def test_what_will_be_written_is_counted(
    session: Session, jobs: JobRunner, qtbot: QtBot, whose: str, says: str
) -> None:
    dialog = make_dialog(session, jobs, qtbot)

    choose(dialog, whose)

    qtbot.waitUntil(lambda: says in dialog.outlook.summary.text(), timeout=60_000)
    assert "Nothing is dropped" in dialog.outlook.summary.text()


def test_first_record_is_shown_as_the_format_writes_it(
    session: Session, jobs: JobRunner, qtbot: QtBot
) -> None:
    dialog = make_dialog(session, jobs, qtbot)
    record = dialog.outlook.record
    qtbot.waitUntil(lambda: '"layer": "entity"' in record.toPlainText(), timeout=60_000)

    dialog.form.format.setCurrentText("brat")

    qtbot.waitUntil(lambda: "T1\tjudge 0 16\tJudge Ada Romero" in record.toPlainText(), timeout=60_000)


def test_what_the_format_drops_is_listed_before_it_is_written(
    session: Session, jobs: JobRunner, qtbot: QtBot
) -> None:
    span = next(iter(session.annotations))
    session.set_note(span, "A note that chat has no place for")
    dialog = make_dialog(session, jobs, qtbot)

    dialog.form.format.setCurrentText("chat")

    qtbot.waitUntil(lambda: "1 note" in dialog.outlook.summary.text(), timeout=60_000)
    assert dialog.outlook.losses.toPlainText().startswith("note: “Judge Ada Romero” ")
    assert dialog.outlook.losses.toPlainText().endswith("(one)")


def test_every_choice_of_the_command_line_is_shown_and_read_back(
    session: Session, jobs: JobRunner, qtbot: QtBot
) -> None:
    dialog = make_dialog(session, jobs, qtbot)
    form = dialog.form

    form.show_recipe(EVERYTHING)

    assert recipe_values(form.recipe()) == in_order(recipe_values(EVERYTHING))
    form.show_recipe(Recipe(annotators=tuple(who.id for who in store_of(session).annotators()), no_text=True))
    assert len(form.recipe().annotators) == 2
    assert form.recipe().no_text
    assert form.recipe().split == ""


def in_order(values: Metadata) -> Metadata:
    """Ticked things come back in the order of their list."""
    return {**values, "states": ["todo", "done"], "labels": ["court", "judge"]}


@pytest.mark.parametrize("name", sorted(EXPORTERS))
def test_options_of_every_format_are_offered_as_it_has_them(
    session: Session, jobs: JobRunner, qtbot: QtBot, name: str
) -> None:
    dialog = make_dialog(session, jobs, qtbot)
    form = dialog.form

    form.format.setCurrentText(name)

    assert form.options.layout().count() == 2 * len(EXPORTERS[name].options)
    assert form.recipe().options == {}
    assert EXPORTERS[name].summary == form.format_words.text()


def test_recipe_is_kept_in_the_project_and_chosen_again(
    session: Session, jobs: JobRunner, qtbot: QtBot, tmp_path: Path
) -> None:
    dialog = make_dialog(session, jobs, qtbot)
    dialog.form.format.setCurrentText("csv")
    dialog.target.setText(str(tmp_path / "kept.csv"))
    dialog.recipes.setEditText("Spans")
    dialog.save.click()
    dialog.form.format.setCurrentText("brat")

    dialog.recipes.setCurrentIndex(dialog.recipes.findText("Spans"))
    dialog.recipes.activated.emit(dialog.recipes.currentIndex())

    assert recipe_called(store_of(session), "spans") == dialog.recipe()
    assert (dialog.recipe().format, dialog.target.text()) == ("csv", str(tmp_path / "kept.csv"))

    dialog.remove.click()

    assert store_of(session).export_recipes() == ()
    assert dialog.recipes.count() == 0


def test_recipe_without_a_name_is_refused_in_a_sentence(
    session: Session, jobs: JobRunner, qtbot: QtBot
) -> None:
    dialog = make_dialog(session, jobs, qtbot)

    dialog.save.click()

    assert "name" in dialog.fault.text()


def test_answer_names_format_annotator_and_file(
    session: Session, jobs: JobRunner, qtbot: QtBot, tmp_path: Path
) -> None:
    dialog = make_dialog(session, jobs, qtbot)
    choose(dialog, "Only Ben")
    dialog.target.setText(str(tmp_path / "ben.jsonl"))

    dialog.accept()

    assert dialog.result() == QDialog.DialogCode.Accepted
    assert dialog.recipe() == Recipe(annotators=(person(session, "Ben"),), out="ben.jsonl")


def test_last_export_is_offered_again(
    session: Session, jobs: JobRunner, qtbot: QtBot, tmp_path: Path
) -> None:
    last = Recipe(gold=True, format="csv", out=str(tmp_path / "elsewhere.csv"))

    dialog = make_dialog(session, jobs, qtbot, last)

    assert dialog.recipe() == Recipe(gold=True, format="csv", out="elsewhere.csv")


def test_place_takes_the_suffix_of_what_is_written(
    session: Session, jobs: JobRunner, qtbot: QtBot, tmp_path: Path
) -> None:
    dialog = make_dialog(session, jobs, qtbot)
    dialog.target.setText(str(tmp_path / "out.jsonl"))

    dialog.form.format.setCurrentText("csv")
    as_file = dialog.target.text()
    dialog.form.split.setText("80/20")
    as_folder = dialog.target.text()

    assert (as_file, as_folder) == (str(tmp_path / "out.csv"), str(tmp_path / "out"))


def test_choice_that_is_none_is_explained_at_once(session: Session, jobs: JobRunner, qtbot: QtBot) -> None:
    dialog = make_dialog(session, jobs, qtbot)

    dialog.form.metadata.setText("publisher")
    assert "Write name=value" in dialog.outlook.fault.text()

    dialog.form.metadata.clear()
    dialog.form.split.setText("9/9")
    qtbot.waitUntil(lambda: "is no split" in dialog.outlook.fault.text(), timeout=60_000)
    dialog.accept()
    assert dialog.result() == 0


def test_file_that_will_be_replaced_is_pointed_out(
    session: Session, jobs: JobRunner, qtbot: QtBot, tmp_path: Path
) -> None:
    (tmp_path / "old.jsonl").write_text("{}")
    dialog = make_dialog(session, jobs, qtbot)

    dialog.target.setText(str(tmp_path / "old.jsonl"))

    assert "old.jsonl exists and will be replaced" in dialog.caution.text()


@pytest.mark.parametrize(
    ("target", "says"),
    [
        ("", "Say which file"),
        ("news.jsonl", "whole path"),
        ("{tmp}", "is a folder"),
        ("{tmp}/missing/news.jsonl", "There is no folder"),
        ("{tmp}/news.annotator", "is the project itself"),
    ],
)
def test_file_that_cannot_be_written_is_refused_with_a_reason(
    session: Session, jobs: JobRunner, qtbot: QtBot, tmp_path: Path, target: str, says: str
) -> None:
    dialog = make_dialog(session, jobs, qtbot)
    dialog.target.setText(target.format(tmp=tmp_path))

    dialog.accept()

    assert dialog.result() == 0
    assert says in dialog.fault.text()


def test_recipe_of_the_command_line_is_listed(session: Session, jobs: JobRunner, qtbot: QtBot) -> None:
    save_recipe(store_of(session), "From the command line", EVERYTHING, annotator=me(session))

    dialog = make_dialog(session, jobs, qtbot)

    assert [dialog.recipes.itemText(row) for row in range(dialog.recipes.count())] == [
        "From the command line"
    ]


def test_recipe_that_names_what_is_gone_is_pointed_out(
    session: Session, jobs: JobRunner, qtbot: QtBot
) -> None:
    dialog = make_dialog(session, jobs, qtbot, Recipe(labels=("judge", "no_such_label")))
    gone = dialog.fault.text()

    still_there = make_dialog(session, jobs, qtbot, EVERYTHING)

    assert "not in the project any more" in gone
    assert still_there.fault.isHidden()


def test_everything_is_reached_by_the_tab_key(session: Session, jobs: JobRunner, qtbot: QtBot) -> None:
    dialog = make_dialog(session, jobs, qtbot)
    dialog.form.split.setText("80/20")
    dialog.activateWindow()
    dialog.form.format.setFocus()
    reached: list[QWidget] = []
    while (field := dialog.focusWidget()) not in reached:
        reached.append(field)
        QTest.keyClick(field, Qt.Key.Key_Tab)

    form = dialog.form
    wanted = {form.format, form.whose, form.arrange, form.states, form.document_labels, form.metadata}
    wanted |= {form.include, form.layers, form.labels, form.unit, form.discard, form.no_text, form.split}
    wanted |= {form.seed, form.split_by, form.split_from, form.browse_split, form.strict}
    wanted |= {dialog.recipes, dialog.save, dialog.target, dialog.browse, dialog.export}
    assert wanted - set(reached) == set()


def test_several_things_are_ticked_by_space(session: Session, jobs: JobRunner, qtbot: QtBot) -> None:
    dialog = make_dialog(session, jobs, qtbot)
    menu = dialog.form.states.menu()
    menu.popup(dialog.pos())

    for key in (Qt.Key.Key_Down, Qt.Key.Key_Space, Qt.Key.Key_Down, Qt.Key.Key_Space):
        QTest.keyClick(menu, key)

    assert menu.isVisible()
    assert dialog.form.recipe().states == ("todo", "in_progress")
    QTest.keyClick(menu, Qt.Key.Key_Escape)
    assert not menu.isVisible()


def test_enter_in_the_name_keeps_a_recipe_or_takes_one_and_does_not_export(
    session: Session, jobs: JobRunner, qtbot: QtBot
) -> None:
    dialog = make_dialog(session, jobs, qtbot)
    dialog.activateWindow()
    assert not dialog.remove.isEnabled()
    dialog.form.format.setCurrentText("csv")
    dialog.recipes.setFocus()
    dialog.recipes.setEditText("Spans")

    QTest.keyClick(dialog.recipes, Qt.Key.Key_Return)

    assert recipe_called(store_of(session), "Spans").format == "csv"
    assert dialog.remove.isEnabled()
    dialog.form.format.setCurrentText("brat")
    dialog.recipes.setEditText("spans")
    QTest.keyClick(dialog.recipes, Qt.Key.Key_Return)
    assert dialog.recipe().format == "csv"
    assert dialog.result() == 0
    assert dialog.isVisible()
