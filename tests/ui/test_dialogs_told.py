"""The dialogs that tell something, or ask little: problem, about, paste."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from tests.ui.showing import shown
from ui.dialogs.about import AboutDialog
from ui.dialogs.paste import Pasted, PasteDialog
from ui.dialogs.problem import ProblemDialog, show_problem


def problem(qtbot: QtBot, details: str = "Traceback: line 3") -> ProblemDialog:
    dialog = ProblemDialog("Not opened", "ruling.annotator is a newer project.", details)
    return shown(dialog, qtbot, width=520, height=10)


def test_problem_shows_details_only_on_demand(qtbot: QtBot) -> None:
    dialog = problem(qtbot)
    assert dialog.details.isHidden()

    dialog.disclose.click()
    assert dialog.details.isVisible()
    assert dialog.details.toPlainText() == "Traceback: line 3"

    dialog.disclose.click()
    assert dialog.details.isHidden()


def test_problem_without_details_has_nothing_to_disclose(qtbot: QtBot) -> None:
    assert problem(qtbot, "").disclose.isHidden()


def test_problem_is_copied_whole(qtbot: QtBot) -> None:
    problem(qtbot).copy.click()

    assert QGuiApplication.clipboard().text() == (
        "Not opened\n\nruling.annotator is a newer project.\n\nTraceback: line 3"
    )


def test_enter_and_esc_close_a_problem(qtbot: QtBot) -> None:
    for key in (Qt.Key.Key_Return, Qt.Key.Key_Escape):
        dialog = problem(qtbot)
        assert QApplication.focusWidget() is dialog.close_button

        qtbot.keyClick(dialog.close_button, key)

        assert dialog.isHidden()


def test_show_problem_does_not_wait_and_leaves_nothing_behind(qtbot: QtBot) -> None:
    dialog = show_problem(None, "Not opened", "It is a folder.")
    assert dialog.isVisible()

    with qtbot.waitSignal(dialog.destroyed):
        dialog.close()


def test_text_of_a_problem_is_no_markup(qtbot: QtBot) -> None:
    dialog = shown(ProblemDialog("Not read", "a <b>.html is broken."), qtbot, width=520, height=10)

    assert dialog.words.textFormat() == Qt.TextFormat.PlainText


def test_about_names_versions_licences_and_copies_them(qtbot: QtBot) -> None:
    dialog = shown(AboutDialog(), qtbot, width=480, height=470)
    words = " ".join(label.text() for label in dialog.findChildren(QLabel))

    dialog.copy.click()

    assert "MIT" in words
    assert "LGPL" in words
    copied = QGuiApplication.clipboard().text()
    assert copied == dialog.versions.toPlainText()
    assert "PySide6-Essentials 6." in copied
    assert "?" not in copied


def test_about_shows_the_licence_notice_of_each_library(qtbot: QtBot) -> None:
    dialog = shown(AboutDialog(), qtbot, width=620, height=600)
    assert dialog.libraries.count() == 0

    dialog.tabs.setCurrentIndex(1)
    names = [dialog.libraries.item(row).text().split()[0] for row in range(dialog.libraries.count())]
    dialog.libraries.setCurrentRow(names.index("SQLAlchemy"))

    assert names[0] == "annotator"
    assert dialog.licence.toPlainText().startswith("SQLAlchemy 2.")
    assert "Permission is hereby granted" in dialog.licence.toPlainText()


def test_pasted_text_keeps_its_words_and_gets_title_and_kind(qtbot: QtBot) -> None:
    dialog = shown(PasteDialog("Court rules\n\nThe court ruled today.\n"), qtbot, width=640, height=480)
    assert dialog.title.placeholderText() == "Court rules"

    dialog.title.setText(" A ruling ")
    dialog.kind.setCurrentIndex(dialog.kind.findData("order"))

    assert dialog.pasted() == Pasted("A ruling", "Court rules\n\nThe court ruled today.\n", "order")
    assert dialog.size_words.text() == "6 words"


def test_nothing_to_paste_cannot_be_added_until_something_is_typed(qtbot: QtBot) -> None:
    dialog = shown(PasteDialog("  \n"), qtbot, width=640, height=480)
    assert not dialog.add.isEnabled()
    assert dialog.text.hasFocus()

    qtbot.keyClicks(dialog.text, "The court ruled.")

    assert dialog.add.isEnabled()


def test_tab_leaves_the_text_of_the_paste_dialog(qtbot: QtBot) -> None:
    dialog = shown(PasteDialog("The court ruled."), qtbot, width=640, height=480)
    dialog.text.setFocus()

    qtbot.keyClick(dialog.text, Qt.Key.Key_Tab)

    assert not dialog.text.hasFocus()
    assert dialog.text.toPlainText() == "The court ruled."
