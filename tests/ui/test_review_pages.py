"""Pages side by side: the columns of a PDF show its pages, and scroll together."""

from pathlib import Path

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from annotator.services import annotating
from tests import reviews
from tests.ui.page_views import order_pdf, paged_project
from tests.ui.sessions import me, store_of
from tests.ui.windows import open_review, open_window


def test_columns_show_pages_in_step_and_text_again(qtbot: QtBot, tmp_path: Path) -> None:
    with open_window(qtbot, paged_project(tmp_path / "order.annotator", order_pdf())) as window:
        store, lead = store_of(window.session), me(window.session)
        document = next(row.id for row in window.session.rows() if row.page_count)
        text = store.text(next(each.text_version for each in store.documents() if each.id == document))
        for name, label in (("Bo", "judge"), ("Cy", "person")):
            annotating.add_annotator(store, annotator=lead, name=name)
            who, start = reviews.person(store, name), text.rindex("Judge Sample")
            annotating.highlight(
                store, annotator=who, document=document, label=label, fragments=[(start, start + 12)]
            )
            annotating.set_work_state(store, annotator=who, document=document, state="done")
        window.session.refresh()
        screen = open_review(qtbot, window)
        screen.activateWindow()
        qtbot.waitUntil(screen.isActiveWindow)

        qtbot.keyClick(screen, Qt.Key.Key_V)
        columns = screen.columns.all
        pages = [column.pages for column in columns if column.pages is not None]
        qtbot.waitUntil(lambda: all(page.is_drawn for page in pages), timeout=20_000)

        assert len(pages) == 3
        assert all(column.shows_pages for column in columns)
        qtbot.waitUntil(lambda: pages[0].verticalScrollBar().value() > 0)
        shown = pages[0].verticalScrollBar().value()
        for column in columns:
            column.view.document()  # the text behind the pages is laid out now at the latest
        assert [page.verticalScrollBar().value() for page in pages] == [shown] * 3
        pages[0].verticalScrollBar().setValue(100)
        assert [page.verticalScrollBar().value() for page in pages] == [100] * 3

        qtbot.keyClick(screen, Qt.Key.Key_V)
        assert not any(column.shows_pages for column in columns)
        screen.close()
