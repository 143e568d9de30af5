"""What `verify` finds when somebody has been at the file."""

import pytest

from storage.store import ProjectStore, open_project
from tests import edits, factories


@pytest.fixture
def marked(store: ProjectStore) -> ProjectStore:
    edits.mark(store)
    return store


def test_sound_project_has_no_faults(marked: ProjectStore) -> None:
    assert marked.verify() == ()


@pytest.mark.parametrize(
    ("tamper", "fault"),
    [
        ("DELETE FROM document", "of annotation refers to a row of document that is not there"),
        ("DELETE FROM annotation_set", "of annotation refers to a row of annotation_set that is not there"),
        ("UPDATE text_content SET text = text || '!'", "is not the text that was imported"),
        ("UPDATE source_content SET bytes = x'00'", "is not the file that was imported"),
        ("DELETE FROM source_content", "The original immunity.txt of the document “Court rules"),
        ("UPDATE text_version SET length = length + 1", "characters instead of"),
        ("UPDATE paragraph SET start = start + 1", "The paragraphs kept for search of the text version"),
        ("DELETE FROM paragraph WHERE start = 0", "The paragraphs kept for search of the text version"),
        ("UPDATE paragraph SET text = 'other'", "The full-text index differs from the paragraphs"),
        ("DELETE FROM paragraph WHERE start > 0", "The paragraphs kept for search of the text version"),
        ("DELETE FROM history WHERE n = 2", "has 2 changes instead of 3"),
        (
            "UPDATE annotation SET revision = 'x'",
            "1 records of the kind annotation are not as the history says",
        ),
    ],
)
def test_tampering_is_found(marked: ProjectStore, tamper: str, fault: str) -> None:
    database = marked._database._sqlite
    database.execute("PRAGMA foreign_keys = OFF")
    database.execute(tamper)

    assert any(fault in sentence for sentence in marked.verify()), marked.verify()


def test_store_for_reading_only_finds_the_same_but_for_the_index(marked: ProjectStore) -> None:
    marked._database._sqlite.execute("UPDATE text_content SET text = 'other'")

    with open_project(marked.path, workstation="w", read_only=True) as reader:
        assert set(reader.verify()) == set(marked.verify())


def test_verifying_changes_nothing(marked: ProjectStore) -> None:
    before = list(marked.history()), marked.annotations(factories.DOCUMENT)

    marked.verify()

    assert (list(marked.history()), marked.annotations(factories.DOCUMENT)) == before


def test_a_check_that_is_given_up_midway_leaves_the_project_as_usable_as_before(marked: ProjectStore) -> None:
    check = marked.verifying()
    next(check)
    next(check)
    check.close()

    edits.mark(marked, edits.span("annotation-2", start=6, end=9))
    assert marked.verify() == ()


def test_a_check_can_be_given_up_before_it_has_found_anything(marked: ProjectStore) -> None:
    check = marked.verifying()

    assert len(list(check)) > 1
    assert marked.verify() == ()
