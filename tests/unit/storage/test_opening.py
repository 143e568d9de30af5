"""Opening a file: what is refused, with which sentence, and that a refusal changes nothing."""

import os
import shutil
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest

from annotator.errors import ProjectError
from storage import migrations
from storage.store import open_project
from tests import edits, factories, projects
from tests.processes import open_without_rights, running


def make_text(path: Path) -> None:
    path.write_text("Not a project.\n" * 100)


def make_empty(path: Path) -> None:
    path.write_bytes(b"")


def make_torn(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:60])


def make_cut(path: Path) -> None:
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])


def make_other_database(path: Path) -> None:
    path.unlink()
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("CREATE TABLE notes (words TEXT)")


def make_newer(path: Path) -> None:
    with closing(sqlite3.connect(path)) as connection:
        connection.execute(f"PRAGMA user_version = {migrations.CURRENT.number + 1}")
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
        connection.commit()


def make_unknown(path: Path) -> None:
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("UPDATE alembic_version SET version_num = 'trial'")
        connection.commit()


def make_unknown_without_log(path: Path) -> None:
    make_unknown(path)
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA journal_mode = DELETE")


def make_versionless(path: Path) -> None:
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("DROP TABLE alembic_version")
        connection.commit()


def files(folder: Path) -> dict[str, bytes]:
    return {entry.name: entry.read_bytes() for entry in folder.iterdir() if entry.is_file()}


@pytest.mark.parametrize("read_only", [False, True])
@pytest.mark.parametrize(
    ("spoil", "sentence"),
    [
        (make_text, "is not an Annotator project"),
        (make_empty, "is not an Annotator project"),
        (make_torn, "is not an Annotator project"),
        (make_cut, "is damaged"),
        (make_other_database, "is not an Annotator project"),
        (make_newer, "was last saved by a newer version of Annotator"),
        (make_unknown, "was saved by a version of Annotator that this one does not know"),
        (make_unknown_without_log, "was saved by a version of Annotator that this one does not know"),
        (make_versionless, "was saved by a version of Annotator that this one does not know"),
    ],
)
def test_refused_file_stays_as_it_is(
    path: Path, spoil: Callable[[Path], None], sentence: str, read_only: bool
) -> None:
    spoil(path)
    before = files(path.parent)

    with pytest.raises(ProjectError, match=rf"Rulings\.annotator {sentence}"):
        open_project(path, workstation="w", read_only=read_only)

    assert files(path.parent) == before


def test_reading_leaves_nothing_beside_the_file(path: Path) -> None:
    before = files(path.parent)

    with open_project(path, workstation="w", read_only=True) as store, store.sibling() as sibling:
        assert sibling.documents() == store.documents()

    assert files(path.parent) == before


def test_reading_leaves_the_log_to_who_writes(path: Path) -> None:
    with open_project(path, workstation="w") as writer:
        open_project(path, workstation="r", read_only=True).close()

        assert path.with_name(f"{path.name}-wal").exists()
        edits.mark(writer)
        with open_project(path, workstation="r", read_only=True) as reader:
            assert len(reader.annotations(factories.DOCUMENT)) == 1


def test_relative_path_that_is_not_there_is_told_with_its_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)

    with pytest.raises(ProjectError) as told:
        open_project(Path("none.annotator"), workstation="w")

    assert f"in {tmp_path}." in str(told.value)


def test_file_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(ProjectError, match=r"There is no file none\.annotator in"):
        open_project(tmp_path / "none.annotator", workstation="w")

    assert list(tmp_path.iterdir()) == []


def test_folder_is_no_project(tmp_path: Path) -> None:
    with pytest.raises(ProjectError, match="is a folder, not a project"):
        open_project(tmp_path, workstation="w")


@pytest.mark.parametrize("name", ["Rulings 100% #1?.annotator", "Urteile ‘äöü’ 判決.annotator"])
def test_file_may_have_any_name(path: Path, name: str) -> None:
    renamed = path.rename(path.with_name(name))

    with open_project(renamed, workstation="w") as store:
        edits.mark(store)
    with open_project(renamed, workstation="w", read_only=True) as store:
        assert len(store.annotations(factories.DOCUMENT)) == 1


