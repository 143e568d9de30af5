"""The spans of the session in the text view: what is shown of each, and what is said of it."""

from pathlib import Path

from pytestqt.qtbot import QtBot

from tests import edits, projects
from tests.ui.windows import open_window


def test_tooltip_tells_label_attributes_note_and_who(qtbot: QtBot, tmp_path: Path) -> None:
    with projects.new_project(tmp_path) as store:
        document = projects.add_document(store)
        edits.mark(store, edits.span("a", label="claim", attributes={"act": "denies"}, note="See below"))
    with open_window(qtbot, store.path) as window:
        window.session.open_document(document)

        shown = window.view.span("a")

        assert shown is not None
        assert shown.tooltip.splitlines() == ["Claim", "Act: denies", "See below", "Ana"]


def test_all_spans_of_a_document_are_shown_though_only_some_are_in_view(qtbot: QtBot, tmp_path: Path) -> None:
    with projects.new_project(tmp_path) as store:
        text = "The court ruled.\n" * 500
        document = projects.add_document(store, text=text)
        edits.mark(store, *(edits.span(f"{n}", start=n * 17 + 4, end=n * 17 + 9) for n in range(500)))
    with open_window(qtbot, store.path) as window:
        window.session.open_document(document)

        assert len(window.view.spans) == 500
