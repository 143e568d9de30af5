"""What holds for every dialog: it fits a small screen, cuts no words off, and is complete by keyboard."""

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QApplication,
    QComboBox,
    QDialog,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QSpinBox,
    QWidget,
)
from pytestqt.qtbot import QtBot

from annotator.services.import_names import UnknownLabel, UnknownLabels
from annotator.services.importing import ImportReport, ImportRow
from tests.ui.sessions import make_project, open_session
from ui.dialogs.about import AboutDialog
from ui.dialogs.annotator import AnnotatorDialog
from ui.dialogs.frame import form
from ui.dialogs.import_labels import ImportLabelsDialog
from ui.dialogs.import_report import ImportReportDialog
from ui.dialogs.new_project import NewProjectDialog
from ui.dialogs.paste import PasteDialog
from ui.dialogs.preferences import PreferencesDialog
from ui.dialogs.problem import ProblemDialog
from ui.dialogs.redactions import Covered, RedactionsDialog
from ui.export.dialog import ExportDialog
from ui.jobs import JobRunner
from ui.session import Session
from ui.settings import Settings
from ui.theme import apply_theme

ROOM = (1280 - 60, 800 - 60)
LONG = "The file could not be read, and this is a long sentence about what happened to it and why. " * 5

Make = Callable[[Session, Path], QDialog]
DIALOGS: dict[str, Make] = {
    "problem": lambda _session, _folder: ProblemDialog("It was not opened", LONG, "details"),
    "about": lambda _session, _folder: AboutDialog(),
    "paste": lambda _session, _folder: PasteDialog("The court ruled."),
    "export": lambda session, _folder: ExportDialog(session, JobRunner()),
    "new_project": lambda _session, folder: NewProjectDialog(who="Ana", folder=folder),
    "annotator": lambda session, _folder: AnnotatorDialog(session),
    "preferences": lambda _session, folder: PreferencesDialog(Settings.load(folder / "settings.json")),
    "import_labels": lambda session, _folder: ImportLabelsDialog(
        UnknownLabels("train.jsonl", (UnknownLabel("PER", 3, LONG), UnknownLabel("X" * 60, 20, "one"))),
        session.schema,
    ),
    "redactions": lambda _session, _folder: RedactionsDialog([Covered(1, LONG)], is_kept=False),
    "import_report": lambda _session, _folder: ImportReportDialog(
        ImportReport((ImportRow("a.txt", "refused", reason=LONG),))
    ),
}


@pytest.fixture(scope="module")
def session(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Session]:
    session = open_session(make_project(tmp_path_factory.mktemp("project") / "news.annotator"))
    yield session
    session.close_project()


@pytest.fixture(params=DIALOGS)
def dialog(
    request: pytest.FixtureRequest, session: Session, tmp_path: Path, qtbot: QtBot, qapp: QApplication
) -> Iterator[QDialog]:
    apply_theme(qapp, "light")
    dialog = DIALOGS[request.param](session, tmp_path)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
    qtbot.addWidget(dialog)
    with qtbot.waitActive(dialog):
        dialog.show()
        dialog.activateWindow()
    yield dialog
    qapp.setStyleSheet("")


def test_dialog_fits_a_small_screen_and_cuts_no_words_off(dialog: QDialog) -> None:
    assert dialog.width() <= ROOM[0]
    assert dialog.height() <= ROOM[1]
    labels = [each for each in dialog.findChildren(QLabel) if each.isVisible() and each.text()]
    assert [each.text() for each in labels if each.height() < needed_height(each)] == []
    buttons = [each for each in dialog.findChildren(QPushButton) if each.isVisible()]
    assert [each.text() for each in buttons if each.width() < each.sizeHint().width()] == []


def needed_height(label: QLabel) -> int:
    return label.heightForWidth(label.width()) if label.wordWrap() else label.sizeHint().height()


def test_enter_has_one_button_and_esc_closes(dialog: QDialog, qtbot: QtBot) -> None:
    defaults = [each for each in dialog.findChildren(QPushButton) if each.isDefault()]
    assert len(defaults) == 1

    qtbot.keyClick(dialog, Qt.Key.Key_Escape)

    assert dialog.isHidden()


def test_letters_of_the_alt_key_are_used_once(dialog: QDialog) -> None:
    texts = [each.text() for each in dialog.findChildren(QAbstractButton)]
    texts += [each.text() for each in dialog.findChildren(QLabel) if each.buddy() is not None]
    letters = [found.lower() for text in texts for found in re.findall("&([^&])", text)]

    assert len(letters) == len(set(letters))


def test_every_field_has_a_name_for_screen_readers_or_a_label(dialog: QDialog) -> None:
    fields = [
        each for kind in FIELDS for each in dialog.findChildren(kind) if each.isVisible() and is_own(each)
    ]
    labelled = {end for label in dialog.findChildren(QLabel) for end in focus_ends(label.buddy())}

    assert [each for each in fields if not each.accessibleName() and each not in labelled] == []


FIELDS: tuple[type[QWidget], ...] = (QLineEdit, QComboBox, QSpinBox, QPlainTextEdit, QAbstractItemView)


def is_own(field: QWidget) -> bool:
    """Whether a field is the dialog's, not a part of another field."""
    parent = field.parentWidget()
    while parent is not None:
        if isinstance(parent, FIELDS):
            return False
        parent = parent.parentWidget()
    return True


def focus_ends(widget: QWidget | None) -> list[QWidget]:
    """A widget and those that it hands the keyboard to."""
    ends = []
    while widget is not None:
        ends.append(widget)
        widget = widget.focusProxy()
    return ends


def test_names_of_fields_are_drawn_in_full(qtbot: QtBot) -> None:
    """The "o" of "To" was cut, since kerning is measured and not drawn where a key is underlined."""
    page = QWidget()
    qtbot.addWidget(page)
    rows = form()
    rows.addRow("&To", QLineEdit())
    page.setLayout(rows)
    page.show()
    label = page.findChild(QLabel)
    assert isinstance(label, QLabel)

    letters = sum(label.fontMetrics().horizontalAdvance(letter) for letter in "To")

    assert label.contentsRect().width() >= letters
