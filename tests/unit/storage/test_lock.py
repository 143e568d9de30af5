"""One writer at a time, whoever holds on to the project and however they let go of it."""

import errno
import subprocess
import sys
from pathlib import Path

import pytest

from annotator.errors import ProjectError
from storage.lock import WriteLock
from storage.store import open_project
from tests import edits, factories
from tests.processes import hold_open, running


def test_project_open_in_another_process_is_refused_for_writing_only(path: Path) -> None:
    with running(hold_open, path) as (process, pipe):
        assert pipe.recv() == "open"
        before = path.read_bytes()
        with pytest.raises(ProjectError, match=r"Rulings\.annotator is open for writing in another window"):
            open_project(path, workstation="w")
        with open_project(path, workstation="w", read_only=True) as store:
            assert len(store.documents()) == 1
        assert path.read_bytes() == before
        pipe.send("close")
        process.join()

    with open_project(path, workstation="w") as store:
        edits.mark(store)


def test_process_that_dies_frees_the_project_at_once(path: Path) -> None:
    with running(hold_open, path) as (process, pipe):
        assert pipe.recv() == "open"
        process.kill()
        process.join()

        with open_project(path, workstation="w") as store:
            edits.mark(store)


def test_project_is_opened_for_writing_once_in_a_process(path: Path) -> None:
    with open_project(path, workstation="w") as store:
        with pytest.raises(ProjectError, match="open for writing in another window"):
            open_project(path, workstation="w")
        edits.mark(store)
        with open_project(path, workstation="w", read_only=True) as reader:
            assert len(reader.annotations(factories.DOCUMENT)) == 1


def test_refused_attempt_takes_no_lock_from_who_is_writing(path: Path) -> None:
    """Closing a handle of a file drops the locks of the whole process on it, so a refusal must open none."""
    with open_project(path, workstation="w") as store, store._database.writing():
        for read_only in (False, False, True):
            if read_only:
                open_project(path, workstation="w", read_only=True).close()
            else:
                with pytest.raises(ProjectError):
                    open_project(path, workstation="w")
        code = (
            "import sqlite3, sys\n"
            "connection = sqlite3.connect(sys.argv[1], timeout=0.1)\n"
            "try:\n"
            "    connection.execute('BEGIN IMMEDIATE')\n"
            "except sqlite3.OperationalError as error:\n"
            "    print(error)\n"
        )
        command = [sys.executable, "-c", code, str(path)]
        done = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True)
        assert done.stdout == "database is locked\n"


def test_project_stays_locked_until_the_last_sibling_is_closed(path: Path) -> None:
    store = open_project(path, workstation="w")
    sibling = store.sibling()
    store.close()
    with pytest.raises(ProjectError):
        open_project(path, workstation="w")

    sibling.close()

    open_project(path, workstation="w").close()


def test_lock_file_is_gone_when_nobody_writes(path: Path) -> None:
    lock = Path(f"{path}.lock")

    with open_project(path, workstation="w"):
        assert lock.exists()

    assert not lock.exists()


def test_lock_file_left_behind_means_nothing(path: Path) -> None:
    Path(f"{path}.lock").write_text("left behind")

    open_project(path, workstation="w").close()


@pytest.mark.skipif(sys.platform == "win32", reason="needs the right to make links on Windows")
def test_two_names_of_a_file_have_one_lock(path: Path) -> None:
    link = path.with_name("link.annotator")
    link.symlink_to(path)
    lock = WriteLock(path)

    with pytest.raises(ProjectError):
        open_project(link, workstation="w")

    lock.release()


def test_folder_that_keeps_no_locks_is_told(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def no_locks(_: int) -> None:
        raise OSError(errno.ENOLCK, "No locks available")

    monkeypatch.setattr("storage.lock._take", no_locks)

    with pytest.raises(
        ProjectError, match=r"Rulings\.annotator cannot be written in .*, where no file can be"
    ):
        open_project(path, workstation="w")
