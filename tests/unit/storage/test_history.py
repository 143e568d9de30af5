"""The history: what it keeps of each change, and what can be undone and redone from it."""

import shutil
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from annotator.change import Change
from annotator.errors import StaleChange
from annotator.model import RECORD_TYPES, Annotation, Document, TextVersion
from annotator.record_json import kind_of
from annotator.store import Contents
from storage.store import ProjectStore, create_project, open_project
from tests import edits, factories, projects

DOCUMENT = factories.DOCUMENT


def mark(store: ProjectStore, title: str, *, document: str | None = DOCUMENT) -> str:
    """Make a mark by a change of that title, and return the change's id."""
    change = edits.change(title, after=(edits.span(f"span {title}"),), document=document)
    store.apply(change)
    return change.id


def undo(store: ProjectStore) -> str:
    return edits.take_back(store, store.undoable(DOCUMENT)).change_id


def redo(store: ProjectStore) -> str:
    return edits.take_back(store, store.redoable(DOCUMENT)).change_id


def undoable(store: ProjectStore) -> str | None:
    entry = store.undoable(DOCUMENT)
    return None if entry is None else entry.title


def redoable(store: ProjectStore) -> str | None:
    entry = store.redoable(DOCUMENT)
    return None if entry is None else entry.title


def marks(store: ProjectStore) -> set[str]:
    return {span.id.removeprefix("span ") for span in store.annotations(DOCUMENT)}


