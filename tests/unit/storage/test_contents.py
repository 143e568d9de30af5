"""Contents that are kept once, and the paragraphs that search reads."""

from hypothesis import given, settings
from hypothesis import strategies as st

from storage.contents import paragraphs
from storage.store import ProjectStore
from tests import edits, factories, projects


def count(store: ProjectStore, table: str) -> int:
    with store._database.reading() as connection:
        return int(connection.exec_driver_sql(f"SELECT count(*) FROM {table}").scalar() or 0)


def found(store: ProjectStore, words: str) -> list[tuple[str, int]]:
    """Where the full-text index finds the words."""
    with store._database.reading() as connection:
        rows = connection.exec_driver_sql(
            "SELECT document, start FROM paragraph_index WHERE paragraph_index MATCH ? ORDER BY 1, 2",
            (words,),
        )
        return [(row[0], row[1]) for row in rows]


@settings(deadline=None)
@given(st.text("ab \n\t😀", max_size=30))
def test_paragraphs_are_the_lines_with_anything_on_them(text: str) -> None:
    found = list(paragraphs(text))

    assert [line for _, line in found] == [line for line in text.split("\n") if line.strip()]
    assert all(text[start : start + len(line)] == line for start, line in found)


def test_blank_lines_are_no_paragraphs() -> None:
    assert list(paragraphs("One\n\n  \nTwo 😀\nThree\n")) == [(0, "One"), (8, "Two 😀"), (14, "Three")]


def test_text_that_came_in_is_found_by_its_words(store: ProjectStore) -> None:
    projects.add_document(store, "two", text="Erste Zeile\nThe défendant’s appeal was dismissed.")

    assert found(store, "dismissed") == [("two", 12)]
    assert found(store, "DEFENDANT") == [("two", 12)]
    assert found(store, "immunity") == [(factories.DOCUMENT, 0)]


def test_removed_text_is_not_found_and_found_again_after_undo(store: ProjectStore) -> None:
    edits.take_back(store, store.undoable(factories.DOCUMENT))
    gone = found(store, "immunity")
    edits.take_back(store, store.redoable(factories.DOCUMENT))

    assert gone == []
    assert found(store, "immunity") == [(factories.DOCUMENT, 0)]
    assert store.verify() == ()


def test_same_contents_are_kept_once(store: ProjectStore) -> None:
    projects.add_document(store, "two")

    assert (count(store, "source_content"), count(store, "text_content")) == (1, 1)
    assert count(store, "text_version") == 2
    assert found(store, "immunity") == [(factories.DOCUMENT, 0), ("two", 0)]
