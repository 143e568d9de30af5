"""Copies of a project: whole, checked, and never in the way of what is there."""

import sqlite3
from pathlib import Path

import pytest

from annotator.errors import ProjectError
from storage import backup
from storage.store import ProjectStore, open_project
from tests import edits, factories


def names(folder: Path) -> set[str]:
    return {entry.name for entry in folder.iterdir()}


def test_copy_is_the_same_project_with_everything_in_it(store: ProjectStore, tmp_path: Path) -> None:
    edits.mark(store)

    store.save_copy(tmp_path / "copy.annotator")

    with open_project(tmp_path / "copy.annotator", workstation="w") as copy:
        assert copy.project_id == store.project_id
        assert copy.annotations(factories.DOCUMENT) == store.annotations(factories.DOCUMENT)
        assert list(copy.history()) == list(store.history())
        assert copy.verify() == ()


def test_copy_stands_alone_in_one_file(store: ProjectStore, tmp_path: Path) -> None:
    folder = tmp_path / "copies"
    folder.mkdir()

    store.save_copy(folder / "copy.annotator")

    assert names(folder) == {"copy.annotator"}


def test_store_goes_on_by_itself_after_a_copy(store: ProjectStore, tmp_path: Path) -> None:
    store.save_copy(tmp_path / "copy.annotator")

    edits.mark(store)

    with open_project(tmp_path / "copy.annotator", workstation="w") as copy:
        assert copy.annotations(factories.DOCUMENT) == ()


def test_copy_replaces_an_older_copy(store: ProjectStore, tmp_path: Path) -> None:
    target = tmp_path / "copy.annotator"
    store.save_copy(target)
    edits.mark(store)

    store.save_copy(target)

    with open_project(target, workstation="w") as copy:
        assert len(copy.annotations(factories.DOCUMENT)) == 1


def test_store_for_reading_only_can_be_copied(path: Path) -> None:
    with open_project(path, workstation="w", read_only=True) as store:
        store.save_copy(path.with_name("copy.annotator"))

    assert path.with_name("copy.annotator").exists()


def test_copy_onto_the_project_itself_is_refused(store: ProjectStore) -> None:
    edits.mark(store)

    with pytest.raises(ProjectError, match="is the project itself"):
        store.save_copy(store.path)

    assert len(store.annotations(factories.DOCUMENT)) == 1


def test_copy_onto_a_project_that_is_open_is_refused(store: ProjectStore, tmp_path: Path) -> None:
    other = tmp_path / "other.annotator"
    store.save_copy(other)

    with open_project(other, workstation="w"), pytest.raises(ProjectError, match="open for writing"):
        store.save_copy(other)


def test_copy_beside_unfinished_work_of_another_project_is_refused(
    store: ProjectStore, tmp_path: Path
) -> None:
    (tmp_path / "copy.annotator-wal").write_bytes(b"unfinished")

    with pytest.raises(ProjectError, match="unfinished work"):
        store.save_copy(tmp_path / "copy.annotator")

    assert not (tmp_path / "copy.annotator").exists()


def test_copy_into_a_folder_that_is_not_there_is_refused(store: ProjectStore, tmp_path: Path) -> None:
    with pytest.raises(ProjectError, match="there is no folder"):
        store.save_copy(tmp_path / "none" / "copy.annotator")


def test_copy_of_a_damaged_project_is_not_kept(path: Path) -> None:
    with sqlite3.connect(path) as connection:
        root = connection.execute(
            "SELECT rootpage FROM sqlite_master WHERE name = 'history_record'"
        ).fetchone()[0]
    connection.close()
    data = bytearray(path.read_bytes())
    data[(root - 1) * 4096 + 8 : root * 4096] = b"\xee" * 4088
    path.write_bytes(data)

    with open_project(path, workstation="w") as store:
        with pytest.raises(ProjectError, match=r"No copy of Rulings\.annotator was made"):
            store.save_copy(path.with_name("copy.annotator"))
        assert any("The file is damaged" in fault for fault in store.verify())

    assert names(path.parent) == {"Rulings.annotator"}


def test_what_fails_while_it_is_written_leaves_nothing(tmp_path: Path) -> None:
    target = tmp_path / "copy.annotator"
    target.write_text("the older one")

    with pytest.raises(ValueError, match="by chance"), backup.written_aside(target) as temporary:  # noqa: PT012
        temporary.write_text("half")
        raise ValueError("by chance")

    assert names(tmp_path) == {"copy.annotator"}
    assert target.read_text() == "the older one"