@pytest.fixture(scope="module")
def unmarked(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project whose document came in by a change of the project, so that only marks are undone in it."""
    with projects.new_project(tmp_path_factory.mktemp("unmarked")) as store:
        change, contents = factories.document_change()
        store.apply(replace(change, document=None), contents)
    return store.path


@pytest.fixture
def store(unmarked: Path, tmp_path: Path) -> Iterator[ProjectStore]:
    path = Path(shutil.copy(unmarked, tmp_path))
    with open_project(path, workstation=projects.WORKSTATION) as store:
        yield store


def test_entry_tells_who_where_when_and_what(store: ProjectStore) -> None:
    change = edits.change("Mark Court", after=(edits.span(),))

    entry = store.apply(change)

    assert (entry.change_id, entry.annotator, entry.workstation) == (
        change.id,
        factories.ANA,
        "workstation-1",
    )
    assert (entry.n, entry.title, entry.document, entry.undoes) == (3, "Mark Court", DOCUMENT, None)
    assert entry.time.endswith("Z")
    assert next(store.history()) == entry


def test_change_is_kept_with_its_records(store: ProjectStore) -> None:
    first = edits.mark(store, edits.span("a", attributes={"issues": ("x", "y")}), edits.span("b"))
    a = store.record(Annotation, "a")
    assert a is not None
    second = edits.change("Relabel", before=(a,), after=(replace(a, label="judge"), edits.span("c")))
    store.apply(second)

    assert store.change(first.id) == first
    assert store.change(second.id) == second


def test_history_is_told_newest_first(store: ProjectStore) -> None:
    for title in "abc":
        mark(store, title)

    assert [entry.title for entry in store.history(DOCUMENT)] == ["c", "b", "a"]
    assert [entry.n for entry in store.history()] == [5, 4, 3, 2, 1]
    assert [entry.title for entry in store.history(limit=2)] == ["c", "b"]
    assert list(store.history(limit=0)) == []


def test_last_change_of_a_record_is_found_also_when_it_is_gone(store: ProjectStore) -> None:
    change = mark(store, "a")
    made = store.last_change_of("span a")
    undo(store)
    gone = store.last_change_of("span a")

    assert made is not None
    assert gone is not None
    assert (made.change_id, made.undoes) == (change, None)
    assert gone.undoes == change
    assert store.last_change_of("none") is None


def test_nothing_is_undone_where_nothing_was_done(store: ProjectStore) -> None:
    assert (undoable(store), redoable(store)) == (None, None)


def test_making_of_the_project_is_not_undone(tmp_path: Path) -> None:
    with projects.new_project(tmp_path, name="Other") as store:
        assert store.undoable(None) is None


def test_changes_are_undone_newest_first_and_redone_oldest_first(store: ProjectStore) -> None:
    for title in "abc":
        mark(store, title)
    undone = []
    redone = []

    while store.undoable(DOCUMENT):
        undone.append(undoable(store))
        undo(store)
    left = marks(store)
    while store.redoable(DOCUMENT):
        redone.append(redoable(store))
        redo(store)

    assert (undone, left, redone) == (["c", "b", "a"], set(), ["a", "b", "c"])
    assert marks(store) == {"a", "b", "c"}
    assert undoable(store) == "c"


def test_undo_and_redo_take_turns_without_end(store: ProjectStore) -> None:
    mark(store, "a")
    mark(store, "b")

    for _ in range(3):
        undo(store)
        assert (marks(store), undoable(store), redoable(store)) == ({"a"}, "a", "b")
        redo(store)
        assert (marks(store), undoable(store), redoable(store)) == ({"a", "b"}, "b", None)


def test_new_edit_after_undo_ends_what_can_be_redone(store: ProjectStore) -> None:
    mark(store, "a")
    mark(store, "b")
    undo(store)

    mark(store, "c")

    assert (undoable(store), redoable(store)) == ("c", None)
    undo(store)
    assert (undoable(store), redoable(store)) == ("a", "c")
    undo(store)
    redo(store)
    assert (undoable(store), redoable(store)) == ("a", "c")


def test_undo_survives_opening_again(store: ProjectStore) -> None:
    mark(store, "a")
    mark(store, "b")
    undo(store)
    store.close()

    with open_project(store.path, workstation=projects.WORKSTATION) as again:
        assert (undoable(again), redoable(again)) == ("a", "b")
        redo(again)
        assert marks(again) == {"a", "b"}


def test_each_document_and_the_project_are_undone_apart(store: ProjectStore) -> None:
    projects.add_document(store, "two")
    mark(store, "here")
    mark(store, "everywhere", document=None)

    assert undoable(store) == "here"
    project = store.undoable(None)
    assert project is not None
    assert project.title == "everywhere"
    undo(store)
    mark(store, "elsewhere", document="two")
    assert redoable(store) == "here"


def test_changes_of_another_workstation_are_not_undone_here(store: ProjectStore) -> None:
    mark(store, "a")
    store.close()

    with open_project(store.path, workstation="workstation-2") as other:
        assert undoable(other) is None
        change = edits.change("b", after=(edits.span("span b"),))
        assert other.apply(change).n == 1
        assert undoable(other) == "b"
    with open_project(store.path, workstation=projects.WORKSTATION) as own:
        assert undoable(own) == "a"


def test_change_is_taken_back_only_once(store: ProjectStore) -> None:
    change = store.change(mark(store, "a"))
    undo(store)

    with pytest.raises(StaleChange):
        store.apply(change.inverse(annotator=factories.ANA))
    with pytest.raises(StaleChange, match="has been taken back already"):
        store.apply(replace(edits.change("a"), undoes=change.id))


def test_taking_back_what_is_not_in_the_history_is_refused(store: ProjectStore) -> None:
    with pytest.raises(StaleChange, match="is not in this project's history"):
        store.apply(replace(edits.change("a"), undoes="none"))


def fill(store: ProjectStore, edits: int, undone: int) -> None:
    """Give the history that many edits of one record in the document, of which the newest are undone."""
    with store._database.writing() as connection:
        connection.exec_driver_sql(
            """
            WITH RECURSIVE numbers(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM numbers WHERE i < ?1 + ?2)
            INSERT INTO history
                (change_id, annotator, workstation, n, time, title, document, undoes, takes_back, undone_by)
            SELECT iif(i <= ?1, 'edit ' || i, 'undo ' || (2 * ?1 - i + 1)), 'ana', 'workstation-1', i + 2, ?3,
                   'Mark', ?4, iif(i <= ?1, NULL, 'edit ' || (2 * ?1 - i + 1)), i > ?1,
                   iif(i <= ?1 - ?2 OR i > ?1, NULL, 'undo ' || i)
            FROM numbers
            """,
            (edits, undone, factories.TIME, DOCUMENT),
        )
        connection.exec_driver_sql(
            "INSERT INTO history_record (change_id, kind, record_id, after) "
            "SELECT change_id, 'annotation', 'often', '{}' FROM history WHERE n > 2"
        )


def test_long_history_is_told_in_portions_while_changes_are_made(store: ProjectStore) -> None:
    fill(store, edits=1200, undone=0)
    entries = store.history(DOCUMENT)
    places = [next(entries).n]

    mark(store, "meanwhile")
    places += [entry.n for entry in entries]

    assert places == list(range(1202, 2, -1))


def test_long_history_does_not_slow_undo_down(store: ProjectStore) -> None:
    """A hundred thousand changes, the newer half of them undone, are looked through in no time."""
    fill(store, edits=50_001, undone=50_000)

    start = time.thread_time()
    for _ in range(20):
        undone, redone, last = (
            store.undoable(DOCUMENT),
            store.redoable(DOCUMENT),
            store.last_change_of("often"),
        )
    spent = time.thread_time() - start

    assert undone is not None
    assert redone is not None
    assert last is not None
    assert (undone.change_id, redone.change_id, last.change_id) == ("edit 1", "undo 2", "undo 2")
    assert spent < 0.5
    assert store.apply(edits.change(after=(edits.span(),))).n == 100_004


def test_history_replayed_from_nothing_gives_the_same_project(store: ProjectStore, tmp_path: Path) -> None:
    for title in "abc":
        mark(store, title)
    undo(store)
    undo(store)
    redo(store)
    projects.add_document(store, "two", text="Another text")
    a = store.record(Annotation, "span a")
    assert a is not None
    store.apply(edits.change("Note", before=(a,), after=(replace(a, note="seen"),)))

    first, *others = [store.change(entry.change_id) for entry in reversed(list(store.history()))]
    with create_project(
        tmp_path / "replayed.annotator", name="Rulings", initial=lambda _: first, workstation="workstation-2"
    ) as replayed:
        for change in others:
            replayed.apply(change, contents_of(store, change))

        assert rows(replayed) == rows(store)
        assert replayed.verify() == ()


def test_change_of_annotations_is_known_in_each_of_its_documents(store: ProjectStore) -> None:
    projects.add_document(store, "two")
    projects.add_document(store, "three")
    there = edits.span("there", document="two", text_version="two-text")
    change = edits.change(after=(edits.span("here"), there), document=None)
    store.apply(change)
    imported = next(entry for entry in store.history() if entry.document == "three")

    assert [store.annotates(change.id, id) for id in (DOCUMENT, "two", "three")] == [True, True, False]
    assert not store.annotates(imported.change_id, "three")


def contents_of(store: ProjectStore, change: Change) -> Contents:
    """The contents that came with a change."""
    texts = [version for version in change.after if isinstance(version, TextVersion)]
    sources = [document.source_sha256 for document in change.after if isinstance(document, Document)]
    return Contents(
        sources={sha256: store.source(sha256) for sha256 in sources},
        texts={version.text_sha256: store.text(version.id) for version in texts},
    )


def rows(store: ProjectStore) -> dict[str, list[tuple[object, ...]]]:
    """All records as they are stored, with the paragraphs that search reads."""
    with store._database.reading() as connection:
        return {
            table: sorted(tuple(row) for row in connection.exec_driver_sql(f"SELECT * FROM {table}"))
            for table in [*map(kind_of, RECORD_TYPES), "paragraph"]
        }
