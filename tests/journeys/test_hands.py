"""The table of hands, row by row, in the text, on pages and with both: by keyboard alone, and by mouse."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QTreeWidgetItemIterator, QWidget
from pytestqt.qtbot import QtBot

from annotator.model import Annotation
from tests.ui import page_views
from tests.ui.page_views import ORDER, open_pages, order_pdf, paged_project
from tests.ui.windows import dialog, press, spans
from ui.dialogs.occurrences import OccurrencesDialog
from ui.main_window import MainWindow
from ui.panels.label_tree import ROW
from ui.settings import Settings

CTRL, SHIFT, ALT = (
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.ShiftModifier,
    Qt.KeyboardModifier.AltModifier,
)
LEFT = Qt.MouseButton.LeftButton
K = Qt.Key
MODES = ("text", "page", pytest.param("split", marks=pytest.mark.slow))


@pytest.fixture(params=MODES)
def window(request: pytest.FixtureRequest, qtbot: QtBot, tmp_path: Path) -> Iterator[MainWindow]:
    settings = Settings.load()
    settings["suggesters"] = "dictionary"  # those that run in a process of their own take seconds to start
    settings.save()
    path = paged_project(tmp_path / "order.annotator", order_pdf(2))
    with open_pages(qtbot, path, request.param) as window:
        window.view.setFocus()
        if request.param == "split":
            window.paging.view.setFocus()
        yield window


def caret(window: MainWindow, words: str) -> None:
    window.view.set_caret(window.session.text.index(words))


def labels(window: MainWindow) -> dict[str, str]:
    return {words: span.label for words, span in spans(window).items()}


def only(window: MainWindow, label: str) -> Annotation:
    return next(span for span in window.session.annotations.values() if span.label == label)


def back(qtbot: QtBot, window: MainWindow) -> None:
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)


def write(words: str) -> None:
    """Type where the keyboard is."""
    focused = QApplication.focusWidget()
    assert focused is not None
    QTest.keyClicks(focused, words)


def is_in(panel: QWidget) -> bool:
    """Whether a panel has the keyboard."""
    focused = QApplication.focusWidget()
    return focused is not None and panel.isAncestorOf(focused)


def has_keys(window: MainWindow) -> bool:
    """Whether the text or the pages have the keyboard."""
    return QApplication.focusWidget() in (window.view, window.paging.view)


def test_words_are_marked_relabelled_armed_and_picked_by_keys(qtbot: QtBot, window: MainWindow) -> None:
    caret(window, "Lantern")
    press(qtbot, window, K.Key_1)
    assert labels(window) == {"Lantern": "organization"}
    press(qtbot, window, K.Key_2)  # of the same layer
    assert labels(window) == {"Lantern": "person"}
    press(qtbot, window, K.Key_R)  # of another
    assert sorted(span.label for span in window.session.annotations.values()) == ["order", "person"]

    caret(window, "irreparable")
    for _ in range(3):
        press(qtbot, window, K.Key_Left, CTRL, SHIFT)
    press(qtbot, window, K.Key_F)
    assert labels(window)["the harm is"] == "finding"

    press(qtbot, window, K.Key_3, CTRL, ALT)
    assert window.session.armed == "court"
    caret(window, "Judge")
    press(qtbot, window, K.Key_3)  # armed, nothing selected: disarms
    assert window.session.armed is None
    press(qtbot, window, K.Key_4, CTRL, ALT)
    caret(window, "Sample")
    press(qtbot, window, K.Key_Right, CTRL, SHIFT)
    assert labels(window)["Sample"] == "judge"
    press(qtbot, window, K.Key_Escape)
    assert window.session.armed is None

    caret(window, "ten days")
    press(qtbot, window, K.Key_Return)
    dialog(qtbot, "picker")
    write("date")
    qtbot.keyClick(QApplication.focusWidget(), K.Key_Return)
    back(qtbot, window)
    assert labels(window)["ten"] == "date"
    assert has_keys(window)


def test_sentences_grow_shrink_and_spans_are_gone_through(qtbot: QtBot, window: MainWindow) -> None:
    text = window.session.text
    caret(window, "produce")
    press(qtbot, window, K.Key_S)
    found = window.view.selection()
    assert found is not None
    assert text[found.start : found.end].endswith(ORDER[1])
    press(qtbot, window, K.Key_R)

    caret(window, "motion to seal")
    press(qtbot, window, K.Key_Up, CTRL, SHIFT)
    first = window.view.selection()
    press(qtbot, window, K.Key_Up, CTRL, SHIFT)
    second = window.view.selection()
    assert first is not None
    assert second is not None
    assert text[first.start : first.end] == "motion"
    assert second.end - second.start > len("motion")
    press(qtbot, window, K.Key_Down, CTRL, SHIFT)
    assert window.view.selection() == first
    press(qtbot, window, K.Key_F)

    window.session.select_span(None)
    window.view.set_caret(0)
    press(qtbot, window, K.Key_Tab)
    assert window.session.selected == only(window, "order").id
    press(qtbot, window, K.Key_Tab)
    assert window.session.selected == only(window, "finding").id
    press(qtbot, window, K.Key_Backtab, SHIFT)
    assert window.session.selected == only(window, "order").id

    press(qtbot, window, K.Key_F6)
    assert not has_keys(window) or window.paging.mode == "split"
    press(qtbot, window, K.Key_F6, SHIFT)
    assert has_keys(window)


def test_span_is_set_noted_resized_joined_linked_and_removed_by_keys(
    qtbot: QtBot, window: MainWindow
) -> None:
    caret(window, "Lantern")
    press(qtbot, window, K.Key_1)
    caret(window, "shall produce")
    for _ in range(2):
        press(qtbot, window, K.Key_Right, CTRL, SHIFT)
    press(qtbot, window, K.Key_C)
    claim = only(window, "claim").id
    assert window.session.selected == claim

    press(qtbot, window, K.Key_A)
    assert is_in(window.details)
    press(qtbot, window, K.Key_A)
    assert window.session.annotations[claim].attributes
    press(qtbot, window, K.Key_Escape)
    assert has_keys(window)

    caret(window, "Judge Sample")
    for _ in range(2):
        press(qtbot, window, K.Key_Right, CTRL, SHIFT)
    press(qtbot, window, K.Key_V)  # the source of the selected claim
    relation = next(iter(window.session.relations.values()))
    assert (relation.type, relation.source) == ("source", claim)

    window.session.select_span(claim)
    caret(window, "produce")
    for key, words in (
        (K.Key_Right, "shall produce the"),
        (K.Key_Left, "shall produce"),
        (K.Key_Up, "Lantern shall produce"),
        (K.Key_Down, "shall produce"),
    ):
        press(qtbot, window, key, ALT)
        assert window.session.annotations[claim].quote.exact == words

    caret(window, "within")
    press(qtbot, window, K.Key_Right, CTRL, SHIFT)
    press(qtbot, window, K.Key_J)
    assert len(window.session.annotations[claim].fragments) == 2

    press(qtbot, window, K.Key_N)
    write("see rule")
    press(qtbot, window, K.Key_Escape)
    assert window.session.annotations[claim].note == "see rule"
    assert has_keys(window)

    press(qtbot, window, K.Key_Delete)
    assert claim not in window.session.annotations
    assert not window.session.relations
    press(qtbot, window, K.Key_Z, CTRL)  # with its links
    assert claim in window.session.annotations
    assert relation.id in window.session.relations


def suggested(qtbot: QtBot, window: MainWindow) -> list[str]:
    """The words that are suggested once the hands rest."""
    window.suggesting.look()
    qtbot.waitUntil(lambda: not window.suggesting.is_looking)
    text = window.session.text
    return [text[each.start : each.end] for each in window.suggesting.found]


def test_suggestions_are_gone_through_accepted_and_rejected_by_keys(qtbot: QtBot, window: MainWindow) -> None:
    caret(window, "Lantern")
    press(qtbot, window, K.Key_1)
    caret(window, "Judge")
    press(qtbot, window, K.Key_4)
    press(qtbot, window, K.Key_Period, CTRL)
    assert suggested(qtbot, window) == ["Lantern", "Judge"]

    window.view.set_caret(0)
    press(qtbot, window, K.Key_Period)
    press(qtbot, window, K.Key_Period)
    press(qtbot, window, K.Key_Comma)
    press(qtbot, window, K.Key_Return)
    assert [span.label for span in window.session.annotations.values()].count("organization") == 2
    press(qtbot, window, K.Key_Backspace)  # the next is in focus already
    assert suggested(qtbot, window) == []
    assert has_keys(window)
    press(qtbot, window, K.Key_Z, CTRL)
    press(qtbot, window, K.Key_Z, CTRL)
    assert suggested(qtbot, window) == ["Lantern", "Judge"]


def test_two_spans_are_linked_by_keys(qtbot: QtBot, window: MainWindow) -> None:
    caret(window, "Judge Sample")
    for _ in range(2):
        press(qtbot, window, K.Key_Right, CTRL, SHIFT)
    press(qtbot, window, K.Key_4)
    caret(window, "the harm is")
    press(qtbot, window, K.Key_Right, CTRL, SHIFT)
    press(qtbot, window, K.Key_Right, CTRL, SHIFT)
    press(qtbot, window, K.Key_D)

    press(qtbot, window, K.Key_L)
    press(qtbot, window, K.Key_Backtab, SHIFT)
    press(qtbot, window, K.Key_Return)

    relation = next(iter(window.session.relations.values()))
    ends = (relation.type, relation.source, relation.target)
    assert ends == ("issued_by", only(window, "holding").id, only(window, "judge").id)


def test_occurrences_finding_finishing_and_commands_by_keys(qtbot: QtBot, window: MainWindow) -> None:
    caret(window, "Lantern")
    press(qtbot, window, K.Key_1)
    press(qtbot, window, K.Key_D, CTRL, SHIFT)
    dialog(qtbot, "occurrences")
    press(qtbot, window, K.Key_Return)
    back(qtbot, window)
    assert [span.label for span in window.session.annotations.values()] == ["organization"] * 2
    press(qtbot, window, K.Key_Z, CTRL)
    assert len(window.session.annotations) == 1

    press(qtbot, window, K.Key_F, CTRL)
    write("prejudice")
    press(qtbot, window, K.Key_Escape)
    found = window.view.selection()
    assert found is not None
    assert window.session.text[found.start : found.end] == "prejudice"
    assert has_keys(window)

    press(qtbot, window, K.Key_F, CTRL, SHIFT)
    assert is_in(window.searching.panel)
    press(qtbot, window, K.Key_Escape)
    assert has_keys(window)

    for key, modifiers, name in ((K.Key_K, (CTRL,), "picker"), (K.Key_Question, (), "cheat_sheet")):
        press(qtbot, window, key, *modifiers)
        dialog(qtbot, name).close()
        back(qtbot, window)

    press(qtbot, window, K.Key_Return, CTRL)
    dialog(qtbot, "unfinished")
    press(qtbot, window, K.Key_Return)
    back(qtbot, window)
    assert has_keys(window)
    press(qtbot, window, K.Key_Return, CTRL)
    assert window.session.document is not None
    assert window.session.document.title != "order"


# -- by mouse alone


def port(window: MainWindow) -> QWidget:
    return (window.view if window.paging.mode == "text" else window.paging.view).viewport()


def point(window: MainWindow, words: str, *, within: float = 0.5) -> QPoint:
    """Where the words stand in what is in view, so far along them."""
    if window.paging.mode != "text":
        return page_views.place_of(window.paging.view, words, within=within).toPoint()
    start = window.session.text.index(words)
    window.view.reveal(start, start + len(words))
    cursor = window.view.textCursor()
    cursor.setPosition(start + round(len(words) * within))
    return window.view.cursorRect(cursor).center()


def double_click(window: MainWindow, words: str) -> None:
    place = point(window, words)
    QTest.mouseDClick(port(window), LEFT, pos=place)
    QTest.mouseRelease(port(window), LEFT, pos=place)


def drag(window: MainWindow, words: str) -> None:
    first, last = point(window, words, within=0), point(window, words, within=1)
    if window.paging.mode != "text":
        page_views.drag(window.paging.view, first.toPointF(), last.toPointF())
        return
    QTest.mousePress(port(window), LEFT, pos=first)
    QTest.mouseMove(port(window), (first + last) / 2)
    QTest.mouseMove(port(window), last)
    QTest.mouseRelease(port(window), LEFT, pos=last)


def click_label(window: MainWindow, label: str) -> None:
    tree = window.labels.tree
    walk = QTreeWidgetItemIterator(tree)
    while getattr(getattr(walk.value().data(0, ROW), "label", None), "id", None) != label:
        walk += 1
    tree.scrollToItem(walk.value())
    QTest.mouseClick(tree.viewport(), LEFT, pos=tree.visualItemRect(walk.value()).center())


def choose(window: MainWindow, command: str) -> None:
    """Choose a command from its menu."""
    action = window.commands.actions[command]
    assert action.isEnabled(), command
    action.trigger()


def test_words_are_marked_armed_and_resized_by_mouse(qtbot: QtBot, window: MainWindow) -> None:
    double_click(window, "Lantern")
    click_label(window, "organization")
    drag(window, "GRANTS the motion")
    click_label(window, "order")
    assert labels(window) == {"Lantern": "organization", "GRANTS the motion": "order"}

    click_label(window, "judge")
    drag(window, "Judge Sample")
    click_label(window, "judge")
    assert labels(window)["Judge Sample"] == "judge"
    assert window.session.armed is None

    window.session.select_span(None)
    QTest.mouseClick(port(window), LEFT, pos=point(window, "GRANTS the motion"))
    assert window.session.selected == only(window, "order").id
    choose(window, "span.end_on")
    choose(window, "span.end_on")
    assert labels(window)["GRANTS the motion to compel"] == "order"
    drag(window, "denied without")
    choose(window, "span.join")
    assert len(only(window, "order").fragments) == 2
    choose(window, "span.remove")
    assert "order" not in labels(window).values()
    choose(window, "edit.undo")
    assert "order" in labels(window).values()


def test_suggestions_are_picked_and_decided_by_mouse(qtbot: QtBot, window: MainWindow) -> None:
    double_click(window, "Lantern")
    click_label(window, "organization")
    double_click(window, "Judge")
    click_label(window, "judge")
    choose(window, "suggest.on")
    assert suggested(qtbot, window) == ["Lantern", "Judge"]

    bar = window.pane.suggestion_bar
    second = window.suggesting.found[0].start
    if window.paging.mode == "text":
        window.view.reveal(second, second + 7)
        cursor = window.view.textCursor()
        cursor.setPosition(second + 2)
        place = window.view.cursorRect(cursor).center()
    else:
        place = page_views.point_at(window.paging.view, second, second + 7, within=0.5).toPoint()
    QTest.mouseClick(port(window), LEFT, pos=place)
    assert bar.isVisible()
    QTest.mouseClick(bar.accept, LEFT)
    assert [span.label for span in window.session.annotations.values()].count("organization") == 2
    assert bar.words.text() == "“Judge”"
    QTest.mouseClick(bar.reject, LEFT)
    assert bar.isHidden()
    assert suggested(qtbot, window) == []


def test_sentence_occurrences_and_links_by_mouse(qtbot: QtBot, window: MainWindow) -> None:
    double_click(window, "Lantern")
    click_label(window, "organization")
    choose(window, "mark.occurrences")
    shown = dialog(qtbot, "occurrences")
    assert isinstance(shown, OccurrencesDialog)
    QTest.mouseClick(shown.go_on, LEFT)
    back(qtbot, window)
    assert [span.label for span in window.session.annotations.values()] == ["organization"] * 2

    drag(window, "Judge Sample")
    click_label(window, "judge")
    QTest.mouseClick(port(window), LEFT, pos=point(window, "irreparable"))
    choose(window, "select.sentence")
    click_label(window, "holding")
    choose(window, "span.link")
    QTest.mouseClick(port(window), LEFT, pos=point(window, "Judge Sample"))
    choose(window, "mark.pick")
    relation = next(iter(window.session.relations.values()))
    assert (relation.type, relation.target) == ("issued_by", only(window, "judge").id)
    assert relation.source == only(window, "holding").id
