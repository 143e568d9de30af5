"""A document read again: spans move to the new text in one Change, or nothing is changed."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from annotator.change import make_change
from annotator.errors import InvalidEdit
from annotator.model import Document, Fragment
from annotator.progress import run
from annotator.readers.isolated import ReaderProcess
from annotator.readers.options import ReadOptions
from annotator.searching import Search, parse
from annotator.services import annotating
from annotator.services.checking import check
from annotator.services.importing import import_paths
from annotator.services.rereading import Reread, options_of, reread
from storage.store import ProjectStore
from tests import projects
from tests.pdf_pages import Paper

KEEP = ReadOptions(keep_redacted=True)
LEFT_OUT = ReadOptions()
HIDDEN = "Ludwig"


@pytest.fixture(scope="module")
def process() -> Iterator[ReaderProcess]:
    with ReaderProcess() as process:
        yield process


@pytest.fixture
def store(tmp_path: Path) -> Iterator[ProjectStore]:
    with projects.new_project(tmp_path) as store:
        yield store


@pytest.fixture
def document(store: ProjectStore, process: ReaderProcess, tmp_path: Path) -> str:
    """A filing with a name under a black box, between words that can be read."""
    paper = Paper()
    paper.put(72, 100, f"The informant {HIDDEN} spoke to Norvel on Monday.")
    left = 72 + paper.get_string_width("The informant ")
    paper.box(left - 1, 88, paper.get_string_width(HIDDEN) + 2, 16)
    path = tmp_path / "filing.pdf"
    path.write_bytes(paper.bytes())
    me = projects.lead(store).id
    report = run(import_paths(store, [path], annotator=me, process=process))
    assert report.rows[0].document is not None
    return report.rows[0].document


def record(store: ProjectStore, document: str) -> Document:
    found = store.record(Document, document)
    assert found is not None
    return found


def text(store: ProjectStore, document: str) -> str:
    return store.text(record(store, document).text_version)


def mark(store: ProjectStore, document: str, words: str) -> None:
    start = text(store, document).index(words)
    place = (Fragment(start, start + len(words)),)
    me = projects.lead(store).id
    annotating.highlight(store, annotator=me, document=document, label="person", fragments=place)


def read_again(store: ProjectStore, document: str, process: ReaderProcess, options: ReadOptions) -> Reread:
    return run(reread(store, document, annotator=projects.lead(store).id, process=process, options=options))


def test_spans_move_with_their_words(store: ProjectStore, document: str, process: ReaderProcess) -> None:
    mark(store, document, "Norvel")
    assert HIDDEN not in text(store, document)

    result = read_again(store, document, process, KEEP)

    (span,) = store.annotations(document)
    assert (result.is_changed, result.moved) == (True, 1)
    assert HIDDEN in text(store, document)
    assert text(store, document)[span.start : span.end] == "Norvel"
    assert options_of(store, document) == KEEP
    assert run(check(store)) == ()


def test_new_text_alone_is_found(store: ProjectStore, document: str, process: ReaderProcess) -> None:
    read_again(store, document, process, KEEP)

    assert len(store.search(Search(parse(HIDDEN))).hits) == 1
    assert len(store.search(Search(parse("Norvel"))).hits) == 1


def test_undo_brings_back_text_spans_and_what_is_found(
    store: ProjectStore, document: str, process: ReaderProcess
) -> None:
    mark(store, document, "Norvel")
    before = text(store, document), store.annotations(document)[0].fragments
    read_again(store, document, process, KEEP)

    annotating.undo(store, annotator=projects.lead(store).id, document=document)

    assert (text(store, document), store.annotations(document)[0].fragments) == before
    assert store.search(Search(parse(HIDDEN))).hits == ()
    assert len(store.search(Search(parse("Norvel"))).hits) == 1
    assert run(check(store)) == ()


def test_spans_without_a_place_are_counted_and_nothing_is_changed(
    store: ProjectStore, document: str, process: ReaderProcess
) -> None:
    read_again(store, document, process, KEEP)
    mark(store, document, HIDDEN)
    mark(store, document, "Norvel")
    before = text(store, document)

    with pytest.raises(InvalidEdit, match="1 of 2 spans"):
        read_again(store, document, process, LEFT_OUT)

    assert text(store, document) == before


def test_what_else_is_known_of_the_document_stays(
    store: ProjectStore, document: str, process: ReaderProcess
) -> None:
    before = record(store, document)
    known = replace(before, title="Informant order", metadata={**before.metadata, "box": "9"})
    me = projects.lead(store).id
    store.apply(make_change("Add facts", annotator=me, document=document, before=(before,), after=(known,)))

    read_again(store, document, process, KEEP)

    after = record(store, document)
    assert (after.title, after.metadata["box"]) == ("Informant order", "9")


def test_reading_that_gives_the_same_text_changes_nothing(
    store: ProjectStore, document: str, process: ReaderProcess
) -> None:
    result = read_again(store, document, process, ReadOptions(ocr=True))

    assert not result.is_changed
