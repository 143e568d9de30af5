"""What unknown labels become: proposed, chosen, added, left out; and asked by an import in the window."""

import json
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

import resources
from annotator.schema_toml import read_schema
from annotator.services.import_names import UnknownLabel, UnknownLabels
from tests import projects
from tests.ui.showing import shown
from tests.ui.windows import dialog, open_window, press
from ui.dialogs.import_labels import MOST, ImportLabelsDialog
from ui.dialogs.import_report import ImportReportDialog
from ui.main_window import MainWindow

SCHEMA = read_schema(resources.schema_text("legal-news"))
UNKNOWN = UnknownLabels(
    "train.jsonl",
    (
        UnknownLabel("PER", 41, "Ada Romero"),
        UnknownLabel("MISC", 7, "Pegasus\nspyware"),
        UnknownLabel("LOC", 3, "Oakland"),
    ),
)


def make_dialog(qtbot: QtBot, unknown: UnknownLabels = UNKNOWN) -> ImportLabelsDialog:
    return shown(ImportLabelsDialog(unknown, SCHEMA), qtbot, width=760, height=460)


def test_a_label_that_begins_alike_is_proposed_and_others_are_added(qtbot: QtBot) -> None:
    dialog = make_dialog(qtbot)

    assert dialog.answer() == {"PER": "person", "MISC": "MISC", "LOC": "location"}


def test_choices_are_those_of_the_schema_or_to_add_or_to_leave_out(qtbot: QtBot) -> None:
    dialog = make_dialog(qtbot)
    choice = dialog.choices["MISC"]

    choice.setCurrentText("Product")
    dialog.choices["LOC"].setCurrentText("Leave out")

    assert dialog.answer() == {"PER": "person", "MISC": "product", "LOC": ""}
    assert {choice.itemData(row) for row in range(choice.count())} >= {label.id for label in SCHEMA.labels()}


def test_all_can_be_added_at_once(qtbot: QtBot) -> None:
    dialog = make_dialog(qtbot)

    qtbot.mouseClick(dialog.add_all, Qt.MouseButton.LeftButton)

    assert dialog.answer() == {"PER": "PER", "MISC": "MISC", "LOC": "LOC"}


def test_labels_beyond_those_that_are_listed_are_added(qtbot: QtBot) -> None:
    many = tuple(UnknownLabel(f"L{number}", 1, "word") for number in range(MOST + 3))

    dialog = make_dialog(qtbot, UnknownLabels("odd.jsonl", many))

    assert len(dialog.choices) == MOST
    assert dialog.answer()[f"L{MOST + 2}"] == f"L{MOST + 2}"


# In the window


@pytest.fixture
def project(tmp_path: Path) -> Path:
    return projects.with_document(tmp_path)


@pytest.fixture
def dataset(tmp_path: Path) -> Path:
    path = tmp_path / "train.jsonl"
    path.write_text(json.dumps({"text": "Ada Romero ruled.", "label": [[0, 10, "PER"], [11, 16, "VERB"]]}))
    return path


def asked(qtbot: QtBot, window: MainWindow, dataset: Path) -> ImportLabelsDialog:
    """Begin the import and wait for the question."""
    window.importing.import_paths([dataset])
    qtbot.waitUntil(lambda: window.findChild(ImportLabelsDialog) is not None, timeout=30_000)
    found = dialog(qtbot, "import_labels")
    assert isinstance(found, ImportLabelsDialog)
    return found


def wait_until_idle(qtbot: QtBot, window: MainWindow) -> None:
    qtbot.waitUntil(lambda: not window.jobs.jobs, timeout=30_000)


def test_an_import_asks_what_unknown_labels_mean(qtbot: QtBot, project: Path, dataset: Path) -> None:
    with open_window(qtbot, project) as window:
        question = asked(qtbot, window, dataset)
        assert set(question.choices) == {"PER", "VERB"}

        press(qtbot, window, Qt.Key.Key_Return)
        wait_until_idle(qtbot, window)

        labels = [span.label for span in window.session.annotations.values()]
        assert labels == ["person", "VERB"]
        report = dialog(qtbot, "import_report")
        assert isinstance(report, ImportReportDialog)
        assert "Added to the label schema: label VERB." in report.remark.text()
        report.close()


def test_closing_the_question_leaves_the_file_out(qtbot: QtBot, project: Path, dataset: Path) -> None:
    with open_window(qtbot, project) as window:
        asked(qtbot, window, dataset)

        press(qtbot, window, Qt.Key.Key_Escape)
        wait_until_idle(qtbot, window)

        report = dialog(qtbot, "import_report")
        assert isinstance(report, ImportReportDialog)
        assert (report.summary(), len(window.session.rows())) == ("0 read, 1 refused", 1)
        report.close()


def test_cancelling_the_import_takes_the_question_back(qtbot: QtBot, project: Path, dataset: Path) -> None:
    with open_window(qtbot, project) as window:
        asked(qtbot, window, dataset)

        window.jobs.jobs[0].cancel()
        wait_until_idle(qtbot, window)

        qtbot.waitUntil(lambda: window.findChild(ImportLabelsDialog) is None)
        assert len(window.session.rows()) == 1
