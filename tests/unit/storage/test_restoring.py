"""A backup becomes a project again, and what was in its place stays."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from annotator.errors import ProjectError
from annotator.progress import run
from annotator.searching import Search, Term
from annotator.services.checking import check
from storage import restoring, rolling
from storage.rolling import Backup
from storage.store import open_project
from tests import edits, factories, projects

NOON = datetime(2026, 3, 31, 12, tzinfo=UTC)


@pytest.fixture
def made(path: Path, tmp_path: Path) -> Backup:
    """A backup of the project with one span; after it a second span was made."""
    with open_project(path, workstation=projects.WORKSTATION) as store:
        edits.mark(store)
        backup = rolling.make(path, tmp_path / "copies", project_id=store.project_id, at=NOON)
        edits.mark(store, edits.span("annotation-2", start=6, end=9))
    return backup


def test_restored_project_is_the_one_that_was_backed_up(path: Path, made: Backup) -> None:
    restoring.restore(made, path)

    with open_project(path, workstation=projects.WORKSTATION) as store:
        assert [span.id for span in store.annotations(factories.DOCUMENT)] == ["annotation-1"]
        assert store.text(edits.TEXT_VERSION) == factories.TEXT
        assert store.source(store.documents()[0].source_sha256)
        assert store.search(Search((Term("immunity"),))).hits
        assert store.undoable(factories.DOCUMENT) is not None
        assert run(check(store)) == ()


def test_what_was_there_is_kept_beside_it(path: Path, made: Backup) -> None:
    restored = restoring.restore(made, path)

    assert restored.kept == path.with_name("Rulings before restoring.annotator")
    assert restored.faults == ()
    with open_project(restored.kept, workstation="w") as store:
        assert len(store.annotations(factories.DOCUMENT)) == 2


def test_second_restore_keeps_the_first_one_kept(path: Path, made: Backup) -> None:
    first = restoring.restore(made, path).kept

    second = restoring.restore(made, path).kept

    assert first != second
    assert first is not None
    assert first.exists()


def test_unfinished_log_goes_with_the_file_it_belongs_to(path: Path, made: Backup) -> None:
    path.write_bytes(b"no project any more")
    path.with_name("Rulings.annotator-wal").write_bytes(b"its log")

    kept = restoring.restore(made, path).kept

    assert kept is not None
    assert kept.with_name(f"{kept.name}-wal").read_bytes() == b"its log"
    with open_project(path, workstation="w") as store:
        assert store.verify() == ()


def test_project_that_is_gone_is_restored(path: Path, made: Backup) -> None:
    path.unlink()

    assert restoring.restore(made, path).kept is None

    open_project(path, workstation="w").close()


def test_project_that_is_open_is_not_replaced(path: Path, made: Backup) -> None:
    with open_project(path, workstation="w"), pytest.raises(ProjectError, match="open for writing"):
        restoring.restore(made, path)


def test_damaged_backup_leaves_everything_as_it_was(path: Path, made: Backup) -> None:
    made.path.write_bytes(made.path.read_bytes()[:5000])
    before = path.read_bytes()

    with pytest.raises(ProjectError):
        restoring.restore(made, path)

    assert path.read_bytes() == before
    assert not list(path.parent.glob("*before restoring*"))
