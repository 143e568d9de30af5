"""The form of the document's own attributes: by key, beside a span, checked before done, undone."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.ui.sessions import make_project
from tests.ui.windows import dialog, open_window, press
from ui.dialogs.unfinished import UnfinishedDialog
from ui.main_window import MainWindow

CTRL = Qt.KeyboardModifier.ControlModifier
K = Qt.Key
TEXTS = {"one": "Norvel sued.\n", "two": "Orbis won.\n"}
SCHEMA = """name = "s"
version = 1
document = [
  { id = "topic", values = ["privacy", "trade"], required = true },
  { id = "usable", kind = "bool", default = "true" },
  { id = "why_not", kind = "text" },
]

[[layer]]
id = "entity"
label = [{ id = "organization", key = "1" }]
"""


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return make_project(tmp_path / "news.annotator", TEXTS, schema_toml=SCHEMA)


@pytest.fixture
def window(qtbot: QtBot, path: Path) -> Iterator[MainWindow]:
    with open_window(qtbot, path) as window:
        window.session.open_document("one")
        yield window


def values(window: MainWindow) -> dict[str, object]:
    return {name: label.value for name, label in window.session.document_labels.items()}


def test_values_are_set_by_keys_and_taken_back(qtbot: QtBot, window: MainWindow) -> None:
    press(qtbot, window, K.Key_D, CTRL)
    press(qtbot, window, K.Key_T)
    press(qtbot, window, K.Key_Down)
    press(qtbot, window, K.Key_N)
    press(qtbot, window, K.Key_Down)
    qtbot.keyClicks(QApplication.focusWidget(), "cut off")
    press(qtbot, window, K.Key_Return)
    assert values(window) == {"topic": "trade", "usable": False, "why_not": "cut off"}

    press(qtbot, window, K.Key_D, CTRL)
    assert window.view.hasFocus()
    press(qtbot, window, K.Key_Z, CTRL)
    assert values(window) == {"topic": "trade", "usable": False}


def test_form_shows_beside_a_selected_span_until_esc(qtbot: QtBot, window: MainWindow) -> None:
    window.session.highlight("organization", 0, 6)
    window.details.show_now()
    assert window.details.span.isVisible()

    press(qtbot, window, K.Key_D, CTRL)
    assert window.details.document.isVisible()
    assert not window.details.span.isVisible()
    press(qtbot, window, K.Key_Escape)
    window.details.show_now()

    assert window.details.span.isVisible()
    assert window.view.hasFocus()
    assert window.session.selected is not None


def test_required_one_is_listed_before_done_and_enter_goes_to_it(qtbot: QtBot, window: MainWindow) -> None:
    press(qtbot, window, K.Key_Return, CTRL)
    shown = dialog(qtbot, "unfinished")
    assert isinstance(shown, UnfinishedDialog)
    assert [(row.line, row.remark) for row in shown.list.rows.context_rows()] == [("Topic", "not set")]
    press(qtbot, window, K.Key_Return)
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)

    press(qtbot, window, K.Key_P)
    press(qtbot, window, K.Key_Return, CTRL)

    assert window.session.document is not None
    assert window.session.document.id == "two"


def test_values_outside_the_schema_are_shown_and_kept(qtbot: QtBot, window: MainWindow) -> None:
    window.session.set_document_label("theme", ("a", "b"))
    window.details.show_now()

    form = window.details.document.form
    assert form.others.text() == "theme: a, b"
    assert window.details.document.missing.text() == "1 required attribute is not set."


def test_without_attributes_the_key_says_so(qtbot: QtBot, tmp_path: Path) -> None:
    plain = 'name = "s"\n[[layer]]\nid = "entity"\nlabel = [{ id = "organization", key = "1" }]\n'
    with open_window(qtbot, make_project(tmp_path / "plain.annotator", TEXTS, schema_toml=plain)) as window:
        window.session.open_document("one")
        with qtbot.waitSignal(window.session.refused) as refused:
            press(qtbot, window, K.Key_D, CTRL)
        assert "no attributes of documents" in refused.args[0]
        assert window.view.hasFocus()
