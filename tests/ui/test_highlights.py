"""Highlights that came with a PDF: offered one after the other, spans only by a label's key."""

from collections.abc import Iterator
from pathlib import Path

import pikepdf
import pytest
from pytestqt.qtbot import QtBot

from tests.pdf_pages import Paper, with_annotation
from tests.ui.page_views import open_pages, paged_project
from tests.ui.windows import spans
from ui.main_window import MainWindow

COURT, MOTION = "The district court", "the motion to compel"


def highlighted_pdf() -> bytes:
    paper = Paper()
    paper.put(72, 100, f"{COURT} granted {MOTION} in full.")
    data = paper.bytes()
    for words, before in ((MOTION, f"{COURT} granted "), (COURT, "")):
        left = 72 + paper.get_string_width(before)
        right = left + paper.get_string_width(words)
        data = with_annotation(
            data,
            Subtype=pikepdf.Name.Highlight,
            QuadPoints=[left, 703, right, 703, left, 688, right, 688],
            Rect=[left, 688, right, 703],
            Contents="Look here",
            T="Ana",
        )
    return data


@pytest.fixture
def window(qtbot: QtBot, tmp_path: Path) -> Iterator[MainWindow]:
    project = paged_project(tmp_path / "order.annotator", highlighted_pdf())
    with open_pages(qtbot, project, "text") as window:
        yield window


def offered(window: MainWindow) -> str:
    window.commands.actions["highlight.next"].trigger()
    selection = window.view.selection()
    return "" if selection is None else window.session.text[selection.start : selection.end]


def test_highlights_are_selected_in_order_of_the_text_and_from_the_first_again(window: MainWindow) -> None:
    assert [offered(window) for _ in range(3)] == [COURT, MOTION, COURT]
    assert "by Ana" in window.status.currentMessage()
    assert spans(window) == {}


def test_highlight_that_is_marked_is_not_offered_again(window: MainWindow) -> None:
    offered(window)
    selection = window.view.selection()
    assert selection is not None
    window.session.highlight("court", selection.start, selection.end)

    assert [offered(window) for _ in range(2)] == [MOTION, MOTION]


def test_document_without_highlights_says_so(window: MainWindow) -> None:
    plain = next(row.id for row in window.session.rows() if not row.page_count)
    window.session.open_document(plain)

    window.highlights.select_next()

    assert "without highlights" in window.status.currentMessage()
