"""The window of the label schema: by keyboard and mouse, what is refused and where, saving, undo."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QTimer
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QApplication, QMessageBox, QWidget
from pytestqt.qtbot import QtBot

import resources
from annotator.model import SchemaVersion
from annotator.schema import AttributeType, Label, RelationType
from annotator.schema_toml import read_schema
from annotator.services import annotating
from tests.ui.sessions import make_project, me, open_session, store_of
from tests.ui.windows import dialog, open_window, press
from ui.dialogs.frame import Fault
from ui.jobs import JobRunner
from ui.main_window import MainWindow
from ui.panels.value_button import ValueButton
from ui.schema.editor import SchemaEditor
from ui.session import Session

ALT, CTRL, SHIFT = (
    Qt.KeyboardModifier.AltModifier,
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.ShiftModifier,
)
K = Qt.Key
RECURSIVE = Qt.MatchFlag.MatchRecursive | Qt.MatchFlag.MatchFixedString
TEXTS = {"one": "Norvel sued Orbis. Judge Vera Lind heard Norvel.\n", "two": "Norvel won.\n"}


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return make_project(tmp_path / "news.annotator", TEXTS)


@pytest.fixture
def session(path: Path) -> Iterator[Session]:
    session = open_session(path)
    yield session
    session.close_project()


def mark(session: Session, words: str, label: str) -> str:
    start = session.text.index(words)
    assert session.highlight(label, start, start + len(words)) is not None
    return session.selected or ""


def opened(qtbot: QtBot, session: Session) -> SchemaEditor:
    """The editor without the window around it."""
    editor = SchemaEditor(session, JobRunner(session), reserved={"s": "Select the sentence"})
    qtbot.addWidget(editor)
    editor.open()
    return ready(qtbot, editor)


def opened_by_key(qtbot: QtBot, window: MainWindow) -> SchemaEditor:
    press(qtbot, window, K.Key_L, CTRL, SHIFT)
    found = dialog(qtbot, "schema_editor")
    assert isinstance(found, SchemaEditor)
    return ready(qtbot, found)


def ready(qtbot: QtBot, editor: SchemaEditor) -> SchemaEditor:
    """The editor, active, once it has counted what spans use."""
    with qtbot.waitActive(editor):
        editor.activateWindow()
    qtbot.waitUntil(lambda: not editor.progress.isVisible())
    return editor


def write(qtbot: QtBot, field: QWidget, words: str) -> None:
    """Type into a field in place of what it has, and leave it with Tab."""
    field.setFocus()
    target = QApplication.focusWidget()
    assert target is not None
    qtbot.keyClick(target, K.Key_A, CTRL)
    qtbot.keyClick(target, K.Key_Backspace)
    qtbot.keyClicks(target, words)
    qtbot.keyClick(target, K.Key_Tab)


def save(qtbot: QtBot, editor: SchemaEditor) -> None:
    """Look at what changes, then save it."""
    press_in(qtbot, editor, K.Key_S, CTRL)
    qtbot.waitUntil(editor.go_on.isEnabled)
    with qtbot.waitSignal(editor.saved):
        press_in(qtbot, editor, K.Key_S, CTRL)


def press_in(qtbot: QtBot, editor: SchemaEditor, key: Qt.Key, modifier: Qt.KeyboardModifier) -> None:
    qtbot.keyClick(QApplication.focusWidget() or editor, key, modifier)


def drop(editor: SchemaEditor) -> None:
    """Close without saving."""
    editor.draft.edit(lambda _present: editor.draft.before)
    editor.reject()


def told(editor: SchemaEditor) -> list[str]:
    """What is said anywhere to be wrong, with the accessible name of the field that it stands below."""
    found = []
    for fault in editor.findChildren(Fault):
        cell = fault.parentWidget()
        if fault.isVisible() and cell is not None:
            field = cell.focusProxy()
            named = field if field is None else field.focusProxy() or field
            found.append(f"{'' if named is None else named.accessibleName()}: {fault.text()}")
    return found


def label(session: Session, label_id: str) -> Label:
    return next(each for each in store_of(session).schema().labels() if each.id == label_id)


def test_label_is_renamed_and_the_open_document_shows_it(qtbot: QtBot, path: Path) -> None:
    with open_window(qtbot, path) as window:
        span = mark(window.session, "Norvel", "organization")
        editor = opened_by_key(qtbot, window)

        editor.labels.tree.choose("organization")
        write(qtbot, editor.labels.label_form.name, "Company")
        write(qtbot, editor.labels.label_form.key, "T")
        write(qtbot, editor.labels.label_form.colour, "#009e73")
        write(qtbot, editor.labels.label_form.summary, "a firm")
        write(qtbot, editor.labels.label_form.examples, "Orbis Ltd")
        save(qtbot, editor)

        stored = label(window.session, "organization")
        assert (stored.name, stored.key, stored.summary) == ("Company", "t", "a firm")
        assert (stored.colour.upper(), stored.examples) == ("#009E73", ("Orbis Ltd",))
        assert window.painting.painted(window.session.annotations[span]).chip == "Company"
        assert "Saved: Change the label schema." in window.pane.notice.text.text()


def test_what_is_refused_is_said_below_its_field_and_taken_out_again(qtbot: QtBot, session: Session) -> None:
    editor = opened(qtbot, session)
    editor.labels.tree.choose("claim")
    form = editor.labels.label_form

    write(qtbot, form.key, "s")
    assert told(editor) == ["Key: S is the key of the command “Select the sentence”; choose another one."]
    assert form.key.text() == "C"
    write(qtbot, form.key, "d")
    assert told(editor) == ["Key: The key d is given to Claim and Holding; a key marks one label."]
    write(qtbot, form.colour, "red")
    assert told(editor)[0].startswith("Colour: The label claim has the colour red")
    write(qtbot, form.name, "holding")
    assert told(editor) == ["Name: There is a label holding already; choose another name."]
    write(qtbot, form.name, "Assertion")
    assert told(editor) == []
    drop(editor)


def test_merging_shows_whose_spans_count_otherwise_and_is_one_step_also_after_a_restart(
    qtbot: QtBot, path: Path
) -> None:
    with open_window(qtbot, path) as window:
        span = mark(window.session, "Vera Lind", "judge")
        editor = opened_by_key(qtbot, window)
        editor.labels.tree.choose("judge")
        editor.labels.merge.click()
        picker = dialog(qtbot, "picker")
        qtbot.keyClicks(QApplication.focusWidget(), "person")
        qtbot.keyClick(QApplication.focusWidget(), K.Key_Return)
        assert not picker.isVisible()
        editor.activateWindow()
        editor.tabs.setCurrentWidget(editor.changes)
        qtbot.waitUntil(editor.go_on.isEnabled)
        listed = [editor.changes.list.item(row).text() for row in range(editor.changes.list.count())]
        assert listed[0] == "Judge is merged into Person: 1 span in 1 document will count as Person (Lee 1)."
        with qtbot.waitSignal(editor.saved):
            editor.go_on.click()
        assert window.painting.painted(window.session.annotations[span]).chip == "Person"

    with open_window(qtbot, path) as window:
        undo = window.commands.actions["edit.undo_across"]
        qtbot.waitUntil(lambda: undo.text() == "Undo in the project: Merge Judge into Person")
        undo.trigger()
        assert window.painting.painted(window.session.annotations[span]).chip == "Judge"
        redo = window.commands.actions["edit.redo_across"]
        qtbot.waitUntil(redo.isEnabled)
        redo.trigger()
        assert window.painting.painted(window.session.annotations[span]).chip == "Person"


def test_label_with_spans_is_not_removed_but_can_be_retired(qtbot: QtBot, session: Session) -> None:
    mark(session, "Norvel", "organization")
    editor = opened(qtbot, session)
    editor.labels.tree.choose("organization")

    press_in_tree(qtbot, editor.labels.tree, K.Key_Delete)
    (sentence,) = told(editor)
    assert sentence.startswith(": Organization cannot be removed: 1 span in 1 document is marked so; retire")
    editor.labels.retire.click()
    save(qtbot, editor)

    assert label(session, "organization").retired
    assert store_of(session).schema().label("organization") == label(session, "organization")


def press_in_tree(
    qtbot: QtBot,
    tree: QWidget,
    key: Qt.Key,
    modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier,
) -> None:
    tree.setFocus()
    qtbot.keyClick(tree, key, modifier)


def test_rows_are_moved_by_key(qtbot: QtBot, session: Session) -> None:
    editor = opened(qtbot, session)
    editor.labels.tree.choose("person")
    press_in_tree(qtbot, editor.labels.tree, K.Key_Up, ALT)
    editor.labels.tree.choose("layer:claim")
    press_in_tree(qtbot, editor.labels.tree, K.Key_Up, ALT)
    save(qtbot, editor)

    layers = store_of(session).schema().layers
    assert [layer.id for layer in layers[:2]] == ["claim", "entity"]
    assert [each.id for each in layers[1].labels[:2]] == ["person", "organization"]


def test_a_row_dropped_on_a_neighbour_takes_its_place_and_elsewhere_none(
    qtbot: QtBot, session: Session
) -> None:
    editor = opened(qtbot, session)
    tree = editor.labels.tree
    tree.choose("person")

    for target in ("judge", "claim"):  # the second is of another layer
        place = tree.visualItemRect(
            next(item for item in tree.findItems(target, RECURSIVE) if item.text(0).lower() == target)
        )
        tree.dropEvent(
            QDropEvent(
                QPointF(place.center()),
                Qt.DropAction.MoveAction,
                QMimeData(),
                Qt.MouseButton.LeftButton,
                Qt.KeyboardModifier.NoModifier,
            )
        )

    order = [each.id for each in editor.draft.schema.layers[0].labels]
    assert order[:4] == ["organization", "court", "judge", "person"]
    drop(editor)


def test_new_layer_label_attribute_and_relation_type(qtbot: QtBot, session: Session) -> None:
    editor = opened(qtbot, session)
    editor.labels.add_layer.click()
    assert QApplication.focusWidget() is editor.labels.label_form.name
    write(qtbot, editor.labels.label_form.name, "Remedy")
    editor.labels.add_label.click()
    write(qtbot, editor.labels.label_form.name, "Fine")

    press_in(qtbot, editor, K.Key_2, CTRL)
    editor.attributes.add_attribute.click()
    write(qtbot, editor.attributes.form.name, "Height")
    form = editor.attributes.form
    form.kind.setCurrentIndex(form.kind.findData("choice"))
    form.kind.activated.emit(form.kind.currentIndex())
    assert form.values.hasFocus()
    write(qtbot, form.values, "low")
    choose(qtbot, form.labels.field, "Fine", "Organization")

    press_in(qtbot, editor, K.Key_3, CTRL)
    editor.relations.add_relation.click()
    write(qtbot, editor.relations.form.name, "Imposes")
    choose(qtbot, editor.relations.form.sources.field, "Holding", "Organization")
    choose(qtbot, editor.relations.form.targets.field, "Fine", "Organization")
    write(qtbot, editor.relations.form.one, "upheld")
    save(qtbot, editor)

    schema = store_of(session).schema()
    assert schema.attribute("new_attribute") == AttributeType(
        "new_attribute", "Height", ("new_label_2",), "choice", ("low",)
    )
    assert schema.relation("new_relation_type") == RelationType(
        "new_relation_type", "Imposes", ("holding",), ("new_label_2",), ("upheld",)
    )
    assert [each.name for each in schema.layers[-1].labels] == ["Remedy", "Fine"]


def test_new_attribute_of_documents_has_no_labels(qtbot: QtBot, session: Session) -> None:
    editor = opened(qtbot, session)
    press_in(qtbot, editor, K.Key_2, CTRL)
    editor.attributes.add_to_document.click()
    form = editor.attributes.form
    write(qtbot, form.name, "Court level")
    assert (form.labels.isVisible(), form.per_name.isVisible()) == (False, False)
    save(qtbot, editor)

    stored = store_of(session).schema().document_attribute("new_attribute")
    assert stored == AttributeType("new_attribute", "Court level", (), "text")


def choose(qtbot: QtBot, field: QWidget | None, *names: str) -> None:
    """Click the values of these names."""
    for name in names:
        assert field is not None
        button = next(each for each in field.findChildren(ValueButton) if each.text() == name)
        qtbot.mouseClick(button, Qt.MouseButton.LeftButton)


def test_values_in_use_stay(qtbot: QtBot, session: Session) -> None:
    span = mark(session, "Norvel", "organization")
    session.set_attribute(span, "role", "plaintiff")
    editor = opened(qtbot, session)
    editor.tabs.setCurrentWidget(editor.attributes)
    editor.attributes.tree.choose("role")

    write(qtbot, editor.attributes.form.values, "none")

    assert told(editor) == ["Values: The value plaintiff of Role cannot be removed: 1 span has it."]
    assert "plaintiff" in editor.attributes.form.values.lines()
    drop(editor)


def test_a_change_of_the_draft_is_taken_back_by_key(qtbot: QtBot, session: Session) -> None:
    editor = opened(qtbot, session)
    editor.labels.tree.choose("judge")
    editor.labels.remove.click()
    assert "judge" not in editor.labels.tree.ids()

    press_in_tree(qtbot, editor.labels.tree, K.Key_Z, CTRL)

    assert "judge" in editor.labels.tree.ids()
    assert not editor.draft.is_changed
    editor.reject()


def test_schema_goes_out_and_comes_in_as_toml(qtbot: QtBot, session: Session, tmp_path: Path) -> None:
    mark(session, "Norvel", "organization")
    target, other = tmp_path / "out.toml", tmp_path / "other.toml"
    other.write_text('name = "x"\nversion = 1\n[[layer]]\nid = "a"\nlabel = [{ id = "b" }]\n')
    editor = opened(qtbot, session)

    editor.export_file(target)
    editor.import_file(other)

    assert read_schema(target.read_text()) == read_schema(resources.schema_text("legal-news"))
    assert told(editor)[0].startswith(": Organization cannot be removed: 1 span in 1 document")
    target.write_text(target.read_text().replace('id = "judge",', 'id = "judge", name = "Judges",'))
    editor.import_file(target)
    save(qtbot, editor)
    assert label(session, "judge").name == "Judges"


def test_changes_are_not_dropped_without_a_question(qtbot: QtBot, session: Session) -> None:
    editor = opened(qtbot, session)
    editor.labels.tree.choose("judge")
    write(qtbot, editor.labels.label_form.name, "Bench")

    def answer() -> None:
        box = QApplication.activeModalWidget()
        assert isinstance(box, QMessageBox)
        box.buttons()[-1 if box.buttons()[-1].text() == "&Go on editing" else 0].click()

    QTimer.singleShot(0, answer)
    editor.close()

    assert editor.isVisible()
    drop(editor)


def test_who_does_not_lead_looks_only(qtbot: QtBot, session: Session) -> None:
    store = store_of(session)
    annotating.add_annotator(store, annotator=me(session), name="Bo")
    session.switch_annotator(next(who.id for who in store.annotators() if who.name == "Bo"))
    versions = store.versions(SchemaVersion)

    editor = opened(qtbot, session)
    editor.labels.tree.choose("judge")
    press_in_tree(qtbot, editor.labels.tree, K.Key_Delete)
    press_in_tree(qtbot, editor.labels.tree, K.Key_Up, ALT)
    editor.accept()

    assert "ask Lee" in editor.note.text()
    assert not editor.labels.label_form.isEnabled()
    assert store.versions(SchemaVersion) == versions
    assert not editor.draft.is_changed
    editor.reject()
