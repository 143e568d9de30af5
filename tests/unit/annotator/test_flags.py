"""A span is flagged for discussion without the schema having a say, and words are not marked twice for it."""

from pathlib import Path

import pytest

from annotator.errors import InvalidEdit
from annotator.flags import is_flagged
from annotator.model import Annotation
from annotator.services import annotating
from storage.store import ProjectStore
from tests.factories import ANA, DOCUMENT
from tests.projects import add_document, new_project


@pytest.fixture
def store(tmp_path: Path) -> ProjectStore:
    store = new_project(tmp_path / "rulings.annotator")
    add_document(store)
    return store


def mark(store: ProjectStore, label: str = "organization") -> str:
    change = annotating.highlight(store, annotator=ANA, document=DOCUMENT, label=label, fragments=[(0, 5)])
    return change.after[-1].id


def stored(store: ProjectStore, span: str) -> Annotation:
    found = store.record(Annotation, span)
    assert found is not None
    return found


def test_flag_is_set_taken_away_and_undone(store: ProjectStore) -> None:
    span = mark(store)
    before = stored(store, span).attributes

    annotating.set_flag(store, annotator=ANA, annotation=span, flagged=True)
    assert is_flagged(stored(store, span))
    annotating.set_flag(store, annotator=ANA, annotation=span, flagged=False)
    assert stored(store, span).attributes == before
    annotating.undo(store, annotator=ANA, document=DOCUMENT)
    assert is_flagged(stored(store, span))
    store.close()


def test_flag_stays_when_the_span_is_relabelled(store: ProjectStore) -> None:
    span = mark(store)
    annotating.set_flag(store, annotator=ANA, annotation=span, flagged=True)

    annotating.relabel(store, annotator=ANA, annotation=span, label="court")

    assert is_flagged(stored(store, span))
    store.close()


def test_flagged_words_are_not_marked_the_same_again(store: ProjectStore) -> None:
    span = mark(store)
    annotating.set_flag(store, annotator=ANA, annotation=span, flagged=True)

    with pytest.raises(InvalidEdit, match="already marked"):
        mark(store)
    with pytest.raises(InvalidEdit, match="flagged already"):
        annotating.set_flag(store, annotator=ANA, annotation=span, flagged=True)
    store.close()
