"""Projects of every layout there has been, as SQL in `tests/layouts`: each opens with all that is in it."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from annotator.progress import run
from annotator.services.checking import check
from storage.migrations import CURRENT
from storage.store import open_project
from tests import edits, factories

LAYOUTS = sorted((Path(__file__).parents[2] / "layouts").glob("*.sql"))


def test_every_layout_that_there_has_been_is_kept() -> None:
    assert [layout.stem for layout in LAYOUTS] == [f"{n:04}" for n in range(1, CURRENT.number + 1)]


@pytest.mark.parametrize("layout", LAYOUTS, ids=lambda path: path.stem)
def test_project_of_any_layout_opens_whole(layout: Path, tmp_path: Path) -> None:
    path = tmp_path / "old.annotator"
    with closing(sqlite3.connect(path)) as connection:
        connection.executescript(layout.read_text("utf-8"))

    with open_project(path, workstation="w") as store:
        assert run(check(store)) == ()
        spans = store.annotations(factories.DOCUMENT)
        assert [(span.quote.exact, span.note) for span in spans] == [("Judge", ""), ("Ada", "A note")]
        assert store.text(edits.TEXT_VERSION) == factories.TEXT
        edits.mark(store, edits.span("new", start=20, end=24))

    is_old = layout.stem != CURRENT.head
    assert path.with_name(f"old before update {layout.stem}.annotator").exists() is is_old