def test_work_left_in_the_log_by_a_crash_is_there(path: Path, tmp_path: Path) -> None:
    crashed = tmp_path / "crashed.annotator"
    with open_project(path, workstation="w") as store:
        edits.mark(store)
        shutil.copy(path, crashed)
        shutil.copy(f"{path}-wal", f"{crashed}-wal")

    with open_project(crashed, workstation="w", read_only=True) as store:
        assert len(store.annotations(factories.DOCUMENT)) == 1
    with open_project(crashed, workstation="w") as store:
        assert len(store.annotations(factories.DOCUMENT)) == 1


def test_opening_imports_alembic_only_for_an_older_file(path: Path) -> None:
    code = (
        "import sys; from pathlib import Path; from storage.store import open_project\n"
        "open_project(Path(sys.argv[1]), workstation='w').close()\n"
        "print('alembic' in sys.modules, 'numpy' in sys.modules)"
    )

    done = subprocess.run([sys.executable, "-c", code, str(path)], capture_output=True, text=True, check=True)

    assert done.stdout.split() == ["False", "False"]


def attempts(path: Path) -> list[str]:
    """What opening for writing, then for reading only, gives to somebody without rights."""
    with running(open_without_rights, path) as (_, pipe):
        return [pipe.recv(), pipe.recv()]


@pytest.fixture
def protected(path: Path) -> Iterator[Path]:
    """A project whose file and folder only an administrator may write; others may read them.

    It lies in a folder of its own, since nobody else may look into pytest's.
    """
    if not hasattr(os, "geteuid") or os.geteuid() != 0:
        pytest.skip("only an administrator can become somebody else")
    with tempfile.TemporaryDirectory() as folder:
        Path(folder).chmod(0o755)
        protected = Path(folder, path.name)
        shutil.copy(path, protected)
        protected.chmod(0o444)
        yield protected


def test_protected_file_is_opened_for_reading_only(protected: Path) -> None:
    before = files(protected.parent)

    writing, reading = attempts(protected)

    assert writing.startswith("Rulings.annotator is write-protected. Open it for reading only")
    assert reading == "1 documents"
    assert files(protected.parent) == before


def test_protected_file_in_an_open_folder_is_read_and_gets_no_company(protected: Path) -> None:
    protected.parent.chmod(0o777)
    before = files(protected.parent)

    writing, reading = attempts(protected)

    assert "is write-protected" in writing
    assert reading == "1 documents"
    assert files(protected.parent) == before


def test_file_in_a_protected_folder_is_opened_for_reading_only(protected: Path) -> None:
    protected.chmod(0o666)
    before = files(protected.parent)

    writing, reading = attempts(protected)

    assert "nothing can be written in the folder" in writing
    assert reading == "1 documents"
    assert files(protected.parent) == before


def test_file_with_unfinished_work_in_a_protected_folder_is_refused(protected: Path) -> None:
    log = Path(f"{protected}-wal")
    log.write_bytes(b"unfinished")

    _, reading = attempts(protected)

    assert reading.startswith("Rulings.annotator")
    assert log.read_bytes() == b"unfinished"


def test_file_that_may_not_be_read_is_told(protected: Path) -> None:
    protected.chmod(0o600)

    assert all(line.startswith("Rulings.annotator may not be read by you.") for line in attempts(protected))


def test_folder_that_may_not_be_looked_into_is_told(protected: Path) -> None:
    protected.parent.chmod(0o700)

    assert all("you may not look into" in line for line in attempts(protected))


def test_project_with_damaged_pages_is_told_in_a_sentence(path: Path) -> None:
    data = bytearray(path.read_bytes())
    data[4096:] = b"\xff" * (len(data) - 4096)
    path.write_bytes(data)

    with pytest.raises(ProjectError, match=r"Rulings\.annotator is damaged"):
        open_project(path, workstation=projects.WORKSTATION)
