"""Text, page or both: what is in view, in step, and remembered."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QPointF, Qt
from PySide6.QtWidgets import QInputDialog
from pytestqt.qtbot import QtBot

from storage.store import open_project
from tests.pdf_pages import Paper, encrypted, with_size
from tests.ui.page_views import click, move, open_pages, order_pdf, paged_project, place_of
from tests.ui.sessions import WORKSTATION, open_session
from tests.ui.windows import dialog, open_window, press
from ui.main_window import MainWindow
from ui.page_heads import AT_ONCE
from ui.page_painting import StoredPages

CONTROL = Qt.KeyboardModifier.ControlModifier
LONG = AT_ONCE + 10


@pytest.fixture
def project(tmp_path: Path) -> Path:
    return paged_project(tmp_path / "order.annotator", order_pdf())


@pytest.fixture
def window(qtbot: QtBot, project: Path) -> Iterator[MainWindow]:
    with open_pages(qtbot, project, "text") as window:
        yield window


def shown(window: MainWindow) -> tuple[bool, bool]:
    """Whether the text is in view, and the pages."""
    return window.view.isVisible(), window.paging.view.isVisible()


def open_titled(window: MainWindow, *, paged: bool) -> None:
    rows = window.session.rows()
    window.session.open_document(next(row.id for row in rows if bool(row.page_count) == paged))


def test_document_opens_as_text(window: MainWindow) -> None:
    assert shown(window) == (True, False)
    assert window.pane.header.switch.buttons["text"].isChecked()


@pytest.mark.parametrize(
    ("key", "expected"),
    [(Qt.Key.Key_1, (True, False)), (Qt.Key.Key_2, (False, True)), (Qt.Key.Key_3, (True, True))],
)
def test_keys_choose_what_is_in_view(
    key: Qt.Key, expected: tuple[bool, bool], qtbot: QtBot, window: MainWindow
) -> None:
    press(qtbot, window, key, CONTROL)

    assert shown(window) == expected


def test_switch_chooses_what_is_in_view(qtbot: QtBot, window: MainWindow) -> None:
    qtbot.mouseClick(window.pane.header.switch.buttons["split"], Qt.MouseButton.LeftButton)

    assert shown(window) == (True, True)


def test_document_without_pages_has_only_its_text(window: MainWindow) -> None:
    window.paging.page()
    open_titled(window, paged=False)

    assert shown(window) == (True, False)
    assert not window.pane.header.switch.buttons["page"].isEnabled()
    assert not window.commands.actions["show.page"].isEnabled()
    assert window.commands.actions["show.text"].isEnabled()


def test_choice_is_remembered_for_the_kind_of_document(window: MainWindow) -> None:
    window.paging.split()
    open_titled(window, paged=False)

    open_titled(window, paged=True)

    assert shown(window) == (True, True)


def test_choice_is_there_after_closing_the_window(qtbot: QtBot, project: Path) -> None:
    with open_pages(qtbot, project, "page"):
        pass

    with open_window(qtbot, project) as window:
        open_titled(window, paged=True)
        assert shown(window) == (False, True)


def test_focus_meant_for_the_document_goes_to_what_is_in_view(window: MainWindow) -> None:
    window.paging.page()
    window.labels.tree.setFocus()

    window.view.setFocus()
    assert window.paging.view.hasFocus()

    window.paging.text()
    assert window.focusWidget() is window.view


def test_pages_open_at_the_place_where_the_text_is_read(window: MainWindow) -> None:
    window.view.set_zoom(300)
    window.view.restore_place(window.session.text.index("3.0"))

    window.paging.page()

    assert window.paging.view.page() == 2


def test_text_comes_back_at_the_place_where_the_pages_are_read(qtbot: QtBot, window: MainWindow) -> None:
    window.view.set_zoom(300)
    window.paging.page()
    with qtbot.waitSignal(window.paging.view.place_changed):
        window.paging.go_to_page(2)

    window.paging.text()

    assert window.view.place() >= window.session.text.index("2.3")


def test_scrolling_the_text_scrolls_the_pages_beside_it(window: MainWindow) -> None:
    window.view.set_zoom(300)
    window.paging.split()
    window.view.setFocus()

    window.view.verticalScrollBar().setValue(window.view.verticalScrollBar().maximum())

    assert 2 in window.paging.view.visible_pages()


def test_end_of_the_text_is_in_view_on_the_pages_beside_it_before_pages_without_text(
    qtbot: QtBot, tmp_path: Path
) -> None:
    paper = Paper()
    for number in range(4):
        paper.put_lines(72, 160, [f"{number}.{line} The lantern was lit." for line in range(30)], 20)
        paper.add_page()
    for _map in range(2):
        paper.picture(72, 72, 400, 600)
        paper.add_page()
    with open_pages(qtbot, paged_project(tmp_path / "maps.annotator", paper.bytes()), "split") as window:
        text, view = window.view, window.paging.view
        text.setFocus()
        text.verticalScrollBar().setValue(text.verticalScrollBar().maximum())

        box = view.box_of(len(window.session.text) - 1)

        assert box is not None
        assert 0 <= box.top() <= box.bottom() <= view.viewport().height()


def test_scrolling_the_pages_scrolls_the_text_beside_them(window: MainWindow) -> None:
    window.view.set_zoom(300)
    window.paging.split()
    window.paging.view.setFocus()
    bar = window.paging.view.verticalScrollBar()

    bar.setValue(bar.maximum())
    assert window.view.place() > window.session.text.index("2.2")

    bar.setValue(0)
    assert window.view.place() == 0


def test_selecting_on_the_page_selects_in_the_text_beside_it(window: MainWindow) -> None:
    window.paging.split()

    click(window.paging.view, place_of(window.paging.view, "harm", within=0.0))

    assert window.view.caret() == window.session.text.index("harm")


def test_zoom_is_that_of_what_is_in_view(window: MainWindow) -> None:
    text_zoom = window.view.zoom()
    window.paging.page()

    window.paging.zoom_reset()

    assert window.status.zoom.text() == "100 %"
    window.paging.zoom_in()
    assert window.paging.view.zoom() == 120
    assert window.view.zoom() == text_zoom


def test_going_to_a_page_asks_for_its_number(qtbot: QtBot, window: MainWindow) -> None:
    window.paging.page()
    press(qtbot, window, Qt.Key.Key_G, CONTROL)
    asked = dialog(qtbot, "go_to_page")
    assert isinstance(asked, QInputDialog)
    assert asked.textValue() == "1"

    asked.setTextValue("3")
    asked.accept()

    assert window.paging.view.page() == 2


def test_place_that_there_is_not_is_told(window: MainWindow) -> None:
    window.paging.go_to_cite("2:77")

    assert "no place “2:77”" in window.status.currentMessage()


def test_page_keys_turn_pages_in_the_text_too(qtbot: QtBot, window: MainWindow) -> None:
    window.view.set_zoom(300)
    press(qtbot, window, Qt.Key.Key_PageDown, CONTROL)

    assert window.view.place() == window.session.text.index("2.0")


def test_thumbnails_go_to_a_page_and_show_which_is_read(qtbot: QtBot, window: MainWindow) -> None:
    window.paging.page()
    thumbnails = window.paging.thumbnails
    assert thumbnails.model().rowCount() == 3

    place = thumbnails.visualRect(thumbnails.model().index(1, 0)).center()
    qtbot.mouseClick(thumbnails.viewport(), Qt.MouseButton.LeftButton, pos=place)

    assert window.paging.view.page() == 1
    assert thumbnails.currentIndex().row() == 1


def test_thumbnail_shows_the_spans_of_its_page(qtbot: QtBot, window: MainWindow) -> None:
    window.paging.page()
    thumbnails = window.paging.thumbnails
    qtbot.waitUntil(lambda: window.paging.painting.renderer.picture(0, 84) is not None)
    before = thumbnails.viewport().grab().toImage()

    window.session.highlight("order", 0, 40)

    assert thumbnails.viewport().grab().toImage() != before


def test_thumbnails_are_hidden_and_shown_by_their_key(qtbot: QtBot, window: MainWindow) -> None:
    window.paging.page()
    press(qtbot, window, Qt.Key.Key_F4)
    assert not window.paging.thumbnails.isVisible()

    press(qtbot, window, Qt.Key.Key_F4)
    assert window.paging.thumbnails.isVisible()


def test_protected_document_asks_for_its_password_once(qtbot: QtBot, tmp_path: Path) -> None:
    locked = encrypted(order_pdf(), "secret")
    project = paged_project(tmp_path / "order.annotator", order_pdf(), original=locked)
    with open_window(qtbot, project) as window:
        open_titled(window, paged=True)
        window.paging.page()
        trouble = window.paging.painting.trouble
        qtbot.waitUntil(trouble.isVisible)
        assert trouble.password.isVisible()
        words = trouble.words
        qtbot.waitUntil(lambda: words.height() >= words.heightForWidth(words.width()))

        qtbot.keyClicks(trouble.password, "wrong")
        qtbot.keyClick(trouble.password, Qt.Key.Key_Return)
        qtbot.waitUntil(lambda: "not the password" in trouble.words.text())

        qtbot.keyClicks(trouble.password, "secret")
        qtbot.keyClick(trouble.password, Qt.Key.Key_Return)
        qtbot.waitUntil(lambda: window.paging.view.is_drawn)

        open_titled(window, paged=False)
        open_titled(window, paged=True)
        qtbot.waitUntil(lambda: window.paging.view.is_drawn)
        assert not trouble.isVisible()


def test_closing_the_project_lets_go_of_its_pages(window: MainWindow) -> None:
    window.paging.page()

    window.projects.close()

    assert window.paging.view.pages is None
    assert len(window.paging.view.visible_pages()) == 0


def test_long_document_is_open_before_all_its_pages_are_read(qtbot: QtBot, tmp_path: Path) -> None:
    path = paged_project(tmp_path / "long.annotator", order_pdf(LONG))
    session = open_session(path, None)
    paged = next(row.id for row in session.rows() if row.page_count)

    with qtbot.waitSignal(session.page_heads.read):
        session.open_document(paged)
        assert session.page_heads.count == LONG
        assert session.page_heads.cites is None

    assert session.page_heads.cites is not None
    assert session.page_heads.cites.page(len(session.text) - 1) == LONG
    session.close_project()


def test_page_of_a_place_is_the_same_before_and_after_all_pages_are_read(tmp_path: Path) -> None:
    path = paged_project(tmp_path / "long.annotator", order_pdf(LONG))
    with open_project(path, workstation=WORKSTATION) as store:
        document = next(each for each in store.documents() if each.source_name == "order.pdf")
        length = len(store.text(document.text_version))
        pages = StoredPages(store, document.text_version, LONG)
        places = range(0, length, 97)
        before = [pages.page_of(place) for place in places]

        pages.know(store.page_heads(document.text_version))

        assert [pages.page_of(place) for place in places] == before
        assert set(before) == set(range(LONG))


def test_dragging_below_the_view_scrolls_on(qtbot: QtBot, window: MainWindow) -> None:
    window.paging.page()
    view = window.paging.view
    view.go_to_page(0)
    start = place_of(window.paging.view, "GRANTS").toPoint()
    bar = view.verticalScrollBar()
    before = bar.value()

    qtbot.mousePress(view.viewport(), Qt.MouseButton.LeftButton, pos=start)
    move(view, QPointF(start.x(), view.viewport().height() + 60), Qt.KeyboardModifier.NoModifier)
    qtbot.waitUntil(lambda: bar.value() > before + 60)
    qtbot.mouseRelease(view.viewport(), Qt.MouseButton.LeftButton, pos=start)


def test_page_that_claims_to_be_larger_than_any_paper_leaves_the_others_as_large_as_they_are(
    qtbot: QtBot, tmp_path: Path
) -> None:
    huge = with_size(order_pdf(), 2, 2_000_000, 2_000_000)

    with open_pages(qtbot, paged_project(tmp_path / "huge.annotator", huge)) as window:
        view, renderer = window.paging.view, window.paging.painting.renderer
        window.paging.go_to_page(1)
        qtbot.waitUntil(lambda: renderer.has_failed(1))

        assert view.zoom() > 50
        assert view.horizontalScrollBar().maximum() == 0


def test_long_title_leaves_room_for_what_the_document_is(qtbot: QtBot, window: MainWindow) -> None:
    header, document = window.pane.header, window.session.document
    assert document is not None

    title = "In re the harbor company and its lanterns " * 9
    header.show_document(replace(document, title=title, case="4:19-cv-07123-PJH, 4:19-cv-07124-PJH"))
    qtbot.waitUntil(lambda: header.title.width() > 300)

    kind = header.about.text().split("  ")[0]
    assert header.about.width() >= header.about.fontMetrics().horizontalAdvance(kind)
